import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReadingReport } from '../../electron/shared/document.ts';

/** How many kinds of things a report tells of; 0 for a document that was read whole. */
export function leftOutCount(report: ReadingReport): number {
  const { recognisedPages, unreadablePages, hiddenCharacters, omissions } = report;
  const told = [recognisedPages.length, unreadablePages.length, hiddenCharacters].filter((count) => count > 0);
  return told.length + omissions.length;
}

/** What was not read of a document, or only doubtfully, so that nothing is left out silently. */
export function LeftOut({ report }: { readonly report: ReadingReport }) {
  const { t, i18n } = useTranslation('library');
  const { recognisedPages, unreadablePages, hiddenCharacters, hiddenSample, omissions } = report;
  if (leftOutCount(report) === 0) return null;
  const number = new Intl.NumberFormat(i18n.language);
  const pages = new Intl.ListFormat(i18n.language).format(unreadablePages.map((page) => number.format(page)));
  return (
    <section aria-label={t('report.title')} className="flex flex-col gap-1.5 pt-4 text-sm text-soft">
      <h3 className="flex items-center gap-1.5 text-xs font-semibold text-faint">
        <TriangleAlert aria-hidden size={13} /> {t('report.title')}
      </h3>
      <ul className="flex flex-col gap-1">
        {recognisedPages.length > 0 ? <li>{t('report.recognised', { count: recognisedPages.length })}</li> : null}
        {unreadablePages.length > 0 ? (
          <li>{t('report.unreadable', { count: unreadablePages.length, pages })}</li>
        ) : null}
        {omissions.map((name) => (
          <li key={name}>{t(`report.${name}`)}</li>
        ))}
        {hiddenCharacters > 0 ? (
          <li>
            {t('report.hidden', { count: hiddenCharacters, characters: number.format(hiddenCharacters) })}
            {hiddenSample === '' ? null : (
              <details className="pt-1">
                <summary className="min-h-6 rounded-sm text-accent">{t('report.showHidden')}</summary>
                <p className="selectable max-h-40 overflow-y-auto rounded-md bg-hover p-2 break-words whitespace-pre-wrap">
                  {hiddenSample}
                </p>
              </details>
            )}
          </li>
        ) : null}
      </ul>
    </section>
  );
}
