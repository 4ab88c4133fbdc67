import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import type { CloudPreview } from '../../electron/shared/cloud-preview.ts';
import type { ConversationId, PreviewId } from '../../electron/shared/ids.ts';
import type { LocalOnly } from '../../electron/shared/local-only.ts';
import type { CloudMode } from '../../electron/shared/remote.ts';
import { useApi } from './api-context.tsx';
import { useSettings } from './use-live.ts';

/** A request that waits for a person, and what can be done with it. Each change answers with the request made anew. */
export function usePreview(id: PreviewId) {
  const { query, queryClient } = useApi();
  const options = query.cloud.preview.queryOptions({ input: { id }, staleTime: Infinity, gcTime: 0 });
  const onSuccess = (made: CloudPreview): void => void queryClient.setQueryData(options.queryKey, made);
  const { data, error } = useQuery(options);
  return {
    preview: data,
    error,
    redactMore: useMutation(query.cloud.redactMore.mutationOptions({ onSuccess })),
    edit: useMutation(query.cloud.edit.mutationOptions({ onSuccess })),
    decide: useMutation(
      query.cloud.decide.mutationOptions({
        // What stood in the way may have made it anew: what is on the screen has to be what would go.
        onError: () => queryClient.invalidateQueries({ queryKey: options.queryKey }),
      }),
    ),
  };
}

/** Whether a large model may be asked at all: the mode, once there is one to ask; else null. Asks for nothing while off. */
export function useLargeModels(): Exclude<CloudMode, 'off'> | null {
  const { query } = useApi();
  const mode = useSettings()?.cloudMode ?? 'off';
  const remotes = useQuery({ ...query.remotes.list.queryOptions(), enabled: mode !== 'off' }).data;
  if (mode === 'off' || remotes === undefined) return null;
  return remotes.some(({ modelName }) => modelName !== null) ? mode : null;
}

/** Whether a conversation may not leave for the cloud, and through what; undefined until heard. */
export function useLocalOnly(id: ConversationId): LocalOnly | undefined {
  const { query } = useApi();
  return useQuery(query.privacy.localOnly.queryOptions({ input: { id } })).data;
}

/** What a conversation cost so far; undefined until heard, and where there is none yet. */
export function useConversationCost(id: ConversationId | null) {
  const { query } = useApi();
  return useQuery(query.usage.conversation.queryOptions({ input: id === null ? skipToken : { id } })).data;
}
