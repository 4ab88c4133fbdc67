import { useTranslation } from 'react-i18next';
import type { ModelDetail } from '../../../../electron/shared/model-detail.ts';
import { formatBytes } from '../../../../electron/shared/words.ts';
import { roundedRate } from '../../../ui/fit-words.ts';
import { Section } from '../../../ui/page.tsx';
import { useDay } from '../model-words.ts';

const columns = ['backend', 'speed', 'reading', 'memory', 'window', 'date'] as const;

/** What it did on this computer, by the processor that it ran on. */
export function MeasurementSection({ detail: { description, measurements } }: { readonly detail: ModelDetail }) {
  const { t, i18n } = useTranslation('models');
  const day = useDay();
  if (description.kind !== 'chat') return null;
  const rate = (value: number): string => t('detail.perSecond', { rate: roundedRate(value, i18n.language) });
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Section title={t('detail.measured')}>
      {measurements.length === 0 ? (
        <p className="text-base text-soft">{t('detail.measuredNone')}</p>
      ) : (
        // It can be wider than the window, and what scrolls has to be reachable with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div role="region" aria-label={t('detail.measured')} tabIndex={0} className="overflow-x-auto rounded-sm">
          <table className="numeric w-full text-left text-sm whitespace-nowrap">
            <thead>
              <tr className="border-b border-edge text-faint">
                {columns.map((column) => (
                  <th key={column} scope="col" className="py-1.5 pr-5 font-medium">
                    {t(`detail.columns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {measurements.map((measured) => (
                <tr
                  key={`${measured.backend} ${measured.contextTokens}`}
                  className="selectable border-b border-hairline last:border-b-0"
                >
                  <td className="py-2 pr-5">{t(`backend.short.${measured.backend}`)}</td>
                  <td className="py-2 pr-5">{rate(measured.tokensPerSecond)}</td>
                  <td className="py-2 pr-5">
                    {measured.prefillTokensPerSecond === null ? '–' : rate(measured.prefillTokensPerSecond)}
                  </td>
                  <td className="py-2 pr-5">
                    {measured.memoryBytes === null ? '–' : formatBytes(measured.memoryBytes, i18n.language)}
                  </td>
                  <td className="py-2 pr-5">{t('detail.tokens', { tokens: number.format(measured.contextTokens) })}</td>
                  <td className="py-2 pr-5">{day(measured.measuredAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
