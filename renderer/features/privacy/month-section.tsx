import { useQuery } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LedgerMonth } from '../../../electron/shared/ledger-query.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { moneyWords } from '../../lib/money-words.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** The month in words, as it stands in a sentence. */
const monthWords = (now: number, language: string): string =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' }).format(now);

/** What left this month, in large type, and where it went. */
export function MonthSection({ now }: { readonly now: number }) {
  const { query } = useApi();
  const month = useQuery(query.privacy.month.queryOptions({ input: { at: now } }));
  if (month.error !== null) return <FailureNotice error={toFailure(month.error)} />;
  if (month.isPending) return <Skeleton lines={3} />;
  return (
    <>
      <Verdict month={month.data} now={now} />
      {month.data.hosts.length === 0 ? null : <HostTable month={month.data} now={now} />}
    </>
  );
}

function Verdict({
  month: { requests, refused, bytesSent },
  now,
}: {
  readonly month: LedgerMonth;
  readonly now: number;
}) {
  const { t, i18n } = useTranslation('remotes');
  const isClean = requests === 0;
  const Icon = isClean ? ShieldCheck : ShieldAlert;
  const month = monthWords(now, i18n.language);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <div className={`flex items-center gap-5 rounded-xl px-6 py-7 ${isClean ? 'bg-local-wash' : 'bg-cloud-wash'}`}>
      <Icon aria-hidden size={44} strokeWidth={1.25} className={`shrink-0 ${isClean ? 'text-local' : 'text-cloud'}`} />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="text-4xl font-semibold tracking-tight">
          {isClean ? t('month.nothing') : t('month.sent', { size: bytesSent })}
        </p>
        <p className="text-base text-pretty text-soft">
          {isClean
            ? t('month.nothingText', { month })
            : t('month.left', { count: requests, requests: number.format(requests), month })}
        </p>
        {refused === 0 ? null : (
          <p className="text-sm text-pretty text-soft">
            {t('month.refused', { count: refused, requests: number.format(refused) })}
          </p>
        )}
      </div>
    </div>
  );
}

const cell = 'py-2 pl-4 text-right whitespace-nowrap numeric';

function HostTable({ month, now }: { readonly month: LedgerMonth; readonly now: number }) {
  const { t, i18n } = useTranslation(['remotes', 'window']);
  const number = new Intl.NumberFormat(i18n.language);
  const title = t('month.where', { month: monthWords(now, i18n.language) });
  return (
    <Section title={title}>
      {/* In a narrow window the table is moved, not the page; the keyboard moves it too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="group" aria-label={title} tabIndex={0} className="overflow-x-auto rounded-sm">
        <table className="w-full text-sm">
          <thead className="text-left text-faint">
            <tr className="border-b border-hairline">
              <th className="py-2 font-medium">{t('month.host')}</th>
              <th className="py-2 pl-4 font-medium">{t('month.purpose')}</th>
              <th className={`${cell} font-medium`}>{t('month.requests')}</th>
              <th className={`${cell} font-medium`}>{t('month.bytesSent')}</th>
              <th className={`${cell} font-medium`}>{t('month.bytesReceived')}</th>
              <th className={`${cell} font-medium`}>{t('month.tokens')}</th>
              <th className={`${cell} font-medium`}>{t('month.cost')}</th>
            </tr>
          </thead>
          <tbody>
            {month.hosts.map((sum) => {
              const isModel = sum.purpose === 'provider';
              return (
                <tr key={`${sum.host} ${sum.purpose}`} className="border-b border-hairline last:border-b-0">
                  <th scope="row" className="selectable max-w-60 truncate py-2 text-left text-base font-medium">
                    {sum.host}
                  </th>
                  <td className="py-2 pl-4 text-soft">{t(`window:purpose.${sum.purpose}`)}</td>
                  <td className={cell}>{number.format(sum.requests)}</td>
                  <td className={cell}>{formatBytes(sum.bytesSent, i18n.language)}</td>
                  <td className={cell}>{formatBytes(sum.bytesReceived, i18n.language)}</td>
                  <td className={cell}>{isModel ? number.format(sum.inputTokens + sum.outputTokens) : '–'}</td>
                  <td className={cell}>{isModel ? moneyWords(sum.costMicroDollars, i18n.language) : '–'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
