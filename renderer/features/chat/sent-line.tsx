import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Route } from '../../../electron/shared/route.ts';
import type { Sent } from '../../../electron/shared/sent.ts';
import type { Usage } from '../../../electron/shared/usage.ts';
import { addressOf } from '../../lib/destination.ts';
import { moneyWords } from '../../lib/money-words.ts';
import { ZoneMark } from '../../ui/zone-mark.tsx';

type SentLineProps = {
  readonly sent: readonly Sent[];
  readonly route: Route | null;
  readonly usage: Usage | null;
};

/** What left this computer for an answer, always in sight, each request with the way to its entry in the ledger. */
export function SentLine({ sent, route, usage }: SentLineProps) {
  const { t, i18n } = useTranslation('cloud');
  if (sent.length === 0) return null;
  const number = new Intl.NumberFormat(i18n.language);
  const sum = (of: (one: Sent) => number): number => sent.reduce((total, one) => total + of(one), 0);
  const hosts = [...new Set(sent.map(({ host }) => host))];
  const isPriced = sent.some(({ costMicroDollars }) => costMicroDollars !== null);
  const replaced = sum(({ replacedCount }) => replacedCount);
  const saved = sum(({ savedTokens }) => savedTokens);
  const isRemote = route !== null && route.zone !== 'local';
  const facts = [
    t('message.to', { host: new Intl.ListFormat(i18n.language).format(hosts) }),
    isPriced
      ? moneyWords(
          sum(({ costMicroDollars }) => costMicroDollars ?? 0),
          i18n.language,
        )
      : null,
    isRemote && usage !== null
      ? t('message.tokens', { input: number.format(usage.inputTokens), output: number.format(usage.outputTokens) })
      : null,
    replaced === 0 ? null : t('message.replaced', { count: replaced }),
    saved === 0 ? null : t('message.saved', { tokens: number.format(saved) }),
  ].filter((fact) => fact !== null);
  const entries = sent.flatMap(({ ledgerEntryIds }) => ledgerEntryIds);
  return (
    <p aria-label={t('message.sent')} className="numeric text-sm text-pretty text-soft">
      <ZoneMark zone={isRemote ? route.zone : 'cloud'} className="mr-2" />
      {facts.join(' · ')}
      {entries.map((entryId, index) => (
        <Fragment key={entryId}>
          {' · '}
          <a
            href={addressOf({ page: 'privacy', entryId })}
            className="rounded-sm underline underline-offset-2 hover:text-ink"
          >
            {entries.length === 1 ? t('message.entry') : t('message.entryNumber', { number: index + 1 })}
          </a>
        </Fragment>
      ))}
    </p>
  );
}
