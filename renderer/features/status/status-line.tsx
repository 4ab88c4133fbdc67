import { Cloud, KeyRound, Lock, LockOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppStatus } from '../../../electron/shared/app-status.ts';
import type { Download } from '../../../electron/shared/download.ts';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useAppUpdate } from '../../api/use-app-update.ts';
import { useLargeModels } from '../../api/use-cloud.ts';
import { useDownloads } from '../../api/use-downloads.ts';
import { useLibraryProgress } from '../../api/use-library.ts';
import { useConnectionState, useStatus } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import { useLock } from '../../lib/lock.ts';
import { classNames } from '../../ui/class-names.ts';
import { zoneColours, zoneIcons } from '../../ui/zone-mark.tsx';
import { useEngineWords } from './engine-words.ts';
import { WaitingWord } from './waiting-word.tsx';

/** The promise at the foot: where it runs, with what, what it is doing, what is kept, whether the lock is on. */
export function StatusLine({ currentId }: { readonly currentId: ConversationId | null }) {
  const { t } = useTranslation();
  const status = useStatus();
  const connection = useConnectionState();
  return (
    <footer
      data-landmark
      tabIndex={-1}
      aria-label={t('status.label')}
      className="numeric flex h-7 shrink-0 items-center gap-1 overflow-hidden border-t border-hairline bg-side px-2 text-xs whitespace-nowrap text-soft"
    >
      {connection === 'lost' ? (
        <span role="status" className="flex items-center gap-1.5 px-2 font-medium text-cloud">
          <Dot className="bg-cloud" />
          {t('status.reconnecting')}
        </span>
      ) : (
        <Word to={{ page: 'privacy' }}>
          <ZoneWord at={status?.answeringAt ?? null} />
        </Word>
      )}
      <WaitingWord currentId={currentId} />
      {status === undefined ? null : <StatusWords status={status} />}
    </footer>
  );
}

/** Where it is computed at this moment; colour, sign and words together. */
function ZoneWord({ at }: { readonly at: AppStatus['answeringAt'] }) {
  const { t } = useTranslation(['window', 'cloud']);
  if (at === null) {
    return (
      <>
        <Dot className="bg-local" />
        <span className="font-medium text-local">{t('zone.local')}</span>
      </>
    );
  }
  const Icon = zoneIcons[at];
  return (
    <span role="status" className={classNames('flex items-center gap-1.5 font-medium', zoneColours[at])}>
      <Icon aria-hidden size={12} strokeWidth={2} />
      {t(`cloud:answering.${at}`)}
    </span>
  );
}

function StatusWords({ status }: { readonly status: AppStatus }) {
  const { t, i18n } = useTranslation(['window', 'models']);
  const engine = useEngineWords();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  const { model, tokensPerSecond, indexing, keeping, isOffline } = status;
  const rate = tokensPerSecond === null ? null : t('figures.rate', { rate: number.format(tokensPerSecond) });
  const loaded = model?.loaded ?? null;
  const backend = loaded === null ? null : t(`models:backend.short.${loaded.backend}`);
  const modelWords = [model?.name, engine(status.engine), rate, backend].filter((word) => word != null).join(' · ');
  const Padlock = isOffline ? Lock : LockOpen;
  return (
    <>
      <Word to={{ page: 'models' }} isShrinking>
        {modelWords}
      </Word>
      {isOffline ? null : <LargeModelsWord />}
      <DownloadWord />
      <IndexingWord indexing={indexing} />
      <UpdateWord />
      <span className="min-w-0 flex-1" />
      <Word to={{ page: 'settings', section: 'privacy' }}>
        <span className="lg:hidden">{t(`keeping.${keeping}.brief`)}</span>
        <span className="max-lg:hidden">{t(`keeping.${keeping}.short`)}</span>
      </Word>
      <Word to={{ page: 'privacy' }}>
        <Padlock aria-hidden size={12} strokeWidth={2} />
        {isOffline ? t('status.offline') : t('status.online')}
      </Word>
      <LockButton />
    </>
  );
}

/** That large models elsewhere may be asked, and how; nothing while none may. */
function LargeModelsWord() {
  const { t } = useTranslation('cloud');
  const mode = useLargeModels();
  if (mode === null) return null;
  return (
    <Word to={{ page: 'settings', section: 'privacy' }} isOptional="most">
      <Cloud aria-hidden size={12} strokeWidth={2} className="text-cloud" />
      {t(`status.${mode}`)}
    </Word>
  );
}

/** How far the models on their way are, all together. */
function DownloadWord() {
  const { t, i18n } = useTranslation('models');
  const running = useDownloads()?.filter(({ state }) => state === 'running' || state === 'checking') ?? [];
  if (running.length === 0) return null;
  const sum = (sizeOf: (download: Download) => number): number =>
    running.reduce((total, download) => total + sizeOf(download), 0);
  const share = sum(({ doneBytes }) => doneBytes) / sum(({ totalBytes }) => totalBytes);
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share);
  return (
    <Word to={{ page: 'models' }} isOptional="most">
      {t('downloads.status', { count: running.length, percent })}
    </Word>
  );
}

/** A newer version that waits for a click. */
function UpdateWord() {
  const { t } = useTranslation('desktop');
  const state = useAppUpdate();
  if (state?.offer == null) return null;
  const { version } = state.offer;
  return (
    <Word to={{ page: 'settings', section: 'general' }} isOptional="most">
      {t(state.phase === 'ready' ? 'updates.status' : 'updates.statusFound', { version })}
    </Word>
  );
}

/** Closes the kept chats now; there is none where nothing is kept. */
function LockButton() {
  const { t } = useTranslation();
  const { canLock, lock } = useLock();
  if (!canLock) return null;
  return (
    <button
      type="button"
      className="flex h-6 shrink-0 items-center gap-1.5 rounded-sm px-2 hover:bg-hover hover:text-ink"
      onClick={lock}
    >
      <KeyRound aria-hidden size={12} strokeWidth={2} />
      {t('status.lock')}
    </button>
  );
}

/** What is being read: files where folders are followed, else passages of what was added by itself. */
function IndexingWord({ indexing }: Pick<AppStatus, 'indexing'>) {
  const { t, i18n } = useTranslation(['window', 'library']);
  const progress = useLibraryProgress();
  const number = new Intl.NumberFormat(i18n.language);
  if (progress !== undefined && progress.filesTotal > 0) {
    const { filesDone, filesTotal, pause } = progress;
    const state = pause === null ? 'files' : pause === 'user' ? 'paused' : 'waiting';
    return (
      <Word to={{ page: 'documents' }} isOptional>
        {t(`library:status.${state}`, { done: number.format(filesDone), total: number.format(filesTotal) })}
      </Word>
    );
  }
  if (indexing === null) return null;
  return (
    <Word to={{ page: 'documents' }} isOptional>
      {t('status.indexing', { done: number.format(indexing.done), total: number.format(indexing.total) })}
    </Word>
  );
}

type WordProps = {
  readonly to: Destination;
  readonly isShrinking?: boolean;
  /** Left out where the window is too narrow for all words. */
  readonly isOptional?: boolean | 'most';
  readonly children: ReactNode;
};

/** A word of the line is the way to its page. */
function Word({ to, isShrinking = false, isOptional = false, children }: WordProps) {
  return (
    <a
      href={addressOf(to)}
      className={classNames(
        'flex h-6 items-center gap-1.5 rounded-sm px-2 hover:bg-hover hover:text-ink',
        isShrinking ? 'min-w-0' : 'shrink-0',
        isOptional === true && 'max-sm:hidden',
        isOptional === 'most' && 'max-lg:hidden',
      )}
    >
      {isShrinking ? <span className="truncate">{children}</span> : children}
    </a>
  );
}

function Dot({ className }: { readonly className: string }) {
  return <span aria-hidden className={classNames('size-[7px] shrink-0 rounded-full', className)} />;
}
