import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerEntryId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { addressOf } from '../../lib/destination.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LedgerChecks } from './ledger-checks.tsx';
import { LedgerFilters, noFilter, queryOf } from './ledger-filters.tsx';
import { LedgerRow } from './ledger-row.tsx';

const pageLength = 50;
const typingMs = 200;

type LedgerListProps = {
  /** The entry that a link leads to; null for all of them. */
  readonly entryId: LedgerEntryId | null;
  readonly now: number;
};

/** The newest entries first, a page at a time. */
function useLedger(entryId: LedgerEntryId | null, filter: Parameters<typeof queryOf>[0], now: number) {
  const { query } = useApi();
  const text = useSettled(filter.text, typingMs);
  const wanted = entryId === null ? queryOf({ ...filter, text }, now) : { id: entryId };
  return useInfiniteQuery(
    query.privacy.ledger.infiniteOptions({
      input: (before: LedgerEntryId | null) => ({ ...wanted, before, limit: pageLength }),
      initialPageParam: null,
      getNextPageParam: ({ entries }) => (entries.length < pageLength ? undefined : entries.at(-1)?.id),
      placeholderData: keepPreviousData,
    }),
  );
}

/** Every request that left or was refused, newest first. */
export function LedgerList({ entryId, now }: LedgerListProps) {
  const { t, i18n } = useTranslation(['remotes', 'window']);
  const [filter, setFilter] = useState(noFilter);
  const ledger = useLedger(entryId, filter, now);
  const entries = ledger.data?.pages.flatMap((page) => page.entries) ?? [];
  const total = ledger.data?.pages[0]?.total ?? 0;
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(noFilter);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Section title={t('window:privacy.ledgerTitle')}>
      {entryId === null ? (
        <LedgerFilters filter={filter} now={now} onChange={setFilter} />
      ) : (
        <p className="flex flex-wrap items-center gap-x-3 text-base text-soft">
          {ledger.isSuccess && entries.length === 0 ? t('ledger.notFound') : t('ledger.one')}
          <a
            href={addressOf({ page: 'privacy' })}
            className="font-medium text-accent underline-offset-2 hover:underline"
          >
            {t('ledger.clear')}
          </a>
        </p>
      )}
      {ledger.error === null ? null : <FailureNotice error={toFailure(ledger.error)} />}
      {ledger.isPending ? <Skeleton lines={3} /> : null}
      {ledger.isSuccess && entries.length === 0 && entryId === null ? (
        <p className="max-w-[62ch] py-2 text-sm text-soft">
          {isFiltered ? t('ledger.none') : t('window:privacy.ledgerEmpty')}
        </p>
      ) : null}
      <ul className="flex flex-col">
        {entries.map((entry) => (
          <LedgerRow key={entry.id} entry={entry} isOpen={entry.id === entryId} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p role="status" className="numeric text-sm text-faint">
          {entryId !== null || total === 0 ? '' : t('ledger.count', { count: total, entries: number.format(total) })}
        </p>
        {ledger.hasNextPage ? (
          <Button disabled={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
            {t('ledger.older')}
          </Button>
        ) : null}
      </div>
      <LedgerChecks />
    </Section>
  );
}
