import { Star } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { CataloguedModel } from '../../../electron/shared/catalogue.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { FitBadge } from '../../ui/fit-badge.tsx';
import { useFitWords } from '../../ui/fit-words.ts';
import { CatalogueDetails } from './catalogue-details.tsx';
import { GetOffer } from './get-offer.tsx';
import { HubFailure } from './hub/hub-failure.tsx';

/** One model that could be here: what it is for, whether it runs, how fast, how large, under which licence. */
export function CatalogueRow({ model }: { readonly model: CataloguedModel }) {
  const { t, i18n } = useTranslation('models');
  const fitWords = useFitWords();
  const [error, setError] = useState<AppErrorData | null>(null);
  const { entry, offers, bestQuantisation, recommended } = model;
  const offer = offers.find(({ quantisation }) => quantisation === bestQuantisation) ?? offers.at(-1);
  if (offer === undefined) return null;
  const { reason, rate, pace } = fitWords(offer.fit, entry.contextLength);
  const isRunning = bestQuantisation !== null;
  const size = formatBytes(offer.sizeBytes, i18n.language);
  const facts = [
    offer.isSizeKnown ? size : t('size.estimate', { size: offer.sizeBytes }),
    ...(isRunning && entry.kind === 'chat' && rate !== null ? [`${rate}, ${pace}`] : []),
    t('catalogue.licence', { name: entry.licence.name, terms: t(`catalogue.${entry.licence.terms}`) }),
  ];
  return (
    <li className="flex flex-col gap-2 border-b border-hairline py-3.5 last:border-b-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="text-base font-medium">{entry.name}</span>
            {recommended === null ? null : (
              <span className="inline-flex h-6 items-center gap-1 rounded-sm bg-accent-wash px-2 text-xs font-medium text-accent">
                <Star aria-hidden size={12} strokeWidth={2.25} /> {t('catalogue.recommended')}
              </span>
            )}
            <FitBadge status={offer.fit.status} />
          </p>
          <p className="max-w-[64ch] text-sm text-pretty text-soft">
            {i18n.language === 'de' ? entry.summary.de : entry.summary.en}
          </p>
          <p className="max-w-[64ch] text-sm text-pretty text-soft">
            {recommended === null ? reason : `${t(`catalogue.${recommended}`)} ${reason}`}
          </p>
          <p className="numeric text-sm text-faint">{facts.join(' · ')}</p>
        </div>
        {isRunning ? <GetOffer model={model} offer={offer} isFirst={recommended !== null} onError={setError} /> : null}
      </div>
      {error === null ? null : <HubFailure error={error} repository={entry.repository} />}
      <CatalogueDetails model={model} onError={setError} />
    </li>
  );
}
