import { ArrowRight, MessageSquare, MessagesSquare, VenetianMask } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.ts';
import { Highlighted } from '../../ui/highlighted.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import type { PaletteItem } from './palette-items.ts';

type PaletteOptionProps = {
  readonly id: string;
  readonly item: PaletteItem;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
};

/** One line of the palette. The focus stays in the field, whose keys choose among the lines. */
export function PaletteOption({ id, item, isCurrent, onChoose }: PaletteOptionProps) {
  return (
    // The field has the focus and the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={isCurrent}
      data-on={isCurrent ? '' : undefined}
      className={classNames(
        'flex min-h-9 items-center gap-3 rounded-md px-2.5 py-1.5 text-base',
        isCurrent ? 'bg-pressed' : 'hover:bg-hover',
      )}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <OptionIcon item={item} />
      <OptionWords item={item} />
    </div>
  );
}

function OptionIcon({ item }: { readonly item: PaletteItem }) {
  const look = { size: 15, strokeWidth: 1.75, className: 'shrink-0 text-faint', 'aria-hidden': true } as const;
  switch (item.kind) {
    case 'command': {
      const { icon: Icon } = item.command;
      return <Icon {...look} />;
    }
    case 'conversation':
      return item.conversation.isPrivate ? <VenetianMask {...look} /> : <MessagesSquare {...look} />;
    case 'message':
      return <MessageSquare {...look} />;
    case 'all':
      return <ArrowRight {...look} />;
  }
}

function OptionWords({ item }: { readonly item: PaletteItem }): ReactNode {
  const { t } = useTranslation();
  switch (item.kind) {
    case 'command':
      return (
        <>
          <span className="min-w-0 flex-1 truncate">{item.command.label}</span>
          {item.command.keys === undefined ? null : <KeyHint>{item.command.keys}</KeyHint>}
        </>
      );
    case 'conversation':
      return (
        <>
          <span className="min-w-0 flex-1 truncate">{item.conversation.title}</span>
          {item.conversation.isArchived ? <span className="text-sm text-faint">{t('chats.isArchived')}</span> : null}
        </>
      );
    case 'message':
      return (
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate">
            {item.hit.snippet === '' ? (
              t('search.hidden')
            ) : (
              <Highlighted text={item.hit.snippet} ranges={item.hit.matches} />
            )}
          </span>
          <span className="truncate text-sm text-faint">{item.hit.conversationTitle || t('chat.new')}</span>
        </span>
      );
    case 'all':
      return <span className="min-w-0 flex-1 truncate">{t('palette.all', { query: item.query })}</span>;
  }
}
