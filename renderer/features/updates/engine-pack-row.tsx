import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnginePackState } from '../../../electron/shared/engine-pack.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useEnginePack, useEnginePackCalls } from '../../api/use-app-update.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useUpdateConsent } from './use-update-consent.tsx';

/** The library of a graphics card that is too large for the app; nothing where the computer has no use for it. */
export function EnginePackRow() {
  const state = useEnginePack();
  return state === undefined || state.phase === 'unavailable' ? null : <OfferedPack state={state} />;
}

type StateProps = { readonly state: EnginePackState };

function OfferedPack({ state }: StateProps) {
  const { t, i18n } = useTranslation('desktop');
  const { phase, sizeBytes, unpackedBytes, doneBytes, host, error } = state;
  const size = (bytes: number): string => formatBytes(bytes, i18n.language);
  return (
    <section aria-label={t('enginePack.title')} className="flex flex-col gap-2 rounded-lg bg-hover px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5 text-sm text-pretty text-soft">
          {phase === 'installed' ? (
            <p role="status">{t('enginePack.installed')}</p>
          ) : (
            <>
              <p>{t('enginePack.offer', { size: size(sizeBytes), disk: size(unpackedBytes) })}</p>
              <p className="text-faint">{t('enginePack.from', { host: host ?? '' })}</p>
            </>
          )}
        </div>
        <NextStep state={state} />
      </div>
      {phase === 'downloading' || phase === 'unpacking' ? (
        <div className="flex flex-col gap-1.5">
          <ProgressBar label={t('enginePack.fetching')} fraction={doneBytes / sizeBytes} />
          <p role="status" className="numeric text-sm text-soft">
            {phase === 'unpacking'
              ? t('enginePack.unpacking')
              : t('enginePack.progress', { done: size(doneBytes), total: size(sizeBytes) })}
          </p>
        </div>
      ) : null}
      {error === null ? null : <FailureNotice error={error} />}
    </section>
  );
}

function NextStep({ state: { phase, host, unpackedBytes } }: StateProps) {
  const { t, i18n } = useTranslation('desktop');
  const { install, stop, remove } = useEnginePackCalls();
  const consent = useUpdateConsent(host ?? '', 'enginePack');
  const [isAsking, setAsking] = useState(false);
  switch (phase) {
    case 'offered':
      return (
        <>
          <Button onClick={() => consent.ask({}, () => install.mutate({}))}>{t('enginePack.fetch')}</Button>
          {consent.dialog}
        </>
      );
    case 'downloading':
      return <Button onClick={() => stop.mutate({})}>{t('enginePack.stop')}</Button>;
    case 'installed':
      return (
        <>
          <Button onClick={() => setAsking(true)}>{t('enginePack.remove')}</Button>
          <ConfirmDialog
            isOpen={isAsking}
            title={t('enginePack.removeTitle')}
            confirmLabel={t('enginePack.remove')}
            onConfirm={() => remove.mutate({})}
            onClose={() => setAsking(false)}
          >
            {t('enginePack.removeText', { disk: formatBytes(unpackedBytes, i18n.language) })}
          </ConfirmDialog>
        </>
      );
    case 'unavailable':
    case 'unpacking':
      return null;
  }
}
