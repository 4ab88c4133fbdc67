import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ConversationId, DocumentId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useStatus } from '../../api/use-live.ts';
import { useRun } from '../../api/use-run.ts';
import { useDraft } from '../../lib/drafts.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AnswerFailure } from './answer-failure.tsx';
import { Composer } from './composer/composer.tsx';
import { MessageColumn } from './message-column.tsx';
import { NoModel } from './no-model.tsx';
import { useRetry, useSend, useStop } from './use-answering.ts';
import { useStopKey } from './use-stop-key.ts';

/** The documents of a conversation, stored with it. */
function useConversation(conversationId: ConversationId) {
  const { query, queryClient } = useApi();
  const options = query.conversations.open.queryOptions({ input: { id: conversationId } });
  const opened = useQuery(options);
  const setDocuments = useMutation(
    query.conversations.setDocuments.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: options.queryKey }),
    }),
  );
  const change = (documentIds: readonly DocumentId[]): void =>
    setDocuments.mutate({ id: conversationId, documentIds: [...documentIds] });
  return { opened, change };
}

export function ConversationPage({ conversationId }: { readonly conversationId: ConversationId }) {
  const { t } = useTranslation();
  const status = useStatus();
  const { opened, change } = useConversation(conversationId);
  const [draft, changeDraft] = useDraft(conversationId);
  const documentIds = opened.data?.conversation.documentIds ?? [];
  const send = useSend(conversationId);
  const retry = useRetry(conversationId, documentIds.length > 0);
  const stop = useStop();
  const messages = opened.data?.messages ?? [];
  const runId = messages.at(-1)?.runId ?? null;
  const run = useRun(runId);
  const isAnswering = runId !== null && (run === null || run.state === 'running');
  const stopAnswer = (): void => (runId === null ? undefined : stop.mutate({ runId }));
  useStopKey(isAnswering, stopAnswer);
  const submit = (): void => {
    const text = draft.text.trim();
    changeDraft({ text: '' });
    send.mutate({ text, documentIds }, { onError: () => changeDraft({ text }) });
  };
  const failure = send.error ?? retry.error ?? opened.error;
  const hasNoModel = status?.engine.state === 'no-model';
  return (
    <section aria-label={t('chat.label')} className="flex h-full flex-col">
      {opened.data === undefined && opened.error === null ? (
        <div className="mx-auto w-full max-w-[600px] flex-1 px-6 pt-8">
          <Skeleton lines={4} />
        </div>
      ) : (
        <MessageColumn
          messages={messages}
          pendingText={send.isPending ? send.variables.text : null}
          onRetry={(message) => retry.mutate(message)}
        />
      )}
      <div className="mx-auto flex w-full max-w-[632px] flex-col gap-3 px-4 pb-4">
        {failure === null ? null : <AnswerFailure error={toFailure(failure)} />}
        {hasNoModel ? <NoModel isCompact /> : null}
        <Composer
          text={draft.text}
          documentIds={documentIds}
          isAnswering={isAnswering}
          isSending={send.isPending || retry.isPending}
          isDisabled={hasNoModel}
          onText={(text) => changeDraft({ text })}
          onDocuments={change}
          onSend={submit}
          onStop={stopAnswer}
        />
      </div>
    </section>
  );
}
