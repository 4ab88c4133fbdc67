import { Dialog } from '@base-ui/react/dialog';
import { ChevronRight, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageId } from '../../../../electron/shared/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { BranchTree, Stretch } from './branch-tree.ts';
import { useTreeKeys } from './use-tree-keys.ts';

type BranchesDialogProps = {
  readonly tree: BranchTree;
  /** The stretches that make up the shown branch, the first one first. */
  readonly shown: readonly MessageId[];
  readonly onShow: (stretch: Stretch) => void;
  readonly onCompare: (stretch: Stretch) => void;
  readonly onClose: () => void;
};

/** All branches of a conversation as a tree; one can be shown, or compared with the one that is shown. */
export function BranchesDialog(props: BranchesDialogProps) {
  const { t } = useTranslation(['window', 'chat']);
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup
          // Where a comparison was asked for, its way back is the next thing to do.
          finalFocus={() => document.querySelector<HTMLElement>('[data-compare-back]') ?? true}
          className="popup fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-48px)] w-[min(560px,calc(100vw-32px))] -translate-1/2 flex-col gap-2 rounded-lg bg-raised p-5 shadow-float outline-none"
        >
          <div className="flex items-center justify-between">
            <Dialog.Title className="text-lg font-semibold">{t('chat:branches.title')}</Dialog.Title>
            <Dialog.Close render={<IconButton size="small" icon={X} label={t('action.close')} />} />
          </div>
          <Dialog.Description className="text-base text-soft">{t('chat:branches.text')}</Dialog.Description>
          <Tree {...props} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Tree({ tree, shown, onShow, onCompare }: BranchesDialogProps) {
  const { t } = useTranslation('chat');
  const keys = useTreeKeys(tree, shown.at(-1) ?? null);
  const { visible, active, folded } = keys;
  const isShown = active === undefined || (shown.includes(active.id) && active.children.length === 0);
  return (
    <>
      <ul
        role="tree"
        aria-label={t('branches.title')}
        className="-mx-2 flex min-h-24 flex-col overflow-y-auto"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && active !== undefined) onShow(active);
          else keys.onKeyDown(event);
        }}
      >
        {visible.map((stretch) => (
          <StretchRow
            key={stretch.id}
            stretch={stretch}
            isShown={shown.includes(stretch.id)}
            isActive={stretch === active}
            isFolded={folded.has(stretch.id)}
            onActivate={() => keys.activate(stretch.id)}
            onToggle={() => keys.toggle(stretch.id)}
            onShow={() => onShow(stretch)}
          />
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2 border-t border-hairline pt-3">
        <Button
          disabled={active === undefined || shown.includes(active.id)}
          onClick={() => active && onCompare(active)}
        >
          {t('branches.compare')}
        </Button>
        <Button look="accent" disabled={isShown} onClick={() => active && onShow(active)}>
          {t('branches.show')}
        </Button>
      </div>
    </>
  );
}

type StretchRowProps = {
  readonly stretch: Stretch;
  readonly isShown: boolean;
  readonly isActive: boolean;
  readonly isFolded: boolean;
  readonly onActivate: () => void;
  readonly onToggle: () => void;
  readonly onShow: () => void;
};

/** Deeper than this everything stands at one indent: the row would have no room left. */
const deepestIndent = 8;

function StretchRow({ stretch, isShown, isActive, isFolded, onActivate, onToggle, onShow }: StretchRowProps) {
  const { t } = useTranslation(['window', 'chat']);
  const { first, count, level, children } = stretch;
  const isParent = children.length > 0;
  return (
    // The keys are the tree's.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <li
      role="treeitem"
      data-stretch={stretch.id}
      aria-level={level}
      aria-selected={isActive}
      {...(isShown ? { 'aria-current': true } : {})}
      {...(isParent ? { 'aria-expanded': !isFolded } : {})}
      tabIndex={isActive ? 0 : -1}
      className={classNames(
        'flex min-h-9 shrink-0 items-center gap-1.5 rounded-md pr-2',
        isActive ? 'bg-hover' : 'hover:bg-hover',
      )}
      style={{ paddingInlineStart: 8 + Math.min(level - 1, deepestIndent) * 18 }}
      onFocus={onActivate}
      onClick={onActivate}
      onDoubleClick={onShow}
    >
      {/* The keys left and right do the same. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center text-faint"
        onClick={isParent ? onToggle : undefined}
      >
        {isParent ? (
          <ChevronRight size={14} className={isFolded ? '' : 'rotate-90'} />
        ) : (
          <span className={classNames('size-1.5 rounded-full', isShown ? 'bg-accent' : 'bg-edge')} />
        )}
      </span>
      <span className={classNames('min-w-0 flex-1 truncate text-base', isShown && 'font-medium')}>
        <span className="text-soft">
          {first.role === 'user' ? t('chat.questionHeading') : t('chat:branches.answer')}:{' '}
        </span>
        {first.preview === '' ? t('chat:branches.empty') : first.preview}
      </span>
      <span className="numeric shrink-0 text-sm text-soft">{t('chat:branches.messages', { count })}</span>
      {isShown ? <span className="shrink-0 text-sm text-soft">{t('chat:branches.isShown')}</span> : null}
    </li>
  );
}
