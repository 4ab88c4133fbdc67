import {
  Archive,
  ArchiveRestore,
  Cloud,
  Download,
  Ellipsis,
  Folder,
  FolderInput,
  Laptop,
  Pencil,
  Pin,
  PinOff,
  Trash2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Folder as ConversationFolder } from '../../../electron/shared/conversation.ts';
import { exportFormatSchema } from '../../../electron/shared/transfer.ts';
import { useExportChats } from '../../api/use-transfer.ts';
import { Choice, ChoiceMenu, ChoiceSubmenu } from '../../ui/choice-menu.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { ConversationEdits } from './use-conversation-edits.ts';

type ConversationMenuProps = {
  readonly conversation: Conversation;
  readonly folders: readonly ConversationFolder[];
  readonly edits: ConversationEdits;
  readonly onRename: () => void;
};

/** Everything that can be done to a conversation as a whole. */
export function ConversationMenu({ conversation, folders, edits, onRename }: ConversationMenuProps) {
  const { t } = useTranslation(['window', 'cloud']);
  const exportChats = useExportChats();
  const { id, isPinned, isArchived, isLocalOnly } = conversation;
  const title = conversation.title || t('chat.new');
  return (
    <ChoiceMenu align="end" trigger={<IconButton size="small" icon={Ellipsis} label={t('chats.menu', { title })} />}>
      <Choice icon={Pencil} onChoose={onRename}>
        {t('action.rename')}
      </Choice>
      <Choice icon={isPinned ? PinOff : Pin} onChoose={() => edits.place(conversation, { isPinned: !isPinned })}>
        {isPinned ? t('chats.unpin') : t('chats.pin')}
      </Choice>
      <Choice icon={isLocalOnly ? Cloud : Laptop} onChoose={() => edits.setLocalOnly(conversation, !isLocalOnly)}>
        {t(isLocalOnly ? 'cloud:label.allow' : 'cloud:label.keep')}
      </Choice>
      <FolderChoices conversation={conversation} folders={folders} edits={edits} />
      <Choice
        icon={isArchived ? ArchiveRestore : Archive}
        onChoose={() => (isArchived ? edits.place(conversation, { isArchived: false }) : edits.archive(conversation))}
      >
        {isArchived ? t('chats.unarchive') : t('chats.archive')}
      </Choice>
      <ChoiceSubmenu icon={Download} label={t('chats.export')}>
        {exportFormatSchema.options.map((format) => (
          <Choice
            key={format}
            onChoose={() => exportChats.mutate({ conversationIds: [id], format, cancelling: new AbortController() })}
          >
            {t(`exportFormat.${format}`)}
          </Choice>
        ))}
      </ChoiceSubmenu>
      <Choice icon={Trash2} isDanger onChoose={() => edits.remove(conversation)}>
        {t('action.delete')}
      </Choice>
    </ChoiceMenu>
  );
}

function FolderChoices({ conversation, folders, edits }: Omit<ConversationMenuProps, 'onRename'>) {
  const { t } = useTranslation();
  if (folders.length === 0) return null;
  const others = folders.filter(({ id }) => id !== conversation.folderId);
  return (
    <ChoiceSubmenu icon={FolderInput} label={t('chats.move')}>
      {others.map(({ id, name }) => (
        <Choice key={id} icon={Folder} onChoose={() => edits.place(conversation, { folderId: id })}>
          {name}
        </Choice>
      ))}
      {conversation.folderId === null ? null : (
        <Choice onChoose={() => edits.place(conversation, { folderId: null })}>{t('chats.noFolder')}</Choice>
      )}
    </ChoiceSubmenu>
  );
}
