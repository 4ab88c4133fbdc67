import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageHit } from '../../../electron/shared/message-search.ts';
import { toFailure } from '../../api/failure.ts';
import { useMessageSearch } from '../../api/use-message-search.ts';
import { addressOf } from '../../lib/destination.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Highlighted } from '../../ui/highlighted.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const typingPauseMs = 150;
const limit = 200;

type SearchPageProps = {
  readonly query: string;
  /** Told of what is typed, so that the way back leads to the same search. */
  readonly onQuery: (query: string) => void;
};

/** Everything that was said with these words, newest first. */
export function SearchPage({ query, onQuery }: SearchPageProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(query);
  const { found, error, isSearching } = useMessageSearch(useSettled(text, typingPauseMs), limit);
  return (
    <Page title={t('search.title')} lead={t('search.lead')}>
      <div className="relative flex items-center">
        <Search aria-hidden size={15} className="pointer-events-none absolute left-3 text-faint" />
        <input
          type="search"
          // The page is for typing: the field takes the focus as it appears.
          ref={(field) => (document.activeElement === document.body ? field?.focus() : undefined)}
          value={text}
          aria-label={t('search.field')}
          placeholder={t('search.field')}
          className="h-9 w-full rounded-md bg-raised pr-3 pl-9 text-base shadow-card ring-1 ring-edge select-text"
          onChange={(event) => {
            setText(event.currentTarget.value);
            onQuery(event.currentTarget.value);
          }}
        />
      </div>
      {error === null ? null : <FailureNotice error={toFailure(error)} />}
      <p role="status" className="-mt-3 min-h-[18px] text-sm text-soft">
        {found === undefined
          ? ''
          : found.hasMore
            ? t('search.first', { count: found.hits.length })
            : t('search.count', { count: found.hits.length })}
      </p>
      {isSearching && found === undefined && error === null ? <Skeleton /> : null}
      {found === undefined ? null : (
        // The keys move among the links inside, which are the controls.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ul aria-label={t('search.title')} className="-mt-3 flex flex-col" onKeyDown={moveInList}>
          {found.hits.map((hit) => (
            <Hit key={`${hit.conversationId} ${hit.messageId}`} hit={hit} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function Hit({ hit }: { readonly hit: MessageHit }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' });
  const { conversationId, messageId, role } = hit;
  const where = [
    hit.conversationTitle || t('chat.new'),
    role === null ? t('search.inTitle') : role === 'user' ? t('search.you') : t('search.answer'),
    time.format(hit.createdAt),
    hit.isArchived ? t('chats.isArchived') : null,
  ];
  return (
    <li className="border-b border-hairline last:border-b-0">
      <a
        data-list-item
        href={addressOf({ page: 'chat', conversationId, ...(messageId === null ? {} : { messageId }) })}
        className="flex flex-col gap-0.5 rounded-md px-2 py-2.5 [contain-intrinsic-size:auto_62px] [content-visibility:auto] hover:bg-hover"
      >
        <span className="line-clamp-2 text-base break-words">
          {hit.snippet === '' ? (
            <span className="text-soft">{t('search.hidden')}</span>
          ) : (
            <Highlighted text={hit.snippet} ranges={hit.matches} />
          )}
        </span>
        <span className="numeric truncate text-sm text-faint">{where.filter((part) => part !== null).join(' · ')}</span>
      </a>
    </li>
  );
}
