import { Hourglass, Pin, VenetianMask } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Folder } from '../../../electron/shared/conversation.ts';
import { useWaitingIn } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import { leaveListItem } from '../../lib/list-keys.ts';
import { classNames } from '../../ui/class-names.ts';
import { LocalOnlyMark } from '../../ui/local-only-mark.tsx';
import { ConversationMenu } from './conversation-menu.tsx';
import { startDragging } from './dragged-conversation.ts';
import { TitleField } from './title-field.tsx';
import type { ConversationEdits } from './use-conversation-edits.ts';

type ConversationRowProps = {
  readonly conversation: Conversation;
  readonly folders: readonly Folder[];
  readonly isInFolder: boolean;
  readonly isCurrent: boolean;
  readonly edits: ConversationEdits;
};

export function ConversationRow({ conversation, folders, isInFolder, isCurrent, edits }: ConversationRowProps) {
  const { t } = useTranslation();
  const [isRenaming, setRenaming] = useState(false);
  const title = conversation.title || t(conversation.isPrivate ? 'chat.newPrivate' : 'chat.new');
  if (isRenaming) {
    return (
      <TitleField
        title={title}
        label={t('chats.title')}
        onDone={(changed) => {
          setRenaming(false);
          if (changed !== null) edits.rename(conversation, changed);
        }}
      />
    );
  }
  return (
    <div className="group relative">
      <a
        data-list-item
        draggable
        href={addressOf({ page: 'chat', conversationId: conversation.id })}
        aria-current={isCurrent ? 'page' : undefined}
        className={classNames(
          'flex h-8 items-center gap-2 rounded-md pr-2.5 text-base group-focus-within:pr-8 group-hover:pr-8',
          isInFolder ? 'pl-8' : 'pl-2.5',
          isCurrent ? 'bg-pressed font-medium text-ink' : 'text-soft hover:bg-hover hover:text-ink',
        )}
        onDragStart={(event) => startDragging(event, conversation.id)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setRenaming(true);
          if (event.key !== 'Delete') return;
          leaveListItem(event.currentTarget);
          edits.remove(conversation);
        }}
      >
        {conversation.isPrivate ? (
          <VenetianMask role="img" aria-label={t('chats.private')} size={14} className="shrink-0 text-server" />
        ) : null}
        <span className="truncate">{title}</span>
        <LocalOnlyMark isLocalOnly={conversation.isLocalOnly} />
        <WaitingMark id={conversation.id} />
        {conversation.isPinned ? <PinMark /> : null}
      </a>
      <div className="absolute top-0.5 right-0.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-[[data-popup-open]]:opacity-100">
        <ConversationMenu
          conversation={conversation}
          folders={folders}
          edits={edits}
          onRename={() => setRenaming(true)}
        />
      </div>
    </div>
  );
}

/** A question of the chat waits for a person to decide what may leave. */
function WaitingMark({ id }: Pick<Conversation, 'id'>) {
  const { t } = useTranslation('cloud');
  if (useWaitingIn()?.includes(id) !== true) return null;
  return <Hourglass role="img" aria-label={t('waiting.mark')} size={13} className="shrink-0 text-cloud" />;
}

function PinMark() {
  return (
    <Pin aria-hidden size={12} className="ml-auto shrink-0 text-faint group-focus-within:hidden group-hover:hidden" />
  );
}
