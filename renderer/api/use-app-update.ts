import { useMutation, useQuery } from '@tanstack/react-query';
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
