import { useQuery } from '@tanstack/react-query';
import { Archive, ArrowLeft, Ellipsis, FolderPlus, Search, SquarePen, VenetianMask } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { useDescription } from '../../api/use-live.ts';
import { addressOf, useGo } from '../../lib/destination.ts';
import { useOpenPalette } from '../../lib/palette.ts';
import { useShortcut, useShortcutWords } from '../../lib/shortcut.ts';
import { Choice, ChoiceMenu } from '../../ui/choice-menu.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { ConversationRows } from './conversation-rows.tsx';
import { TitleField } from './title-field.tsx';
import { useFolderEdits } from './use-folder-edits.ts';
import { usePrivateStart } from './use-private-start.ts';

type ConversationListProps = { readonly currentId: ConversationId | null };

/** The way to search and to a new chat, then all conversations: pinned, in folders, by day; or the archive. */
export function ConversationList({ currentId }: ConversationListProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const go = useGo();
  const folderEdits = useFolderEdits();
  const conversations = useQuery(query.conversations.list.queryOptions({ retry: true })).data;
  const folders = useQuery(query.conversations.folders.queryOptions({ retry: true })).data;
  const [isArchive, setArchive] = useState(false);
  const [isNaming, setNaming] = useState(false);
  useShortcut('n', () => go({ page: 'new-chat' }));
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1 px-2.5">
      <SearchButton />
      {isArchive ? (
        <button
          type="button"
          className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-base font-medium hover:bg-hover"
          onClick={() => setArchive(false)}
        >
          <ArrowLeft aria-hidden size={15} className="text-accent" /> {t('chats.leaveArchive')}
        </button>
      ) : (
        <NewChat onArchive={() => setArchive(true)} onNewFolder={() => setNaming(true)} />
      )}
      {isNaming ? (
        <TitleField
          title=""
          label={t('folders.name')}
          onDone={(name) => {
            setNaming(false);
            if (name !== null) folderEdits.create(name.trim());
          }}
        />
      ) : null}
      {conversations === undefined || folders === undefined ? null : (
        <ConversationRows
          key={String(isArchive)}
          conversations={conversations}
          folders={folders}
          folderEdits={folderEdits}
          currentId={currentId}
          isArchive={isArchive}
        />
      )}
    </div>
  );
}

function SearchButton() {
  const { t } = useTranslation();
  const openPalette = useOpenPalette();
  const keys = useShortcutWords(useDescription()?.operatingSystem);
  return (
    <button
      type="button"
      className="flex h-8 w-full shrink-0 items-center gap-2 rounded-md bg-hover px-2.5 text-base text-faint hover:bg-pressed"
      onClick={openPalette}
    >
      <Search aria-hidden size={14} />
      <span className="flex-1 text-left">{t('chats.searchShort')}</span>
      <span aria-hidden>
        <KeyHint>{keys('k')}</KeyHint>
      </span>
    </button>
  );
}

type NewChatProps = { readonly onArchive: () => void; readonly onNewFolder: () => void };

function NewChat({ onArchive, onNewFolder }: NewChatProps) {
  const { t } = useTranslation();
  const keys = useShortcutWords(useDescription()?.operatingSystem);
  const startPrivateChat = usePrivateStart();
  return (
    <div className="flex items-center gap-0.5">
      <a
        href={addressOf({ page: 'new-chat' })}
        className="flex h-8 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2.5 text-base font-medium hover:bg-hover"
      >
        <SquarePen aria-hidden size={15} strokeWidth={1.75} className="shrink-0 text-accent" />
        <span className="flex-1 truncate">{t('chat.new')}</span>
        <span aria-hidden className="max-[1100px]:hidden">
          <KeyHint>{keys('n')}</KeyHint>
        </span>
      </a>
      <ChoiceMenu align="end" trigger={<IconButton size="small" icon={Ellipsis} label={t('chats.more')} />}>
        <Choice icon={VenetianMask} onChoose={startPrivateChat}>
          {t('chat.newPrivate')}
        </Choice>
        <Choice icon={FolderPlus} onChoose={onNewFolder}>
          {t('folders.new')}
        </Choice>
        <Choice icon={Archive} onChoose={onArchive}>
          {t('chats.showArchive')}
        </Choice>
      </ChoiceMenu>
    </div>
  );
}
