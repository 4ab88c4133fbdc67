import type { Clock } from '../../platform/clock.ts';
import type { Desktop, DesktopActivity } from '../../platform/desktop.ts';
import type { Logger } from '../../platform/logger.ts';
import type { AppStatus } from '../../shared/app-status.ts';
import { AppError } from '../../shared/app-error.ts';
import type { LibraryService } from '../library/library-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { StatusService } from '../status/status-service.ts';
import { absentDesktopState } from './absent-desktop-state.ts';
import { createCarefulDesktop } from './careful-desktop.ts';
import type { CarefulDesktop } from './careful-desktop.ts';
import type { DesktopService } from './desktop-service.ts';
import { keepSettings } from './keep-settings.ts';
import { followWork } from './follow-work.ts';
import type { WorkSources } from './follow-work.ts';
import { WorkBoard } from './work-board.ts';

/** What the service is made of. */
export type DesktopServiceOptions = Omit<WorkSources, 'library'> & {
  /** Null behind a door without a desktop. */
  readonly desktop: Desktop | null;
  readonly settings: Pick<SettingsService, 'get' | 'onChange'>;
  readonly status: Pick<StatusService, 'watch'>;
  readonly library: WorkSources['library'] & Pick<LibraryService, 'setPaused'>;
  readonly clock: Pick<Clock, 'delay' | 'monotonicMs'>;
  readonly logger: Logger;
};

/** Makes the service; settings and work are on the desktop from then on until it is closed. */
export function createDesktopService(options: DesktopServiceOptions): DesktopService {
  const { desktop, logger } = options;
  const closing = new AbortController();
  const { signal: closed } = closing;
  const following = desktop === null ? Promise.resolve() : followAll(desktop, options, closed);

  /** What the desktop says, until it fails, then what is said of one that is not there. */
  async function* said<Value>(
    listen: (desktop: Desktop, signal: AbortSignal) => AsyncIterable<Value>,
    otherwise: readonly Value[],
    signal: AbortSignal,
  ): AsyncGenerator<Value, void, void> {
    try {
      if (desktop !== null) return yield* listen(desktop, signal);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn('desktop-silent', { code: AppError.from(error).code });
    }
    yield* otherwise;
    await untilAbort(signal);
  }

  return {
    watch: (signal) =>
      said((there, leaving) => there.watch(leaving), [absentDesktopState], AbortSignal.any([signal, closed])),
    requests: (window, signal) =>
      said((there, leaving) => there.requests(window, leaving), [], AbortSignal.any([signal, closed])),
    async close() {
      closing.abort();
      await following;
    },
  };
}

const untilAbort = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Everything that goes on beside the calls. Never rejects. */
async function followAll(desktop: Desktop, options: DesktopServiceOptions, signal: AbortSignal): Promise<void> {
  const { settings, logger } = options;
  const careful = createCarefulDesktop(desktop, logger);
  const noted = async (what: string, work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (!signal.aborted) logger.warn('desktop-not-followed', { what, code: AppError.from(error).code });
    }
  };
  await Promise.all([
    noted('settings', keepSettings({ desktop, careful, settings }, signal)),
    noted('commands', obeyCommands(desktop, options, signal)),
    noted('activity', showWork(careful, options, signal)),
  ]);
}

/** What is chosen in the tray or the dock. */
async function obeyCommands(
  desktop: Desktop,
  { settings, library }: DesktopServiceOptions,
  signal: AbortSignal,
): Promise<void> {
  for await (const command of desktop.commands(signal)) {
    switch (command) {
      case 'toggle-indexing-pause':
        await library.setPaused(!(await settings.get()).isIndexingPaused);
    }
  }
}

/** Model, lock and long work, on the tray, the dock and the taskbar; each state once. */
async function showWork(careful: CarefulDesktop, options: DesktopServiceOptions, signal: AbortSignal): Promise<void> {
  const { settings, status, clock } = options;
  let { isIndexingPaused, notifiesWhenDone } = await settings.get();
  let latest: AppStatus | null = null;
  let shown = '';
  const board = new WorkBoard(clock, (work) => {
    if (notifiesWhenDone && !signal.aborted) careful.notify(work);
  });
  const show = (): void => {
    if (latest === null || signal.aborted) return;
    const activity = describeActivity(latest, isIndexingPaused, board.progress);
    const text = JSON.stringify(activity);
    if (text === shown) return;
    shown = text;
    careful.showActivity(activity);
  };
  const unsubscribe = settings.onChange((changed) => {
    ({ isIndexingPaused, notifiesWhenDone } = changed);
    show();
  });
  const following = followWork({ ...options, board, onChange: show }, signal);
  try {
    for await (const next of status.watch(signal)) {
      const added = next.waitingIn.filter((id) => latest?.waitingIn.includes(id) !== true);
      if (notifiesWhenDone) for (const conversationId of added) careful.notify({ kind: 'waiting', conversationId });
      latest = next;
      show();
    }
  } finally {
    unsubscribe();
    await following;
  }
}

/** What the engine does for a person or for itself is the same to who looks at an icon. */
const busyStates: readonly AppStatus['engine']['state'][] = ['starting', 'loading', 'busy', 'restarting'];

function describeActivity(
  { engine, model, isOffline }: AppStatus,
  isIndexingPaused: boolean,
  progress: DesktopActivity['progress'],
): DesktopActivity {
  const isBusy = progress !== null || busyStates.includes(engine.state);
  return { modelName: model?.name ?? null, state: isBusy ? 'busy' : 'idle', isOffline, isIndexingPaused, progress };
}
