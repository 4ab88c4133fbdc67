import { useTranslation } from 'react-i18next';
import type { UpdateState } from '../../../electron/shared/update.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useAppUpdate, useAppUpdateCalls } from '../../api/use-app-update.ts';
import { useSettings } from '../../api/use-live.ts';
import { useUpdateSettings } from '../../api/use-update-settings.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { OnOff } from '../../ui/on-off.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useUpdateConsent } from './use-update-consent.tsx';

/** Newer versions: whether they are asked for, and what there is, each step by a click. */
export function UpdateSettings() {
  const { t } = useTranslation('desktop');
  const state = useAppUpdate();
  if (state === undefined) return null;
  if (state.phase === 'unavailable') return <p className="text-sm text-soft">{t('updates.unavailable')}</p>;
  return <AvailableUpdates state={state} />;
}

type StateProps = { readonly state: UpdateState };

function AvailableUpdates({ state }: StateProps) {
  const { t } = useTranslation('desktop');
  const host = state.host ?? '';
  const settings = useSettings();
  const update = useUpdateSettings();
  const { check } = useAppUpdateCalls();
  const consent = useUpdateConsent(host);
  const isOn = settings?.checksForUpdates === true;
  const turn = (next: boolean): void =>
    next ? consent.ask({ checksForUpdates: true }, () => check.mutate({})) : update.mutate({ checksForUpdates: false });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 text-sm text-soft">{t('updates.daily', { host })}</span>
        <OnOff label={t('updates.dailyLabel')} isOn={isOn} onChange={turn} />
      </div>
      {state.error === null ? null : <FailureNotice error={state.error} />}
      <Standing state={state} onCheck={() => consent.ask({}, () => check.mutate({}))} />
      {consent.dialog}
    </div>
  );
}

/** What is known, and the one thing to do next. */
function Standing({ state, onCheck }: StateProps & { readonly onCheck: () => void }) {
  const { t, i18n } = useTranslation('desktop');
  const { phase, offer, checkedAt, isHeldBack } = state;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const words =
    phase === 'checking'
      ? t('updates.checking')
      : isHeldBack
        ? t('updates.heldBack')
        : checkedAt === null
          ? t('updates.never')
          : t('updates.current', { date: date.format(checkedAt) });
  if (offer !== null) return <Offered state={state} offer={offer} onCheck={onCheck} />;
  return (
    <div className="flex items-center gap-3">
      <p role="status" className="min-w-0 flex-1 text-base">
        {words}
      </p>
      <Button disabled={phase === 'checking'} onClick={onCheck}>
        {t('updates.check')}
      </Button>
    </div>
  );
}

type OfferedProps = StateProps & {
  readonly offer: NonNullable<UpdateState['offer']>;
  readonly onCheck: () => void;
};

function Offered({ state: { phase, doneBytes }, offer, onCheck }: OfferedProps) {
  const { t, i18n } = useTranslation('desktop');
  const { version, notes, sizeBytes, way } = offer;
  const size = (bytes: number): string => formatBytes(bytes, i18n.language);
  const isFetching = phase === 'downloading' || phase === 'waiting';
  const words =
    phase === 'waiting'
      ? t('updates.waiting')
      : phase === 'downloading'
        ? t('updates.progress', { done: size(doneBytes), total: size(sizeBytes) })
        : phase === 'ready'
          ? t(way === 'restart' ? 'updates.ready' : 'updates.readyByHand', { version })
          : phase === 'installing'
            ? t('updates.installing')
            : t('updates.offer', { version, size: size(sizeBytes) });
  return (
    <div className="flex flex-col gap-2.5">
      <p role="status" className="numeric text-base font-medium">
        {words}
      </p>
      {isFetching ? <ProgressBar label={t('updates.fetching')} fraction={doneBytes / sizeBytes} /> : null}
      {notes === '' ? null : (
        <p className="selectable max-h-40 overflow-y-auto text-sm break-words whitespace-pre-wrap text-soft">{notes}</p>
      )}
      <div className="flex flex-wrap gap-2">
        <NextStep phase={phase} way={way} />
        {phase === 'idle' ? <Button onClick={onCheck}>{t('updates.check')}</Button> : null}
      </div>
    </div>
  );
}

function NextStep({ phase, way }: Pick<UpdateState, 'phase'> & Pick<OfferedProps['offer'], 'way'>) {
  const { t } = useTranslation('desktop');
  const { download, stop, install } = useAppUpdateCalls();
  switch (phase) {
    case 'idle':
      return (
        <Button look="accent" onClick={() => download.mutate({})}>
          {t('updates.fetch')}
        </Button>
      );
    case 'downloading':
    case 'waiting':
      return <Button onClick={() => stop.mutate({})}>{t('updates.stop')}</Button>;
    case 'ready':
      return (
        <Button look="accent" onClick={() => install.mutate({})}>
          {t(way === 'restart' ? 'updates.restart' : 'updates.show')}
        </Button>
      );
    case 'unavailable':
    case 'checking':
    case 'installing':
      return null;
  }
}
