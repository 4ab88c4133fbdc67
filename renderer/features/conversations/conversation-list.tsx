import { useQuery } from '@tanstack/react-query';
import { Search, SquarePen } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../electron/shared/conversation.ts';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { useDescription } from '../../api/use-live.ts';
import { addressOf, useGo } from '../../lib/destination.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { useShortcut, useShortcutWords } from '../../lib/shortcut.ts';
import { dayGroup } from '../../lib/time-words.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { ConversationRow } from './conversation-row.tsx';
import { useConversationEdits } from './use-conversation-edits.ts';

const groups = ['today', 'yesterday', 'earlier'] as const;

type ConversationListProps = { readonly currentId: ConversationId | null };

/** All conversations by day, with a search over their titles and the way to a new one. */
export function ConversationList({ currentId }: ConversationListProps) {
  const { t } = useTranslation();
  const { query } = useApi();
  const go = useGo();
  const keys = useShortcutWords(useDescription()?.operatingSystem);
  const searchField = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState('');
  const conversations = useQuery(query.conversations.list.queryOptions({ retry: true })).data;
  const found = (conversations ?? []).filter(({ title }) => title.toLowerCase().includes(wanted.trim().toLowerCase()));
  useShortcut('k', () => searchField.current?.focus());
  useShortcut('n', () => go({ page: 'new-chat' }));
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1 px-2.5">
      <div className="relative flex items-center">
        <Search aria-hidden size={14} className="pointer-events-none absolute left-2.5 text-faint" />
        <input
          ref={searchField}
          type="search"
          value={wanted}
          aria-label={t('chats.search')}
          placeholder={t('chats.searchShort')}
          className="h-8 w-full rounded-md bg-hover pr-14 pl-8 text-base select-text [&::-webkit-search-cancel-button]:hidden"
          onChange={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => (event.key === 'Escape' ? setWanted('') : undefined)}
        />
        <span className="pointer-events-none absolute right-1.5" aria-hidden>
          <KeyHint>{keys('k')}</KeyHint>
        </span>
      </div>
      <a
        href={addressOf({ page: 'new-chat' })}
        className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-base font-medium hover:bg-hover"
      >
        <SquarePen aria-hidden size={15} strokeWidth={1.75} className="text-accent" />
        <span className="flex-1">{t('chat.new')}</span>
        <span aria-hidden>
          <KeyHint>{keys('n')}</KeyHint>
        </span>
      </a>
      <GroupedList conversations={found} currentId={currentId} isSearching={wanted.trim() !== ''} />
    </div>
  );
}

type GroupedListProps = ConversationListProps & {
  readonly conversations: readonly Conversation[];
  readonly isSearching: boolean;
};

function GroupedList({ conversations, currentId, isSearching }: GroupedListProps) {
  const { t } = useTranslation();
  const go = useGo();
  const edits = useConversationEdits(({ id }) => (id === currentId ? go({ page: 'new-chat' }) : undefined));
  // The day at the first showing is enough: a list that regroups itself at midnight would surprise more than help.
  const [now] = useState(() => Date.now());
  if (conversations.length === 0) {
    return <p className="px-2.5 pt-4 text-sm text-faint">{isSearching ? t('chats.noneFound') : t('chats.none')}</p>;
  }
  return (
    // The keys move among the links inside, which are the controls.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 pb-2" onKeyDown={moveInList}>
      {groups.map((group) => {
        const members = conversations.filter(({ updatedAt }) => dayGroup(updatedAt, now) === group);
        if (members.length === 0) return null;
        return (
          <section key={group} aria-label={t(`chats.${group}`)} className="pt-3">
            <h2 className="px-2.5 pb-1 text-xs font-semibold text-faint">{t(`chats.${group}`)}</h2>
            <ul>
              {members.map((conversation) => (
                <ConversationRow
                  key={conversation.id}
                  conversation={conversation}
                  isCurrent={conversation.id === currentId}
                  onRename={(title) => edits.rename(conversation, title)}
                  onRemove={() => edits.remove(conversation)}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
