import { useMutation } from '@tanstack/react-query';
import { Check, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../../electron/shared/app-error.ts';
import type { DownloadRequest } from '../../../../electron/shared/download.ts';
import type { HubFile } from '../../../../electron/shared/hub.ts';
import { formatBytes } from '../../../../electron/shared/words.ts';
import { useApi } from '../../../api/api-context.tsx';
import { toFailure } from '../../../api/failure.ts';
import { useDownloads } from '../../../api/use-downloads.ts';
import { useConsent } from '../../../lib/consent.ts';
import { addressOf } from '../../../lib/destination.ts';
import { Button } from '../../../ui/button.tsx';
import { FitBadge } from '../../../ui/fit-badge.tsx';
import { useFitWords } from '../../../ui/fit-words.ts';
import { usePrecisionWords } from '../model-words.ts';
import { OnItsWay } from '../on-its-way.tsx';
import { useStartDownload } from '../use-model-edits.ts';
import { HubFailure } from './hub-failure.tsx';

type HubFileRowProps = { readonly repository: string; readonly file: HubFile };

/** One model of a repository: its precision, its size, whether it fits when that is asked, and the way to get it. */
export function HubFileRow({ repository, file }: HubFileRowProps) {
  const { t, i18n } = useTranslation('models');
  const precision = usePrecisionWords();
  const fitWords = useFitWords();
  const { query } = useApi();
  const consent = useConsent();
  const [error, setError] = useState<AppErrorData | null>(null);
  const measure = useMutation(
    query.catalogue.fit.mutationOptions({ onError: (failed) => setError(toFailure(failed)) }),
  );
  const { path, parts, sizeBytes, quantisation } = file;
  const request: DownloadRequest = { repository, wanted: { path } };
  const fit = measure.data ?? file.fit;
  const words = fit === null ? null : fitWords(fit);
  const facts = [
    formatBytes(sizeBytes, i18n.language),
    parts.length > 1 ? t('hub.parts', { count: parts.length }) : null,
    words?.rate ?? null,
    parts.some(({ sha256 }) => sha256 === null) ? t('hub.noDigest') : null,
  ];
  const name = quantisation ?? path;
  return (
    <li className="flex flex-col gap-2 border-b border-hairline py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-64 flex-col gap-0.5">
          <p className="flex flex-wrap items-center gap-2">
            <span className="text-base font-medium">{quantisation === null ? path : precision(quantisation)}</span>
            {fit === null ? null : <FitBadge status={fit.status} />}
          </p>
          <p className="numeric text-sm text-soft">{facts.filter((fact) => fact !== null).join(' · ')}</p>
          {words === null ? null : <p className="text-sm text-pretty text-soft">{words.reason}</p>}
          <p className="selectable font-mono text-xs break-all text-faint">{path}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {fit === null ? (
            <Button
              aria-label={t('hub.fitNamed', { name })}
              disabled={measure.isPending}
              onClick={() =>
                consent(() => {
                  setError(null);
                  measure.mutate(request);
                })
              }
            >
              {measure.isPending ? t('hub.fitting') : t('hub.fit')}
            </Button>
          ) : null}
          <GetFile repository={repository} file={file} request={request} onError={setError} />
        </div>
      </div>
      {error === null ? null : <HubFailure error={error} repository={repository} />}
    </li>
  );
}

type GetFileProps = HubFileRowProps & {
  readonly request: DownloadRequest;
  readonly onError: (error: AppErrorData | null) => void;
};

function GetFile({ repository, file, request, onError }: GetFileProps) {
  const { t } = useTranslation('models');
  const { start, isPending } = useStartDownload();
  const { installedId, sizeBytes, quantisation } = file;
  const underWay = useDownloads()?.find(
    (download) =>
      download.repository === repository &&
      download.totalBytes === sizeBytes &&
      download.quantisation === quantisation &&
      download.state !== 'done',
  );
  const name = `${repository.split('/')[1] ?? repository} ${quantisation ?? ''}`.trim();
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
  return (
    <Button
      aria-label={t('downloads.startNamed', { name, size: sizeBytes })}
      disabled={isPending}
      onClick={() => {
        onError(null);
        start(request, name, (error) => onError(toFailure(error)));
      }}
    >
      <Download aria-hidden size={14} /> {t('downloads.start')}
    </Button>
  );
}
