import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ConversationId, MessageId } from '../../../electron/shared/ids.ts';
import type { Message } from '../../../electron/shared/message.ts';
import type { SearchScope } from '../../../electron/shared/search-scope.ts';
import { useApi } from '../../api/api-context.tsx';
import { useRun } from '../../api/use-run.ts';
import type { useBranches } from './branches/use-branches.ts';
import { useMessageQueue } from './chat-session.tsx';
import type { MessageActions } from './message-actions.ts';
import { inOrder, useContinue, useEdit, useRetry, useSend, useStop } from './use-answering.ts';

const none: readonly Message[] = [];

/** A conversation as it is stored, and its documents, which are stored with it. */
export function useConversation(conversationId: ConversationId) {
  const { query, queryClient } = useApi();
  const options = query.conversations.open.queryOptions({ input: { id: conversationId } });
  const { data, error } = useQuery(options);
  const { mutate } = useMutation(
    query.conversations.setScope.mutationOptions({
      scope: inOrder(conversationId),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: options.queryKey }),
    }),
  );
  const setScope = ({ documentIds, collectionIds }: SearchScope): void =>
    mutate({ id: conversationId, scope: { documentIds: [...documentIds], collectionIds: [...collectionIds] } });
  return {
    conversation: data?.conversation,
    messages: data?.messages ?? none,
    isOpen: data !== undefined,
    error,
    setScope,
  };
}

/** The answer that is being written at the end of the shown branch, and the way to stop it. */
export function useAnswerUnderWay(conversationId: ConversationId, messages: readonly Message[]) {
  const { queue } = useMessageQueue(conversationId);
  const stop = useStop();
  const runId = messages.at(-1)?.runId ?? null;
  const run = useRun(runId);
  const isAnswering = runId !== null && (run === null || run.state === 'running');
  useEffect(() => {
    if (runId !== null) queue.follow(conversationId, runId);
  }, [queue, conversationId, runId]);
  const previewId = run?.state === 'running' ? run.previewId : null;
  return { isAnswering, previewId, stopAnswer: (): void => (runId === null ? undefined : stop.mutate({ runId })) };
}

/** Everything that asks for an answer, and what the last of it failed with. */
export function useAsking(
  conversationId: ConversationId,
  isAboutDocuments: boolean,
  { tree, show, error: branchError }: ReturnType<typeof useBranches>,
) {
  const send = useSend(conversationId);
  const { mutate: retry, error: retryError, isPending: isRetrying } = useRetry(conversationId, isAboutDocuments);
  const { mutate: edit, error: editError, isPending: isEditing } = useEdit(conversationId);
  const { mutate: goOn, error: goOnError, isPending: isGoingOn } = useContinue(conversationId);
  const actions: MessageActions = useMemo(
    () => ({
      retry: (answer, choice) => retry({ answer, ...(choice === undefined ? {} : { choice }) }),
      goOn: (answer) => goOn(answer),
      edit: (question, text) => edit({ question, text }),
      branchFrom: (answer) =>
        show({ messageId: answer.id, isEnd: true }, () =>
          document.querySelector<HTMLTextAreaElement>('[data-composer]')?.focus(),
        ),
      showSibling: (messageId: MessageId) => show({ messageId }),
      siblingsOf: (id) => tree.siblingsOf(id),
    }),
    [retry, goOn, edit, show, tree],
  );
  return {
    send,
    actions,
    isSending: send.isPending || isRetrying || isEditing || isGoingOn,
    error: send.error ?? retryError ?? editError ?? goOnError ?? branchError,
  };
}
