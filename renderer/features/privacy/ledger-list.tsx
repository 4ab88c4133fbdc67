import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../../electron/shared/ledger-entry.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { Section } from '../../ui/page.tsx';

/** Every request that left or was refused, newest first. */
export function LedgerList({ entries }: { readonly entries: readonly LedgerEntry[] }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Section title={t('privacy.ledgerTitle')}>
      {entries.length === 0 ? (
        <p className="max-w-[62ch] text-sm text-soft">{t('privacy.ledgerEmpty')}</p>
      ) : (
        <ul className="flex flex-col">
          {entries.map((entry) => (
            <li
              key={entry.id}
              className="flex flex-wrap items-baseline gap-x-3 border-b border-hairline py-2.5 last:border-b-0"
            >
              <span className="selectable min-w-0 flex-1 basis-48 truncate text-base font-medium">{entry.host}</span>
              <span className="text-sm text-soft">
                {t(`purpose.${entry.purpose}`)} · {t(`outcome.${entry.outcome}`)}
              </span>
              <span className="numeric text-sm text-faint">
                {t('privacy.bytes', {
                  sent: formatBytes(entry.bytesSent, i18n.language),
                  received: formatBytes(entry.bytesReceived, i18n.language),
                })}
              </span>
              <time className="numeric text-sm text-faint" dateTime={new Date(entry.at).toISOString()}>
                {time.format(entry.at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
