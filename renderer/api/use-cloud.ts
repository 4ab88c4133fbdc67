import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import type { CloudPreview } from '../../electron/shared/cloud-preview.ts';
import type { ConversationId, PreviewId } from '../../electron/shared/ids.ts';
import type { LocalOnly } from '../../electron/shared/local-only.ts';
import type { CloudMode, RemoteZone } from '../../electron/shared/remote.ts';
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

/** The models elsewhere that can be asked, and whether the person sees first what leaves; null while none can. */
function useRemoteModels(): { readonly mode: Exclude<CloudMode, 'off'>; readonly zones: readonly RemoteZone[] } | null {
  const { query } = useApi();
  const mode = useSettings()?.cloudMode ?? 'off';
  const remotes = useQuery({ ...query.remotes.list.queryOptions(), enabled: mode !== 'off' }).data;
  if (mode === 'off' || remotes === undefined) return null;
  const zones = remotes.flatMap(({ modelName, zone }) => (modelName === null ? [] : [zone]));
  return zones.length === 0 ? null : { mode, zones };
}

/** Whether a large model may be asked at all: the mode, once there is one to ask; else null. Asks for nothing while off. */
export function useLargeModels(): Exclude<CloudMode, 'off'> | null {
  return useRemoteModels()?.mode ?? null;
}

/** Whether a conversation may not leave for the cloud, and through what; undefined until heard. */
export function useLocalOnly(id: ConversationId | null): LocalOnly | undefined {
  const { query } = useApi();
  return useQuery(query.privacy.localOnly.queryOptions({ input: id === null ? skipToken : { id } })).data;
}

/** Through what a conversation stays on this computer. */
export type KeptHere = Extract<LocalOnly, { readonly isLocalOnly: true }>;

/** What may be asked in a conversation. An own server may be asked what must not leave for the cloud. */
export type AskableModels = {
  readonly mode: Exclude<CloudMode, 'off'>;
  /** Why none of the large models may be asked in it; null where one may. */
  readonly keptHere: KeptHere | null;
};

/** Null while large models are off or none is set up, and until it is known whether the conversation may leave. */
export function useAskableModels(id: ConversationId | null): AskableModels | null {
  const models = useRemoteModels();
  const localOnly = useLocalOnly(models === null ? null : id);
  if (models === null) return null;
  // One that does not exist yet has no label; of any other, nothing is offered before it is known.
  if (localOnly === undefined) return id === null ? { mode: models.mode, keptHere: null } : null;
  const isKept = localOnly.isLocalOnly && !models.zones.includes('own-server');
  return { mode: models.mode, keptHere: isKept ? localOnly : null };
}

/** What a conversation cost so far; undefined until heard, and where there is none yet. */
export function useConversationCost(id: ConversationId | null) {
  const { query } = useApi();
  return useQuery(query.usage.conversation.queryOptions({ input: id === null ? skipToken : { id } })).data;
}
