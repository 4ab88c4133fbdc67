import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { addressOf } from '../../lib/destination.ts';
import { moneyWords } from '../../lib/money-words.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Section } from '../../ui/page.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** What stayed here this month, what it would have cost elsewhere, and how far the budget is spent. */
export function UsageSection({ now }: { readonly now: number }) {
  const { t, i18n } = useTranslation('remotes');
  const { query } = useApi();
  const usage = useQuery(query.usage.month.queryOptions({ input: { at: now } }));
  if (usage.error !== null) return <FailureNotice error={toFailure(usage.error)} />;
  if (usage.data === undefined) return null;
  const { localTokens, savedMicroDollars, costMicroDollars, budgetMicroDollars } = usage.data;
  const money = (amount: number): string => moneyWords(amount, i18n.language);
  const words =
    budgetMicroDollars === 0
      ? t('month.budgetNone')
      : t('month.budgetSpent', { spent: money(costMicroDollars), budget: money(budgetMicroDollars) });
  return (
    <>
      <Section title={t('month.stayed')}>
        <p className="text-base font-medium">
          {t('month.stayedTokens', { tokens: new Intl.NumberFormat(i18n.language).format(localTokens) })}
        </p>
        {localTokens === 0 ? null : (
          <p className="max-w-[62ch] text-sm text-pretty text-soft">
            {savedMicroDollars === null
              ? t('month.savedUnknown')
              : t('month.saved', { money: money(savedMicroDollars) })}
          </p>
        )}
      </Section>
      <Section title={t('month.budget')}>
        <p className="numeric text-base font-medium">{words}</p>
        {budgetMicroDollars === 0 ? null : (
          <ProgressBar label={words} fraction={Math.min(1, costMicroDollars / budgetMicroDollars)} />
        )}
        <p>
          <a
            href={addressOf({ page: 'settings', section: 'privacy' })}
            className="text-base font-medium text-accent underline-offset-2 hover:underline"
          >
            {t('month.changeBudget')}
          </a>
        </p>
      </Section>
    </>
  );
}
