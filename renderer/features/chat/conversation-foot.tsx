import { GitBranch } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppStatus } from '../../../electron/shared/app-status.ts';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import type { PlaceChoice } from '../../../electron/shared/route.ts';
import { toFailure } from '../../api/failure.ts';
import { useAskableModels } from '../../api/use-cloud.ts';
import { useStatus } from '../../api/use-live.ts';
import { useDraft } from '../../lib/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { AnswerFailure } from './answer-failure.tsx';
import type { BranchTree } from './branches/branch-tree.ts';
import type { useBranches } from './branches/use-branches.ts';
import { useMessageQueue } from './chat-session.tsx';
import { Composer } from './composer/composer.tsx';
import type { Written } from './composer/composer.tsx';
import { ContextMeter } from './composer/context-meter.tsx';
import type { ComposerQueue } from './composer/queue-chips.tsx';
import { NoModel } from './no-model.tsx';
import type { useAnswerUnderWay, useAsking, useConversation } from './use-conversation.ts';
import { useStopKey } from './use-stop-key.ts';

type ConversationFootProps = {
  readonly conversationId: ConversationId;
  readonly opened: ReturnType<typeof useConversation>;
  readonly asking: ReturnType<typeof useAsking>;
  readonly answering: ReturnType<typeof useAnswerUnderWay>;
  readonly tree: BranchTree;
  readonly onShow: ReturnType<typeof useBranches>['show'];
};

/** The messages that wait behind the answer, and what may be done with them. */
function useWaitingMessages(conversationId: ConversationId): ComposerQueue {
  const [draft, changeDraft] = useDraft(conversationId);
  const { queue, state } = useMessageQueue(conversationId);
  return {
    messages: draft.queue,
    state,
    onChange: (messages) => changeDraft({ queue: [...messages] }),
    onResume: () => queue.resume(conversationId),
  };
}

/** What the length of a chat depends on. */
function versionOf({ conversation, messages }: ConversationFootProps['opened'], status: AppStatus | undefined): string {
  const last = messages.at(-1);
  return JSON.stringify([last?.id, last?.status, messages.length, conversation?.options, status?.model?.id]);
}

/** Under the messages: what went wrong, what waits, and where a person writes. */
export function ConversationFoot(props: ConversationFootProps) {
  const { conversationId, opened, asking, answering, tree, onShow } = props;
  const { conversation, messages, setScope } = opened;
  const status = useStatus();
  const [draft, changeDraft] = useDraft(conversationId);
  const [choice, setChoice] = useState<PlaceChoice | null>(null);
  const models = useAskableModels(conversationId);
  const waiting = useWaitingMessages(conversationId);
  const { isAnswering, stopAnswer } = answering;
  useStopKey(isAnswering, stopAnswer);
  const documentIds = conversation?.documentIds ?? [];
  const collectionIds = conversation?.collectionIds ?? [];
  const submit = (written: Written): void => {
    const { text, preset } = draft;
    changeDraft({ text: '', preset: null });
    // It was for this message only; one that did not go keeps its place with its text.
    asking.send.mutate(written, { onSuccess: () => setChoice(null), onError: () => changeDraft({ text, preset }) });
  };
  const failure = asking.error ?? opened.error;
  const hasNoModel = status?.engine.state === 'no-model';
  const last = messages.at(-1);
  const hasMore = last !== undefined && tree.hasChildren(last.id);
  const version = versionOf(opened, status);
  return (
    <div className="mx-auto flex w-full max-w-[632px] flex-col gap-3 px-4 pb-4">
      {failure === null ? null : <AnswerFailure error={toFailure(failure)} />}
      {hasNoModel ? <NoModel isCompact /> : null}
      {hasMore && last !== undefined && !isAnswering ? (
        <EarlierMessage onBack={() => onShow({ messageId: last.id })} />
      ) : null}
      <Composer
        text={draft.text}
        preset={draft.preset}
        documentIds={documentIds}
        collectionIds={collectionIds}
        queue={waiting}
        isAnswering={isAnswering || waiting.state.isSending}
        isSending={asking.isSending}
        isDisabled={hasNoModel}
        isPrivate={conversation?.isPrivate ?? false}
        choice={choice}
        models={models}
        meter={<ContextMeter conversationId={conversationId} text={draft.text} version={version} />}
        onText={(text) => changeDraft({ text })}
        onPreset={(preset) => changeDraft({ preset })}
        onDocuments={(next) => setScope({ documentIds: next, collectionIds })}
        onCollections={(next) => setScope({ documentIds, collectionIds: next })}
        onChoice={setChoice}
        onSend={submit}
        onStop={stopAnswer}
      />
    </div>
  );
}

/** The shown branch ends before the conversation does: what is written now begins another branch. */
function EarlierMessage({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation('chat');
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-lg bg-hover py-1.5 pr-1.5 pl-3 text-sm text-soft">
      <GitBranch aria-hidden size={14} className="shrink-0" />
      <p role="status" className="min-w-0 flex-1 basis-52">
        {t('branches.earlier')}
      </p>
      <Button onClick={onBack}>{t('branches.toEnd')}</Button>
    </div>
  );
}
