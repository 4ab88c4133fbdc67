import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../electron/shared/conversation.ts';
import { addressOf } from '../../lib/destination.ts';
import { classNames } from '../../ui/class-names.ts';
import { ConversationMenu } from './conversation-menu.tsx';
import { TitleField } from './title-field.tsx';

type ConversationRowProps = {
  readonly conversation: Conversation;
  readonly isCurrent: boolean;
  readonly onRename: (title: string) => void;
  readonly onRemove: () => void;
};

export function ConversationRow({ conversation, isCurrent, onRename, onRemove }: ConversationRowProps) {
  const { t } = useTranslation();
  const [isRenaming, setRenaming] = useState(false);
  const title = conversation.title || t('chat.new');
  if (isRenaming) {
    return (
      <li>
        <TitleField
          title={title}
          onDone={(changed) => {
            setRenaming(false);
            if (changed !== null) onRename(changed);
          }}
        />
      </li>
    );
  }
  return (
    <li className="group relative">
      <a
        data-list-item
        href={addressOf({ page: 'chat', conversationId: conversation.id })}
        aria-current={isCurrent ? 'page' : undefined}
        className={classNames(
          'flex h-8 items-center rounded-md pr-8 pl-2.5 text-base',
          isCurrent ? 'bg-pressed font-medium text-ink' : 'text-soft hover:bg-hover hover:text-ink',
        )}
        onKeyDown={(event) => {
          if (event.key === 'F2') setRenaming(true);
          if (event.key === 'Delete') onRemove();
        }}
      >
        <span className="truncate">{title}</span>
      </a>
      <div className="absolute top-0.5 right-0.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
        <ConversationMenu title={title} onRename={() => setRenaming(true)} onRemove={onRemove} />
      </div>
    </li>
  );
}
