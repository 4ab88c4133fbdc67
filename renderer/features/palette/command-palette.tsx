import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { useMessageSearch } from '../../api/use-message-search.ts';
import { useGo } from '../../lib/destination.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { PaletteOption } from './palette-option.tsx';
import { paletteGroups } from './palette-items.ts';
import type { Command, PaletteGroup, PaletteItem } from './palette-items.ts';

const typingPauseMs = 120;
const shownMessages = 8;

type CommandPaletteProps = { readonly commands: readonly Command[]; readonly onClose: () => void };

/** One field that finds recent chats, everything that can be done, and what was said. */
export function CommandPalette({ commands, onClose }: CommandPaletteProps) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup
          aria-label={t('palette.label')}
          className="popup fixed top-[12vh] left-1/2 z-50 flex max-h-[min(560px,76vh)] w-[min(620px,calc(100vw-32px))] -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-raised shadow-float outline-none"
        >
          <PaletteContent commands={commands} onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Where an arrow key leads from the option at `index`, round at both ends. */
function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'PageDown':
      return count - 1;
    case 'PageUp':
      return 0;
    default:
      return null;
  }
}

/** What the palette offers for what was typed, and which of it the keys have reached. */
function usePalette({ commands, onClose }: CommandPaletteProps) {
  const { query } = useApi();
  const go = useGo();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const conversations = useQuery(query.conversations.list.queryOptions()).data ?? [];
  const { found } = useMessageSearch(useSettled(text, typingPauseMs), shownMessages);
  const groups = paletteGroups({ query: text, conversations, commands, hits: found?.hits ?? [] });
  const items = groups.flatMap((group) => group.items);
  const type = (typed: string): void => {
    setText(typed);
    setIndex(0);
  };
  const choose = (item: PaletteItem): void => {
    onClose();
    if (item.kind === 'command') item.command.run();
    else if (item.kind === 'conversation') go({ page: 'chat', conversationId: item.conversation.id });
    else if (item.kind === 'all') go({ page: 'search', query: item.query });
    else {
      const { conversationId, messageId } = item.hit;
      go({ page: 'chat', conversationId, ...(messageId === null ? {} : { messageId }) });
    }
  };
  return { text, type, groups, items, index: Math.min(index, items.length - 1), setIndex, choose };
}

function PaletteContent(props: CommandPaletteProps) {
  const { t } = useTranslation();
  const id = useId();
  const { text, type, groups, items, index, setIndex, choose } = usePalette(props);
  const current = items[index];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || items.length === 0) return;
    const next = nextIndex(event.key, index, items.length);
    if (next !== null) {
      event.preventDefault();
      setIndex(next);
      document.getElementById(`${id}-${items[next]?.key}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault();
      choose(current);
    }
  };
  return (
    <>
      <div className="flex shrink-0 items-center gap-3 border-b border-hairline px-4">
        <Search aria-hidden size={16} className="shrink-0 text-faint" />
        <input
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={current === undefined ? undefined : `${id}-${current.key}`}
          aria-autocomplete="list"
          aria-label={t('palette.label')}
          placeholder={t('palette.placeholder')}
          value={text}
          spellCheck={false}
          autoComplete="off"
          className="h-12 min-w-0 flex-1 bg-transparent text-lg select-text focus-visible:outline-none"
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <PaletteList id={id} groups={groups} current={current} onChoose={choose} />
    </>
  );
}

type PaletteListProps = {
  readonly id: string;
  readonly groups: readonly PaletteGroup[];
  readonly current: PaletteItem | undefined;
  readonly onChoose: (item: PaletteItem) => void;
};

function PaletteList({ id, groups, current, onChoose }: PaletteListProps) {
  const { t } = useTranslation();
  return (
    <div id={`${id}-list`} role="listbox" aria-label={t('palette.results')} className="min-h-0 overflow-y-auto p-2">
      {groups.map((group) => (
        <div key={group.name} role="group" aria-label={t(`palette.${group.name}`)} className="pb-1.5">
          <p aria-hidden className="px-2.5 pt-1.5 pb-1 text-xs font-semibold text-faint">
            {t(`palette.${group.name}`)}
          </p>
          {group.items.map((item) => (
            <PaletteOption
              key={item.key}
              id={`${id}-${item.key}`}
              item={item}
              isCurrent={item.key === current?.key}
              onChoose={() => onChoose(item)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
