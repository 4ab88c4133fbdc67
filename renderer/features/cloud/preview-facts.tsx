import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudPreview } from '../../../electron/shared/cloud-preview.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { moneyWords } from '../../lib/money-words.ts';
import { ZoneMark } from '../../ui/zone-mark.tsx';

/** Where a request would go and why, how long it is, and what it costs at most. */
export function PreviewFacts({ preview }: { readonly preview: CloudPreview }) {
  const { t, i18n } = useTranslation(['cloud', 'chat']);
  const openLink = useOpenLink();
  const number = new Intl.NumberFormat(i18n.language);
  const { zone, host, remoteName, policyUrl, modelName, inputTokens, savedTokens, route } = preview;
  return (
    <dl aria-label={t('preview.facts')} className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-base">
      <Fact name={t('preview.to')}>
        <ZoneMark zone={zone} />
        <span className="selectable font-medium break-all">
          {remoteName === host ? host : `${remoteName}, ${host}`}
        </span>
        {policyUrl === null ? null : (
          <button type="button" className="link text-sm text-soft underline" onClick={() => openLink(policyUrl)}>
            {t('preview.policy', { host })}
          </button>
        )}
      </Fact>
      <Fact name={t('preview.model')}>
        <span className="selectable break-all">{modelName}</span>
      </Fact>
      <Fact name={t('preview.tokens')}>
        <span className="numeric">{t('preview.tokensValue', { tokens: number.format(inputTokens) })}</span>
        {savedTokens === 0 ? null : (
          <span className="numeric text-soft">{t('preview.saved', { tokens: number.format(savedTokens) })}</span>
        )}
      </Fact>
      <Fact name={t('preview.price')}>
        <PriceWords preview={preview} language={i18n.language} />
      </Fact>
      <Fact name={t('preview.why')}>
        <span className="text-soft">{t(`chat:where.${zone}`, { why: t(`chat:why.${route.reason}`) })}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-3">{children}</dd>
    </>
  );
}

type PriceWordsProps = { readonly preview: CloudPreview; readonly language: string };

function PriceWords({ preview: { mostCostMicroDollars, isPriceKnown }, language }: PriceWordsProps) {
  const { t } = useTranslation('cloud');
  if (mostCostMicroDollars === null) return <span className="text-soft">{t('preview.noPrice')}</span>;
  return (
    <>
      <span className="numeric">{t('preview.most', { money: moneyWords(mostCostMicroDollars, language) })}</span>
      {isPriceKnown ? null : <span className="text-cloud">{t('preview.guess')}</span>}
    </>
  );
}
