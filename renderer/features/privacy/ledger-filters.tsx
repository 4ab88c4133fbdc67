import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { egressPurposeSchema, ledgerEntrySchema } from '../../../electron/shared/ledger-entry.ts';
import type { LedgerEntry } from '../../../electron/shared/ledger-entry.ts';
import type { LedgerQueryInput } from '../../../electron/shared/ledger-query.ts';
import { Select } from '../../ui/select.tsx';

/** What the list is narrowed to; `monthsAgo` counts from this month, null is all of them. */
export type LedgerFilter = {
  readonly text: string;
  readonly purpose: LedgerEntry['purpose'] | null;
  readonly outcome: LedgerEntry['outcome'] | null;
  readonly monthsAgo: number | null;
};

export const noFilter: LedgerFilter = { text: '', purpose: null, outcome: null, monthsAgo: null };

const monthsOffered = 24;
const any = 'any';

/** The first moment of a month, in the calendar of this computer. */
const startOfMonth = (now: number, monthsAgo: number): number => {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth() - monthsAgo, 1).getTime();
};

/** The filter as the ledger is asked by it. */
export function queryOf({ text, purpose, outcome, monthsAgo }: LedgerFilter, now: number): LedgerQueryInput {
  const span =
    monthsAgo === null ? {} : { from: startOfMonth(now, monthsAgo), until: startOfMonth(now, monthsAgo - 1) };
  return { text: text.trim(), purpose, outcome, ...span };
}

type LedgerFiltersProps = {
  readonly filter: LedgerFilter;
  readonly now: number;
  readonly onChange: (filter: LedgerFilter) => void;
};

/** Narrows the ledger: words, what for, how it ended, when. */
export function LedgerFilters({ filter, now, onChange }: LedgerFiltersProps) {
  const { t, i18n } = useTranslation(['remotes', 'window']);
  const monthName = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric' });
  const months = Array.from({ length: monthsOffered }, (_, monthsAgo) => ({
    value: String(monthsAgo),
    label: monthName.format(startOfMonth(now, monthsAgo)),
  }));
  return (
    <div className="flex flex-wrap gap-2">
      <div className="relative flex basis-full items-center">
        <Search aria-hidden size={14} className="pointer-events-none absolute left-3 text-faint" />
        <input
          type="search"
          value={filter.text}
          maxLength={200}
          aria-label={t('ledger.search')}
          placeholder={t('ledger.search')}
          className="h-8 w-full rounded-md bg-raised pr-3 pl-9 text-base shadow-card ring-1 ring-edge select-text"
          onChange={({ currentTarget }) => onChange({ ...filter, text: currentTarget.value })}
        />
      </div>
      <Select
        label={t('ledger.purpose')}
        value={filter.purpose ?? any}
        options={[
          { value: any, label: t('ledger.anyPurpose') },
          ...egressPurposeSchema.options.map((value) => ({ value, label: t(`window:purpose.${value}`) })),
        ]}
        onChange={(value) => onChange({ ...filter, purpose: value === any ? null : value })}
      />
      <Select
        label={t('ledger.outcome')}
        value={filter.outcome ?? any}
        options={[
          { value: any, label: t('ledger.anyOutcome') },
          ...ledgerEntrySchema
            .unwrap()
            .shape.outcome.options.map((value) => ({ value, label: t(`window:outcome.${value}`) })),
        ]}
        onChange={(value) => onChange({ ...filter, outcome: value === any ? null : value })}
      />
      <Select
        label={t('ledger.month')}
        value={filter.monthsAgo === null ? any : String(filter.monthsAgo)}
        options={[{ value: any, label: t('ledger.anyMonth') }, ...months]}
        onChange={(value) => onChange({ ...filter, monthsAgo: value === any ? null : Number(value) })}
      />
    </div>
  );
}
