import { Download as DownloadIcon, Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CataloguedModel } from '../../../electron/shared/catalogue.ts';
import type { Download } from '../../../electron/shared/download.ts';
import { toFailure } from '../../api/failure.ts';
import { useDownloadCalls, useDownloads } from '../../api/use-downloads.ts';
import { useConsent } from '../../lib/consent.ts';
import { remainingTime } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useFitWords } from '../../ui/fit-words.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** The model that suits this computer: why, how large, how fast, and one click that fetches it. */
export function RecommendedModel({ model }: { readonly model: CataloguedModel }) {
  const { t, i18n } = useTranslation('models');
  const fitWords = useFitWords();
  const consent = useConsent();
  const { start } = useDownloadCalls();
  const { entry, offers, bestQuantisation, recommended } = model;
  const offer = offers.find(({ quantisation }) => quantisation === bestQuantisation);
  const underWay = useDownloads()?.find(
    ({ repository, quantisation, state }) =>
      repository === entry.repository && quantisation === bestQuantisation && state !== 'done',
  );
  if (offer === undefined || recommended === null) return null;
  const { rate, pace, reason } = fitWords(offer.fit, entry.contextLength);
  const facts = [
    t(`size.${offer.isSizeKnown ? 'known' : 'estimate'}`, { size: offer.sizeBytes }),
    ...(rate === null ? [] : [`${rate}, ${pace}`]),
    t('catalogue.licence', { name: entry.licence.name, terms: t(`catalogue.${entry.licence.terms}`) }),
  ];
  return (
    <div className="flex flex-col gap-2.5">
      <p className="text-base text-pretty text-soft">{t('first.lead')}</p>
      <div className="flex flex-col gap-0.5">
        <p className="text-base font-medium">{entry.name}</p>
        <p className="text-sm text-pretty text-soft">{i18n.language === 'de' ? entry.summary.de : entry.summary.en}</p>
        <p className="text-sm text-pretty text-soft">
          {t(`catalogue.${recommended}`)} {reason}
        </p>
        <p className="numeric text-sm text-faint">{facts.join(' · ')}</p>
      </div>
      {start.error === null ? null : <FailureNotice error={toFailure(start.error)} />}
      {underWay === undefined ? (
        <div>
          <Button
            look="accent"
            disabled={start.isPending}
            onClick={() =>
              consent(() =>
                start.mutate({ repository: entry.repository, wanted: { quantisation: offer.quantisation } }),
              )
            }
          >
            <DownloadIcon aria-hidden size={14} /> {t('first.download', { size: offer.sizeBytes })}
          </Button>
        </div>
      ) : (
        <OnItsWay download={underWay} />
      )}
    </div>
  );
}

/** How far it is, with the way to halt it and to go on. */
function OnItsWay({ download }: { readonly download: Download }) {
  const { t } = useTranslation(['models', 'window']);
  const { pause, resume } = useDownloadCalls();
  const { id, name, state, doneBytes, totalBytes, remainingMs, error } = download;
  const isHalted = state === 'paused' || state === 'failed';
  const left = remainingMs === null ? null : remainingTime(remainingMs);
  const facts = [
    t('first.progress', { name, done: doneBytes, total: totalBytes }),
    state === 'running' ? null : t(`downloads.${state}`),
    left === null ? null : t(`window:remaining.${left.unit}`, { count: left.count }),
  ].filter((fact) => fact !== null);
  return (
    <div className="flex flex-col gap-2">
      {error !== null && state === 'failed' ? <FailureNotice error={error} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="numeric min-w-0 text-sm text-soft">{facts.join(' · ')}</p>
        {state === 'checking' ? null : (
          <Button onClick={() => (isHalted ? resume : pause).mutate({ id })}>
            {isHalted ? <Play aria-hidden size={13} /> : <Pause aria-hidden size={13} />}
            {isHalted ? t('downloads.goOn') : t('downloads.halt')}
            <span className="sr-only">: {name}</span>
          </Button>
        )}
      </div>
      <ProgressBar label={facts.join(', ')} fraction={doneBytes / totalBytes} />
    </div>
  );
}
