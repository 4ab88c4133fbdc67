import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { AccessState } from '../../electron/shared/access.ts';
import type { AppDescription, AppStatus } from '../../electron/shared/app-status.ts';
import type { DocumentDescription } from '../../electron/shared/document.ts';
import type { Look, Settings } from '../../electron/shared/settings.ts';
import { useApi } from './api-context.tsx';
import type { ConnectionState } from './connection.ts';

/**
 * A stream ends when the last page that shows it goes, and what it last said grows old from then on: the next page
 * opens it again. While it is open it is told of every change, so nothing else asks for it.
 */
const live = {
  retry: true,
  retryDelay: 500,
  staleTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** Whether the kept chats are open, and what closes them; undefined until first heard. */
export function useAccess(): AccessState | undefined {
  const { query } = useApi();
  return useQuery(query.access.watch.experimental_liveOptions(live)).data;
}

/** Engine, model, indexing and lock as they are now; undefined until first heard. */
export function useStatus(): AppStatus | undefined {
  const { query } = useApi();
  return useQuery(query.app.watchStatus.experimental_liveOptions(live)).data;
}

const waitingInOf = ({ waitingIn }: AppStatus): AppStatus['waitingIn'] => waitingIn;

/** Conversations that wait for a person's decision; whoever asks is drawn again only when these change. */
export function useWaitingIn(): AppStatus['waitingIn'] | undefined {
  const { query } = useApi();
  return useQuery({ ...query.app.watchStatus.experimental_liveOptions(live), select: waitingInOf }).data;
}

/** All documents as they are now, with the progress of their indexing. */
export function useDocuments(): readonly DocumentDescription[] | undefined {
  const { query } = useApi();
  return useQuery(query.documents.watch.experimental_liveOptions(live)).data;
}

/** Has the lists of chats and folders asked for again after every change of them, whoever made it. */
export function useConversationChanges(): void {
  const { query, queryClient } = useApi();
  // Under a key of its own: whoever has conversations asked for again and waits for them would wait for its end.
  const changes = query.conversations.watchChanges.experimental_liveOptions({ ...live, queryKey: ['chats-changed'] });
  const revision = useQuery(changes).data;
  const seen = useRef<number>(undefined);
  useEffect(() => {
    if (revision === undefined || revision === seen.current) return;
    // What was heard first says nothing of a change.
    const isChange = seen.current !== undefined;
    seen.current = revision;
    if (!isChange) return;
    void queryClient.invalidateQueries({ queryKey: query.conversations.list.key() });
    void queryClient.invalidateQueries({ queryKey: query.conversations.folders.key() });
  }, [revision, query, queryClient]);
}

/** How the window was last told to speak and look; needs no open chats. */
export function useLook(): Look | undefined {
  const { query } = useApi();
  return useQuery(query.app.look.queryOptions({ staleTime: Infinity, retry: true })).data;
}

/** What does not change while the app runs. */
export function useDescription(): AppDescription | undefined {
  const { query } = useApi();
  return useQuery(query.app.describe.queryOptions({ staleTime: Infinity, retry: true })).data;
}

/** Not asked for while the app is locked, where it would only wait for an answer that cannot come. */
export function useSettings(isOpen = true): Settings | undefined {
  const { query } = useApi();
  return useQuery(query.settings.get.queryOptions({ retry: true, enabled: isOpen })).data;
}

export function useConnectionState(): ConnectionState {
  const { connection } = useApi();
  return useSyncExternalStore(connection.subscribe, () => connection.state);
}
