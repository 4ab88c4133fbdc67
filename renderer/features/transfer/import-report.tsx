import { useTranslation } from 'react-i18next';
import type { ImportReport } from '../../../electron/shared/transfer.ts';

/** What an import took, and what it left out and why. */
export function ImportReportWords({ report }: { readonly report: ImportReport }) {
  const { t, i18n } = useTranslation('transfer');
  const number = new Intl.NumberFormat(i18n.language);
  const { source, conversations, messages, skipped } = report;
  return (
    <div className="flex flex-col gap-3 text-base">
      <p>{t('import.from', { source: t(`source.${source}`) })}</p>
      <p className="font-medium">
        {conversations === 0
          ? t('import.nothing')
          : t('import.taken', {
              chats: t('count.chats', { count: conversations, number: number.format(conversations) }),
              messages: t('count.messages', { count: messages, number: number.format(messages) }),
            })}
      </p>
      {skipped.length === 0 ? (
        <p className="text-soft">{t('import.nothingLeftOut')}</p>
      ) : (
        <section aria-label={t('import.leftOut')} className="flex flex-col gap-1.5">
          <h3 className="text-sm font-semibold text-faint">{t('import.leftOut')}</h3>
          <ul className="flex flex-col gap-2">
            {skipped.map(({ reason, count, examples }) => (
              <li key={reason} className="flex flex-col">
                <span>{t(`skipped.${reason}`, { count, number: number.format(count) })}</span>
                {examples.length === 0 ? null : (
                  <span className="selectable text-sm break-words text-faint">{examples.join(' · ')}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
