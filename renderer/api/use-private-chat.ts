import { useMutation } from '@tanstack/react-query';
import { useApi } from './api-context.tsx';

/** Begins a conversation that is never written to the disk. */
export function useStartPrivateChat() {
  const { query, queryClient } = useApi();
  const create = useMutation(
    query.conversations.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: query.conversations.list.key() }),
    }),
  );
  return { start: () => create.mutateAsync({ documentIds: [], isPrivate: true }) };
}
