import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Passage } from '../../../electron/shared/document.ts';
import type { SearchScope } from '../../../electron/shared/search-scope.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useEvidence } from '../../lib/evidence.ts';
import { moveInList } from '../../lib/list-keys.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Highlighted } from '../../ui/highlighted.tsx';
import { usePlaceWords } from '../../ui/place-words.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

const limit = 20;
/** Characters of a passage before the first found word. */
const leadCharacters = 120;
const shownCharacters = 420;

type FoundPassagesProps = { readonly query: string; readonly scope: SearchScope };

/** The passages that fit what is looked for, best first; each leads to its page. */
export function FoundPassages({ query: wanted, scope }: FoundPassagesProps) {
  const { t } = useTranslation('library');
  const { query } = useApi();
  const { documentIds, collectionIds } = scope;
  const found = useQuery({
    ...query.documents.search.queryOptions({
      input: {
        query: wanted,
        scope: { documentIds: [...documentIds], collectionIds: [...collectionIds] },
        mode: 'hybrid',
        limit,
      },
    }),
    placeholderData: keepPreviousData,
  });
  const passages = found.data?.map(({ passage }) => passage);
  return (
    <section aria-label={t('search.label')} className="flex flex-col gap-1">
      {found.error === null ? null : <FailureNotice error={toFailure(found.error)} />}
      <p role="status" className="min-h-[18px] text-sm text-soft">
        {passages === undefined
          ? ''
          : passages.length === 0
            ? t('search.none')
            : t('search.count', { count: passages.length })}
      </p>
      {passages === undefined && found.error === null ? <Skeleton lines={4} /> : null}
      {/* The keys move among the buttons inside, which are the controls. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol className="flex flex-col" onKeyDown={moveInList}>
        {passages?.map((passage) => (
          <li key={passage.id} className="border-b border-hairline last:border-b-0">
            <FoundPassage passage={passage} query={wanted} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The stretch of a passage around the first found word, with the words that were looked for. */
function inSight(text: string, query: string) {
  const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu))];
  const lower = text.toLowerCase();
  const hits = words.flatMap((word) => {
    const ranges = [];
    // Letters whose lower case is longer would shift the places; such a text is shown without marks.
    if (lower.length !== text.length) return [];
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      ranges.push({ start: at, end: at + word.length });
    }
    return ranges;
  });
  const first = hits.reduce((least, { start }) => Math.min(least, start), text.length);
  const from = first === text.length || first < leadCharacters ? 0 : text.lastIndexOf(' ', first - leadCharacters) + 1;
  const shift = from === 0 ? 0 : 2 - from;
  const shown = text.slice(from, from + shownCharacters);
  const ranges = hits
    .filter(({ start, end }) => start >= from && end <= from + shownCharacters)
    .map(({ start, end }) => ({ start: start + shift, end: end + shift }));
  return { text: `${from === 0 ? '' : '… '}${shown}${from + shownCharacters < text.length ? ' …' : ''}`, ranges };
}

function FoundPassage({ passage, query }: { readonly passage: Passage; readonly query: string }) {
  const placeWords = usePlaceWords();
  const evidence = useEvidence();
  const { documentId, documentName, place, headings } = passage;
  const shown = useMemo(() => inSight(passage.text, query), [passage.text, query]);
  return (
    <button
      data-list-item
      type="button"
      className="flex w-full flex-col gap-1 rounded-md px-2 py-2.5 text-left hover:bg-hover"
      onClick={() => evidence.open({ documentId, documentName, place, mark: null, others: [] })}
    >
      <span className="numeric flex max-w-full min-w-0 gap-1.5 text-sm">
        <span className="min-w-0 truncate font-medium text-accent">{placeWords(documentName, place)}</span>
        {headings.length === 0 ? null : <span className="min-w-0 truncate text-faint">{headings.join(' › ')}</span>}
      </span>
      <span className="line-clamp-3 text-base break-words text-soft">
        <Highlighted text={shown.text} ranges={shown.ranges} />
      </span>
    </button>
  );
}
