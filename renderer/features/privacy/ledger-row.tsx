import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../../electron/shared/ledger-entry.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { LedgerDetails } from './ledger-details.tsx';

type LedgerRowProps = { readonly entry: LedgerEntry; readonly isOpen: boolean };

/** One entry in a line, and all that is known of it behind it. */
export function LedgerRow({ entry, isOpen: isOpenFirst }: LedgerRowProps) {
  const { t, i18n } = useTranslation(['window', 'remotes']);
  const [isOpen, setOpen] = useState(isOpenFirst);
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const isRefused = entry.outcome === 'refused';
  return (
    <li className="border-b border-hairline last:border-b-0">
      <details className="group" open={isOpenFirst} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="relative -mx-2 flex min-h-8 list-none flex-wrap items-baseline gap-x-3 rounded-md py-2.5 pr-2 pl-7 hover:bg-hover">
          <ChevronRight aria-hidden size={14} className="absolute top-3.5 left-2 text-faint group-open:rotate-90" />
          <span className="selectable min-w-0 flex-1 basis-48 truncate text-base font-medium">{entry.host}</span>
          <span className="text-sm text-soft">
            {t(`purpose.${entry.purpose}`)} · {t(`outcome.${entry.outcome}`)}
          </span>
          <span className="numeric text-sm text-faint">
            {isRefused
              ? null
              : t('privacy.bytes', {
                  sent: formatBytes(entry.bytesSent, i18n.language),
                  received: formatBytes(entry.bytesReceived, i18n.language),
                })}
          </span>
          <time className="numeric text-sm text-faint" dateTime={new Date(entry.at).toISOString()}>
            {time.format(entry.at)}
          </time>
        </summary>
        {isOpen ? <LedgerDetails entry={entry} /> : null}
      </details>
    </li>
  );
}
