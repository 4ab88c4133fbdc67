import { useMutation, useQuery } from '@tanstack/react-query';
import type { Remote, RemoteText } from '../../../electron/shared/remote.ts';
import type { RemoteId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';

/** Has everything asked for again that a change of large models or of their keys may have changed. */
export function useRefreshRemotes(): () => Promise<void> {
  const { query, queryClient } = useApi();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: query.remotes.key() }),
      queryClient.invalidateQueries({ queryKey: query.keys.key() }),
      queryClient.invalidateQueries({ queryKey: query.usage.key() }),
    ]);
  };
}

export function useRemoteList() {
  const { query } = useApi();
  return useQuery(query.remotes.list.queryOptions());
}

type NewRemote = { readonly text: RemoteText; readonly secret: string };
/** What was added, and why its key could not be kept, where that is so. */
type AddedRemote = { readonly remote: Remote; readonly keyError: Error | null };

/** Adds one and then keeps its key: a key that cannot be kept does not undo the rest, it is said. */
export function useAddRemote() {
  const { client } = useApi();
  const refresh = useRefreshRemotes();
  return useMutation({
    // What was typed is not left lying in the memory of the window.
    gcTime: 0,
    mutationFn: async ({ text, secret }: NewRemote): Promise<AddedRemote> => {
      const remote = await client.remotes.add(text);
      if (secret.trim() === '') return { remote, keyError: null };
      try {
        await client.keys.set({ owner: remote.id, secret });
        return { remote, keyError: null };
      } catch (error) {
        return { remote, keyError: error instanceof Error ? error : new Error(String(error)) };
      }
    },
    onSettled: refresh,
  });
}

export function useUpdateRemote(id: RemoteId) {
  const { client } = useApi();
  const refresh = useRefreshRemotes();
  return useMutation({
    mutationFn: (text: RemoteText) => client.remotes.update({ id, text }),
    onSettled: refresh,
  });
}
