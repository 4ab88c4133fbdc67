import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Folder } from '../../../electron/shared/conversation.ts';
import type { ConversationId, FolderId } from '../../../electron/shared/ids.ts';
import { useGo } from '../../lib/destination.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { ConversationRow } from './conversation-row.tsx';
import { droppedConversation, isConversation } from './dragged-conversation.ts';
import { FolderRow } from './folder-row.tsx';
import { listRows } from './list-rows.ts';
import type { ListRow } from './list-rows.ts';
import { useConversationEdits } from './use-conversation-edits.ts';
import type { ConversationEdits } from './use-conversation-edits.ts';
import type { FolderEdits } from './use-folder-edits.ts';

const rowHeight = 32;
const headingHeight = 34;
/** Lines above and below the shown ones: the arrow keys always find the next. */
const overscan = 12;
/** Before the list has been measured. */
const initialRect = { width: 256, height: 800 };

type ConversationRowsProps = {
  readonly conversations: readonly Conversation[];
  readonly folders: readonly Folder[];
  readonly folderEdits: FolderEdits;
  readonly currentId: ConversationId | null;
  readonly isArchive: boolean;
};

/** Beside the folders is out of them; a folder takes what is dropped on it itself. */
function moveOut(conversations: readonly Conversation[], id: ConversationId | null, edits: ConversationEdits): void {
  const dropped = conversations.find((conversation) => conversation.id === id);
  if (dropped !== undefined && dropped.folderId !== null) edits.place(dropped, { folderId: null });
}

function useClosedFolders() {
  const [closedFolders, setClosedFolders] = useState<ReadonlySet<FolderId>>(new Set());
  const toggle = (id: FolderId): void => {
    const next = new Set(closedFolders);
    if (!next.delete(id)) next.add(id);
    setClosedFolders(next);
  };
  return { closedFolders, toggle };
}

/** Only the lines in sight are in the page, so thousands of conversations cost what a screenful does. */
export function ConversationRows(props: ConversationRowsProps) {
  const { conversations, folders, isArchive, currentId } = props;
  const { t } = useTranslation();
  const go = useGo();
  const edits = useConversationEdits(({ id }) => (id === currentId ? go({ page: 'new-chat' }) : undefined));
  const scroller = useRef<HTMLDivElement>(null);
  const { closedFolders, toggle } = useClosedFolders();
  // The day at the first showing is enough: a list that regroups itself at midnight would surprise more than help.
  const [now] = useState(() => Date.now());
  const rows = useMemo(
    () => listRows({ conversations, folders, closedFolders, isArchive, now }),
    [conversations, folders, closedFolders, isArchive, now],
  );
  // Its answers change with every scroll, so nothing here is remembered from one showing to the next.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'heading' ? headingHeight : rowHeight),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan,
    initialRect,
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Home') virtual.scrollToIndex(0);
    if (event.key === 'End') virtual.scrollToIndex(rows.length - 1);
    moveInList(event);
  };
  if (rows.length === 0) {
    return <p className="px-2.5 pt-4 text-sm text-faint">{isArchive ? t('chats.archiveEmpty') : t('chats.none')}</p>;
  }
  return (
    // The keys move among the links inside, which are the controls.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={scroller}
      className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 pb-2"
      onKeyDown={onKeyDown}
      onDragOver={(event) => (isConversation(event) ? event.preventDefault() : undefined)}
      onDrop={(event) => moveOut(conversations, droppedConversation(event), edits)}
    >
      <ul
        aria-label={isArchive ? t('chats.archiveTitle') : t('navigation.chats')}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li key={key} className="absolute inset-x-0" style={{ top: start }}>
              <Row
                row={row}
                isOpen={row.kind === 'folder' && !closedFolders.has(row.folder.id)}
                edits={edits}
                onToggle={toggle}
                {...props}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type RowProps = ConversationRowsProps & {
  readonly row: ListRow;
  readonly isOpen: boolean;
  readonly edits: ConversationEdits;
  readonly onToggle: (id: FolderId) => void;
};

function Row({ row, isOpen, onToggle, edits, conversations, folders, folderEdits, currentId }: RowProps) {
  const { t } = useTranslation();
  switch (row.kind) {
    case 'heading':
      return <h2 className="px-2.5 pt-3.5 pb-1 text-xs font-semibold text-faint">{t(`chats.${row.name}`)}</h2>;
    case 'conversation':
      return (
        <ConversationRow
          conversation={row.conversation}
          folders={folders}
          isInFolder={row.isInFolder}
          isCurrent={row.conversation.id === currentId}
          edits={edits}
        />
      );
    case 'folder': {
      const { folder, count } = row;
      const members = conversations.filter(({ folderId }) => folderId === folder.id).map(({ id }) => id);
      return (
        <FolderRow
          folder={folder}
          count={count}
          isOpen={isOpen}
          onToggle={() => onToggle(folder.id)}
          onRename={(name) => folderEdits.rename(folder, name.trim())}
          onRemove={() => folderEdits.remove(folder, members)}
          onLabel={(isLocalOnly) => folderEdits.setLocalOnly(folder, isLocalOnly)}
          onDropped={(id) => {
            const dropped = conversations.find((conversation) => conversation.id === id);
            if (dropped !== undefined && dropped.folderId !== folder.id) edits.place(dropped, { folderId: folder.id });
          }}
        />
      );
    }
  }
}
