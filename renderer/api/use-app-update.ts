import { useMutation, useQuery } from '@tanstack/react-query';
import type { EnginePackState } from '../../electron/shared/engine-pack.ts';
import type { UpdateState } from '../../electron/shared/update.ts';
import { useApi } from './api-context.tsx';

const live = {
  retry: true,
  retryDelay: 500,
  staleTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** Where updates of the app stand; undefined until first heard. */
export function useAppUpdate(): UpdateState | undefined {
  const { query } = useApi();
  return useQuery(query.updates.watch.experimental_liveOptions(live)).data;
}

/** What can be done about updates; what comes of it is in the state. */
export function useAppUpdateCalls() {
  const { query } = useApi();
  return {
    check: useMutation(query.updates.check.mutationOptions()),
    download: useMutation(query.updates.download.mutationOptions()),
    stop: useMutation(query.updates.stop.mutationOptions()),
    install: useMutation(query.updates.install.mutationOptions()),
  };
}

/** Where the engine's further libraries stand; undefined until first heard. */
export function useEnginePack(): EnginePackState | undefined {
  const { query } = useApi();
  return useQuery(query.enginePacks.watch.experimental_liveOptions(live)).data;
}

/** What can be done about them; what comes of it is in the state. What models run on is asked for again afterwards. */
export function useEnginePackCalls() {
  const { query, queryClient } = useApi();
  const onSuccess = async (): Promise<void> => await queryClient.invalidateQueries({ queryKey: query.machine.key() });
  return {
    install: useMutation(query.enginePacks.install.mutationOptions({ onSuccess })),
    stop: useMutation(query.enginePacks.stop.mutationOptions()),
    remove: useMutation(query.enginePacks.remove.mutationOptions({ onSuccess })),
  };
}
