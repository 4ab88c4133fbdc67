import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationId, MessageId } from '../../../electron/shared/ids.ts';
import { isEmptyScope } from '../../../electron/shared/search-scope.ts';
import type { Message } from '../../../electron/shared/message.ts';
import { usePreviewDialog } from '../../lib/preview-dialog.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { BranchTree } from './branches/branch-tree.ts';
import { BranchesDialog } from './branches/branches-dialog.tsx';
import { useBranches } from './branches/use-branches.ts';
import { ConversationFoot } from './conversation-foot.tsx';
import { ConversationOptionsDialog } from './conversation-options-dialog.tsx';
import { ConversationTools } from './conversation-tools.tsx';
import { MessageArea } from './message-area.tsx';
import { useAnswerUnderWay, useAsking, useConversation } from './use-conversation.ts';

type ConversationPageProps = {
  readonly conversationId: ConversationId;
  /** A message to go to, as from a search. */
  readonly messageId?: MessageId | null;
};

/** The stretches of the shown branch, the first one first. */
function shownStretches(tree: BranchTree, messages: readonly Message[]): readonly MessageId[] {
  return [...new Set(messages.flatMap(({ id }) => tree.stretchOf(id) ?? []))];
}

export function ConversationPage({ conversationId, messageId = null }: ConversationPageProps) {
  const { t } = useTranslation();
  const [layer, setLayer] = useState<'find' | 'branches' | 'options' | null>(null);
  const [comparedTip, setComparedTip] = useState<MessageId | null>(null);
  const opened = useConversation(conversationId);
  const { conversation, messages } = opened;
  const branches = useBranches(conversationId);
  const { tree, show } = branches;
  const asking = useAsking(conversationId, conversation !== undefined && !isEmptyScope(conversation), branches);
  const answering = useAnswerUnderWay(conversationId, messages);
  const drawPreview = usePreviewDialog();
  const close = (): void => setLayer(null);
  const compare = (tipId: MessageId): void => {
    setComparedTip(tipId);
    close();
  };
  return (
    <section aria-label={t('chat.label')} className="flex h-full flex-col">
      <ConversationTools conversationId={conversationId} hasBranches={tree.stretches.length > 1} onOpen={setLayer} />
      {!opened.isOpen && opened.error === null ? (
        <div className="mx-auto w-full max-w-[600px] flex-1 px-6 pt-8">
          <Skeleton lines={4} />
        </div>
      ) : (
        <MessageArea
          conversationId={conversationId}
          messages={messages}
          actions={asking.actions}
          pendingText={asking.send.isPending ? asking.send.variables.text : null}
          wantedId={messageId}
          isFinding={layer === 'find'}
          comparedTip={comparedTip}
          onShow={show}
          onCloseFind={close}
          onCloseCompare={() => setComparedTip(null)}
        />
      )}
      {comparedTip === null ? (
        <ConversationFoot {...{ conversationId, opened, asking, answering, tree }} onShow={show} />
      ) : null}
      {answering.previewId === null ? null : drawPreview(answering.previewId)}
      {layer === 'options' && conversation !== undefined ? (
        <ConversationOptionsDialog conversation={conversation} onClose={close} />
      ) : null}
      {layer === 'branches' ? (
        <BranchesDialog
          tree={tree}
          shown={shownStretches(tree, messages)}
          onShow={({ last }) => show({ messageId: last.id }, close)}
          onCompare={({ tipId }) => compare(tipId)}
          onClose={close}
        />
      ) : null}
    </section>
  );
}
