import { ChevronRight, Cloud, Ellipsis, Folder as FolderIcon, Laptop, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Folder } from '../../../electron/shared/conversation.ts';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { Choice, ChoiceMenu } from '../../ui/choice-menu.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { LocalOnlyMark } from '../../ui/local-only-mark.tsx';
import { droppedConversation, isConversation } from './dragged-conversation.ts';
import { TitleField } from './title-field.tsx';

type FolderRowProps = {
  readonly folder: Folder;
  readonly count: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onRename: (name: string) => void;
  readonly onRemove: () => void;
  readonly onLabel: (isLocalOnly: boolean) => void;
  readonly onDropped: (id: ConversationId) => void;
};

/** A folder: opens and closes, takes conversations that are dropped on it. */
export function FolderRow(props: FolderRowProps) {
  const { folder, count, isOpen, onToggle, onRename, onRemove, onLabel, onDropped } = props;
  const { t } = useTranslation(['window', 'cloud']);
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) {
    return (
      <TitleField
        title={folder.name}
        label={t('folders.name')}
        onDone={(changed) => {
          setRenaming(false);
          if (changed !== null) onRename(changed);
        }}
      />
    );
  }
  return (
    <FolderDrop onDropped={onDropped}>
      <FolderButton
        folder={folder}
        count={count}
        isOpen={isOpen}
        onToggle={onToggle}
        onRename={() => setRenaming(true)}
        onRemove={onRemove}
      />
      <div className="absolute top-0.5 right-0.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-[[data-popup-open]]:opacity-100">
        <ChoiceMenu
          align="end"
          trigger={<IconButton size="small" icon={Ellipsis} label={t('folders.menu', { name: folder.name })} />}
        >
          <Choice icon={Pencil} onChoose={() => setRenaming(true)}>
            {t('action.rename')}
          </Choice>
          <Choice icon={folder.isLocalOnly ? Cloud : Laptop} onChoose={() => onLabel(!folder.isLocalOnly)}>
            {t(folder.isLocalOnly ? 'cloud:label.allow' : 'cloud:label.keep')}
          </Choice>
          <Choice icon={Trash2} isDanger onChoose={onRemove}>
            {t('folders.remove')}
          </Choice>
        </ChoiceMenu>
      </div>
    </FolderDrop>
  );
}

type FolderDropProps = { readonly onDropped: (id: ConversationId) => void; readonly children: ReactNode };

/** Takes a conversation that is dropped; its menu is the keyboard's way to the same. */
function FolderDrop({ onDropped, children }: FolderDropProps) {
  const [isOver, setOver] = useState(false);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classNames('group relative rounded-md', isOver && 'bg-accent-wash ring-1 ring-accent')}
      onDragOver={(event) => {
        if (!isConversation(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const id = droppedConversation(event);
        if (id === null) return;
        event.preventDefault();
        event.stopPropagation();
        onDropped(id);
      }}
    >
      {children}
    </div>
  );
}

type FolderButtonProps = Pick<FolderRowProps, 'folder' | 'count' | 'isOpen' | 'onToggle' | 'onRemove'> & {
  readonly onRename: () => void;
};

function FolderButton({ folder, count, isOpen, onToggle, onRename, onRemove }: FolderButtonProps) {
  const { i18n } = useTranslation();
  return (
    <button
      type="button"
      data-list-item
      aria-expanded={isOpen}
      className="flex h-8 w-full items-center gap-1.5 rounded-md pr-2.5 pl-1.5 text-left text-base font-medium text-soft group-focus-within:pr-8 group-hover:pr-8 hover:bg-hover hover:text-ink"
      onClick={onToggle}
      onKeyDown={(event) => {
        if (event.key === 'F2') onRename();
        if (event.key === 'Delete') onRemove();
        if ((event.key === 'ArrowRight' && !isOpen) || (event.key === 'ArrowLeft' && isOpen)) onToggle();
      }}
    >
      <ChevronRight
        aria-hidden
        size={14}
        className={classNames('chevron shrink-0 text-faint', isOpen && 'rotate-90')}
      />
      <FolderIcon aria-hidden size={14} className="shrink-0 text-faint" />
      <span className="truncate">{folder.name}</span>
      <LocalOnlyMark isLocalOnly={folder.isLocalOnly} />
      <span className="numeric ml-auto text-xs font-normal text-faint group-focus-within:hidden group-hover:hidden">
        {new Intl.NumberFormat(i18n.language).format(count)}
      </span>
    </button>
  );
}
