import { useTranslation } from 'react-i18next';
import type { ModelDetail } from '../../../../electron/shared/model-detail.ts';
import { FitBadge } from '../../../ui/fit-badge.tsx';
import { pagesOf, useFitWords } from '../../../ui/fit-words.ts';
import { Section } from '../../../ui/page.tsx';
import { Fact, Facts } from './facts.tsx';

/** Whether and how it runs here: memory, window, speed, and on which processor. */
export function FitSection({ detail: { description, fit } }: { readonly detail: ModelDetail }) {
  const { t, i18n } = useTranslation('models');
  const { reason, rate, pace } = useFitWords()(fit, description.contextLength);
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const isWriter = description.kind === 'chat';
  const backend = t(`backend.${fit.backend}`);
  return (
    <Section title={t('detail.fit')}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 pb-1">
        <FitBadge status={fit.status} />
        <p className="text-base text-pretty text-soft">{reason}</p>
      </div>
      <Facts>
        {isWriter ? (
          <Fact name={t('detail.speed')}>{rate === null ? t('detail.noSpeed') : `${rate}, ${pace}`}</Fact>
        ) : null}
        {isWriter && fit.timeToFirstTokenMs !== null ? (
          <Fact name={t('detail.firstToken')}>
            {t('detail.firstTokenText', { seconds: number.format(Math.max(0.1, fit.timeToFirstTokenMs / 1_000)) })}
          </Fact>
        ) : null}
        <Fact name={t('detail.context')}>
          {t('detail.contextText', {
            pages: number.format(pagesOf(fit.contextTokens)),
            tokens: number.format(fit.contextTokens),
            most: number.format(description.contextLength),
          })}
        </Fact>
        <Fact name={t('detail.memory')}>
          {t('detail.memoryText', {
            memory: fit.memoryBytes,
            weights: fit.weightsBytes,
            window: fit.windowBytes,
            buffers: fit.buffersBytes,
            rest: Math.max(0, fit.memoryBytes - fit.weightsBytes - fit.windowBytes - fit.buffersBytes),
          })}
        </Fact>
        <Fact name={t('detail.runsOn')}>
          {fit.backend === 'cpu'
            ? backend
            : `${backend}, ${t('detail.layers', { done: fit.graphicsLayers, total: fit.layers })}`}
        </Fact>
      </Facts>
    </Section>
  );
}
