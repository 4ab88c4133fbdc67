import { Check, Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { CataloguedModel, ModelOffer } from '../../../electron/shared/catalogue.ts';
import { toFailure } from '../../api/failure.ts';
import { useDownloads } from '../../api/use-downloads.ts';
import { addressOf } from '../../lib/destination.ts';
import { Button } from '../../ui/button.tsx';
import { OnItsWay } from './on-its-way.tsx';
import { useStartDownload } from './use-model-edits.ts';

type GetOfferProps = {
  readonly model: CataloguedModel;
  readonly offer: ModelOffer;
  /** The one thing to do next. */
  readonly isFirst?: boolean;
  readonly onError: (error: AppErrorData | null) => void;
};

/** The button that fetches it; or where it is already, or how far. */
export function GetOffer({ model: { entry }, offer, isFirst = false, onError }: GetOfferProps) {
  const { t } = useTranslation('models');
  const { start, isPending } = useStartDownload();
  const { quantisation, installedId, sizeBytes } = offer;
  const underWay = useDownloads()?.find(
    (download) =>
      download.repository === entry.repository && download.quantisation === quantisation && download.state !== 'done',
  );
  if (installedId !== null) {
    return (
      <a
        href={addressOf({ page: 'model', modelId: installedId })}
        className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-local hover:bg-hover"
      >
        <Check aria-hidden size={14} /> {t('catalogue.isHere')}
      </a>
    );
  }
  if (underWay !== undefined) return <OnItsWay download={underWay} />;
  const name = `${entry.name} ${quantisation}`;
  return (
    <Button
      look={isFirst ? 'accent' : 'plain'}
      aria-label={t('downloads.startNamed', { name, size: sizeBytes })}
      disabled={isPending}
      onClick={() => {
        onError(null);
        start({ repository: entry.repository, wanted: { quantisation } }, entry.name, (error) =>
          onError(toFailure(error)),
        );
      }}
    >
      <Download aria-hidden size={14} /> {t('downloads.start')}
    </Button>
  );
}
