import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { DesktopState, WindowKind, WindowRequest } from '../../electron/shared/desktop.ts';
import { useApi } from './api-context.tsx';

const retryMs = 500;

/** What the desktop gives the app, as it is now; undefined until first heard. */
export function useDesktop(): DesktopState | undefined {
  const { query } = useApi();
  const options = { retry: true, retryDelay: retryMs, staleTime: 0, refetchOnReconnect: false };
  return useQuery(query.desktop.watch.experimental_liveOptions(options)).data;
}

/** Calls back with everything that the shell asks of windows of this kind, for as long as the page is there. */
export function useWindowRequests(window: WindowKind, onRequest: (request: WindowRequest) => void): void {
  const { client, connection } = useApi();
  const hear = useEffectEvent(onRequest);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const listen = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          await connection.whenConnected();
          for await (const request of await client.desktop.requests({ window }, { signal })) {
            if (!signal.aborted) hear(request);
          }
        } catch {
          // The line was lost, or the chats were locked: whoever is there afterwards listens again.
        }
        if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    };
    void listen();
    return () => leaving.abort();
  }, [client, connection, window]);
}
