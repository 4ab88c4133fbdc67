import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { ConversationId, DocumentId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import type { Api } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { DraftStore, DraftsContext } from '../../lib/drafts.ts';
import { MessageQueue } from './message-queue.ts';
import type { QueueState } from './message-queue.ts';
import { ReadAloud, ReadAloudContext } from './read-aloud.ts';
import { sendQuestion } from './use-answering.ts';

const QueueContext = createContext<MessageQueue | null>(null);
const PastedContext = createContext<Map<DocumentId, string> | null>(null);

function createDrafts({ client }: Api): DraftStore {
  return new DraftStore({
    get: async (key) => {
      try {
        return await client.drafts.get({ key });
      } catch (error) {
        if (toFailure(error).code === 'app/not-found') return null;
        throw error;
      }
    },
    put: async (key, draft) => {
      const { documentIds, collectionIds, queue } = draft;
      const kept = { ...draft, documentIds: [...documentIds], collectionIds: [...collectionIds], queue: [...queue] };
      await client.drafts.put({ key, draft: kept });
    },
  });
}

function createQueue(api: Api, drafts: DraftStore): MessageQueue {
  const { query, queryClient, runs } = api;
  const open = (id: ConversationId) =>
    queryClient.fetchQuery({ ...query.conversations.open.queryOptions({ input: { id } }), staleTime: 0 });
  return new MessageQueue({
    drafts,
    whenEnded: (runId) =>
      new Promise((resolve) => {
        let isOver = false;
        let leave = (): void => undefined;
        const look = (): void => {
          const view = runs.view(runId);
          if (isOver || view === null || view.state === 'running') return;
          isOver = true;
          leave();
          resolve(view);
        };
        leave = runs.subscribe(runId, look);
        look();
      }),
    statusOf: async (id) => (await open(id)).messages.at(-1)?.status ?? null,
    send: async (id, { text, choice }) => {
      await open(id);
      return (await sendQuestion(api, id, choice === null ? { text } : { text, choice })).runId;
    },
  });
}

const createUtterance = (text: string): SpeechSynthesisUtterance => new SpeechSynthesisUtterance(text);
const speech = (): SpeechSynthesis | null => ('speechSynthesis' in window ? window.speechSynthesis : null);

/** What chats need for as long as they are open: drafts, waiting messages, the voice. It goes when the app locks. */
export function ChatSession({ children }: { readonly children: ReactNode }) {
  const api = useApi();
  const [drafts] = useState(() => createDrafts(api));
  const [queue] = useState(() => createQueue(api, drafts));
  const [voice] = useState(() => new ReadAloud(speech(), createUtterance));
  const [pasted] = useState(() => new Map<DocumentId, string>());
  useEffect(() => {
    const flush = (): void => void drafts.flush();
    document.addEventListener('visibilitychange', flush);
    window.addEventListener('pagehide', flush);
    window.addEventListener('blur', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('blur', flush);
      drafts.close();
      queue.close();
      voice.close();
    };
  }, [drafts, queue, voice]);
  return (
    <DraftsContext value={drafts}>
      <QueueContext value={queue}>
        <PastedContext value={pasted}>
          <ReadAloudContext value={voice}>{children}</ReadAloudContext>
        </PastedContext>
      </QueueContext>
    </DraftsContext>
  );
}

/** The waiting messages of a conversation, and what may be done with them. */
export function useMessageQueue(conversationId: ConversationId): {
  readonly state: QueueState;
  readonly queue: MessageQueue;
} {
  const queue = use(QueueContext);
  if (queue === null) throw new Error('ChatSession is missing.');
  const state = useSyncExternalStore(
    queue.subscribe,
    useCallback(() => queue.state(conversationId), [queue, conversationId]),
  );
  return { state, queue };
}

/** Texts that became documents when they were pasted, so that they can become texts again. */
export function usePastedTexts(): Map<DocumentId, string> {
  const pasted = use(PastedContext);
  if (pasted === null) throw new Error('ChatSession is missing.');
  return pasted;
}
