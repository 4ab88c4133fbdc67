import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { CataloguedModel, ModelOffer } from '../../../electron/shared/catalogue.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useModelsChanged } from '../../api/use-models.ts';
import { useConsent } from '../../lib/consent.ts';
import { useOpenLink } from '../../lib/external-link.ts';
import { Button } from '../../ui/button.tsx';
import { FitBadge } from '../../ui/fit-badge.tsx';
import { pagesOf, useFitWords } from '../../ui/fit-words.ts';
import { Fold } from '../../ui/fold.tsx';
import { GetOffer } from './get-offer.tsx';
import { usePrecisionWords, useShortNumber } from './model-words.ts';

type CatalogueDetailsProps = {
  readonly model: CataloguedModel;
  readonly onError: (error: AppErrorData | null) => void;
};

/** What is behind a name: every precision with its fit, what it was trained for, its licence and where it lies. */
export function CatalogueDetails({ model, onError }: CatalogueDetailsProps) {
  const { t, i18n } = useTranslation('models');
  const short = useShortNumber();
  const openLink = useOpenLink();
  const { entry, offers } = model;
  const number = new Intl.NumberFormat(i18n.language);
  const languages = new Intl.DisplayNames(i18n.language, { type: 'language', fallback: 'code' });
  const list = new Intl.ListFormat(i18n.language);
  const lines = [
    t('catalogue.goodFor', { list: list.format(entry.strengths.map((name) => t(`strength.${name}`))) }),
    t('catalogue.facts', {
      parameters: short(entry.parameterCount),
      pages: number.format(pagesOf(entry.contextLength)),
      tokens: number.format(entry.contextLength),
    }),
    t('catalogue.languages', { list: list.format(entry.languages.map((tag) => languages.of(tag) ?? tag)) }),
    t('catalogue.from', { repository: entry.repository }),
  ];
  return (
    <Fold label={t('precision.show')} of={entry.name}>
      <div className="flex flex-col gap-3 pt-2">
        <p className="max-w-[64ch] text-sm text-pretty text-soft">{t('precision.text')}</p>
        <ul aria-label={t('precision.show')} className="flex flex-col rounded-lg bg-raised px-3 ring-1 ring-hairline">
          {offers.map((offer) => (
            <OfferRow key={offer.quantisation} model={model} offer={offer} onError={onError} />
          ))}
        </ul>
        <div className="flex flex-col gap-0.5 text-sm text-soft">
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {entry.isChecked ? null : <p className="text-faint">{t('catalogue.unchecked')}</p>}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => openLink(entry.licence.url)}>
            {t('catalogue.readLicence', { name: entry.licence.name })}
          </Button>
          {offers.every(({ isSizeKnown }) => isSizeKnown) ? null : <AskForSizes model={model} onError={onError} />}
        </div>
      </div>
    </Fold>
  );
}

function AskForSizes({ model: { entry }, onError }: CatalogueDetailsProps) {
  const { t } = useTranslation('models');
  const { query } = useApi();
  const consent = useConsent();
  const changed = useModelsChanged();
  const refresh = useMutation(query.catalogue.refresh.mutationOptions());
  return (
    <Button
      disabled={refresh.isPending}
      onClick={() =>
        consent(() => {
          onError(null);
          refresh.mutate({ entryId: entry.id }, { onSuccess: changed, onError: (error) => onError(toFailure(error)) });
        })
      }
    >
      {refresh.isPending ? t('hub.fitting') : t('catalogue.refresh')}
    </Button>
  );
}

type OfferRowProps = CatalogueDetailsProps & { readonly offer: ModelOffer };

function OfferRow({ model, offer, onError }: OfferRowProps) {
  const { t } = useTranslation('models');
  const precision = usePrecisionWords();
  const { rate, reason } = useFitWords()(offer.fit, model.entry.contextLength);
  const { quantisation, sizeBytes, isSizeKnown, fit } = offer;
  const canRun = fit.status === 'fits' || fit.status === 'tight' || fit.status === 'unknown';
  const facts = [
    t(`size.${isSizeKnown ? 'known' : 'estimate'}`, { size: sizeBytes }),
    canRun && model.entry.kind === 'chat' ? rate : null,
    quantisation === model.bestQuantisation ? t('precision.best') : null,
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-hairline py-2.5 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-60 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-base">{precision(quantisation)}</span>
          <FitBadge status={fit.status} />
        </p>
        <p className="numeric text-sm text-soft">{facts.filter((fact) => fact !== null).join(' · ')}</p>
        {canRun ? null : <p className="text-sm text-faint">{reason}</p>}
      </div>
      {canRun ? <GetOffer model={model} offer={offer} onError={onError} /> : null}
    </li>
  );
}
