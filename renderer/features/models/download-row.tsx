import { Check, Pause, Play, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Download } from '../../../electron/shared/download.ts';
import { useDownloadCalls } from '../../api/use-downloads.ts';
import { addressOf } from '../../lib/destination.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { remainingTime } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useNotify } from '../../ui/notifications.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { HubFailure } from './hub/hub-failure.tsx';
import { useFailureNote } from './use-model-edits.ts';

/** From here on a download that is cancelled by mistake costs minutes, so it is asked about. */
const worthAskingBytes = 100_000_000;

/** One model on its way: how far, how fast, how long, and what can be done. */
export function DownloadRow({ download }: { readonly download: Download }) {
  const { t } = useTranslation('models');
  const { name, quantisation, state, doneBytes, totalBytes, error, modelId } = download;
  const isOver = state === 'done';
  return (
    <li className="flex flex-col gap-2 border-b border-hairline py-3 last:border-b-0">
      <div className="flex items-center gap-2">
        {isOver ? <Check aria-hidden size={16} className="shrink-0 text-local" /> : null}
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <p className="truncate text-base font-medium">
            {isOver && modelId !== null ? (
              <a href={addressOf({ page: 'model', modelId })} className="rounded-sm hover:underline">
                {name}
              </a>
            ) : (
              name
            )}
            {quantisation === null ? null : <span className="font-normal text-faint"> · {quantisation}</span>}
          </p>
          <DownloadState download={download} />
        </div>
        <DownloadActions download={download} />
      </div>
      {isOver ? null : <ProgressBar label={t('downloads.progress', { name })} fraction={doneBytes / totalBytes} />}
      {error !== null && state === 'failed' ? <HubFailure error={error} repository={download.repository} /> : null}
    </li>
  );
}

/** How it stands, in one line. */
function DownloadState({ download }: { readonly download: Download }) {
  const { t, i18n } = useTranslation(['models', 'window']);
  const words = useErrorWords();
  const { state, doneBytes, totalBytes, bytesPerSecond, remainingMs, retryInMs, error } = download;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(doneBytes / totalBytes);
  const share =
    doneBytes === 0
      ? t('size.known', { size: totalBytes })
      : `${t('downloads.running', { done: doneBytes, total: totalBytes })} (${percent})`;
  const left = remainingMs === null ? null : remainingTime(remainingMs);
  const facts: readonly (string | null)[] =
    state === 'running'
      ? [
          share,
          bytesPerSecond === null
            ? t('downloads.connecting')
            : t('downloads.rate', { rate: Math.round(bytesPerSecond) }),
          left === null ? null : t(`window:remaining.${left.unit}`, { count: left.count }),
        ]
      : state === 'checking' || state === 'done'
        ? [t(`downloads.${state}`)]
        : [
            retryInMs === null ? t(`downloads.${state}`) : null,
            share,
            retryInMs === null ? null : t('downloads.retryIn', { seconds: Math.max(1, Math.ceil(retryInMs / 1_000)) }),
          ];
  return (
    <>
      <p className="numeric text-sm text-soft">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      {error !== null && state === 'waiting' ? <p className="text-sm text-pretty text-cloud">{words(error)}</p> : null}
    </>
  );
}

/** Ends a download, with the way to begin it anew. */
function useCancel({ id, name, repository, quantisation }: Download): () => void {
  const { t } = useTranslation('models');
  const notify = useNotify();
  const onError = useFailureNote();
  const calls = useDownloadCalls();
  return () =>
    calls.cancel.mutate(
      { id },
      {
        onError,
        onSuccess: () =>
          notify({
            text: t('downloads.cancelled', { name }),
            ...(quantisation === null
              ? {}
              : {
                  action: {
                    label: t('downloads.again'),
                    onChoose: () => calls.start.mutate({ repository, wanted: { quantisation } }, { onError }),
                  },
                }),
          }),
      },
    );
}

function DownloadActions({ download }: { readonly download: Download }) {
  const { t } = useTranslation('models');
  const onError = useFailureNote();
  const calls = useDownloadCalls();
  const [isAsking, setAsking] = useState(false);
  const { id, name, state, doneBytes } = download;
  const cancel = useCancel(download);
  if (state === 'done') {
    return (
      <IconButton
        icon={X}
        label={t('downloads.dismiss', { name })}
        onClick={() => calls.cancel.mutate({ id }, { onError })}
      />
    );
  }
  return (
    <div className="flex shrink-0 items-center gap-1">
      {state === 'running' || state === 'waiting' ? (
        <IconButton
          icon={Pause}
          label={t('downloads.pause', { name })}
          onClick={() => calls.pause.mutate({ id }, { onError })}
        />
      ) : null}
      {state === 'paused' || state === 'failed' ? (
        <Button onClick={() => calls.resume.mutate({ id }, { onError })}>
          {state === 'paused' ? <Play aria-hidden size={13} /> : <RotateCw aria-hidden size={13} />}
          {state === 'paused' ? t('downloads.goOn') : t('downloads.retry')}
          <span className="sr-only">: {name}</span>
        </Button>
      ) : null}
      <IconButton
        icon={X}
        label={t('downloads.cancel', { name })}
        onClick={() => (doneBytes >= worthAskingBytes ? setAsking(true) : cancel())}
      />
      <ConfirmDialog
        isOpen={isAsking}
        title={t('downloads.cancelTitle')}
        confirmLabel={t('downloads.cancelButton')}
        isDanger
        onConfirm={cancel}
        onClose={() => setAsking(false)}
      >
        {t('downloads.cancelText', { size: doneBytes, name })}
      </ConfirmDialog>
    </div>
  );
}
