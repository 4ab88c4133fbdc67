import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import type { Clock } from '../../platform/clock.ts';
import { listModelFiles } from './model-file.ts';

/** How the folder is looked after. */
export type WatchOptions = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called some 300 ms after the last of several changes. */
  readonly onChange: () => void;
};

/** Until a burst of changes is over: a file that is being copied changes all the time. */
const quietMs = 300;
/** Between two looks at a folder that cannot be watched. */
const pollMs = 5_000;

/** Null where the folder does not exist or the system has no watch left to give. */
function tryWatch(folder: string, onEvent: () => void, onEnd: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, onEvent);
    watcher.on('error', onEnd);
    return watcher;
  } catch {
    return null;
  }
}

async function fingerprint(folder: string): Promise<string> {
  const files = await listModelFiles(folder).catch(() => []);
  return files.map(({ name, sizeBytes, modifiedMs }) => `${name}:${sizeBytes}:${modifiedMs}`).join('|');
}

/** Watches until `signal` is aborted; where watching fails, looks every 5 seconds until it works. */
export function watchModelFolder(folder: string, { clock, signal, onChange }: WatchOptions): void {
  let quiet: AbortController | null = null;

  const changed = (): void => {
    quiet?.abort();
    quiet = new AbortController();
    clock.delay(quietMs, AbortSignal.any([signal, quiet.signal])).then(onChange, () => undefined);
  };

  const poll = async (): Promise<void> => {
    let before = await fingerprint(folder);
    for (;;) {
      await clock.delay(pollMs, signal);
      const now = await fingerprint(folder);
      if (now !== before) changed();
      before = now;
      if (begin()) return;
    }
  };

  const begin = (): boolean => {
    const watcher = tryWatch(folder, changed, () => {
      watcher?.close();
      if (!signal.aborted) poll().catch(() => undefined);
    });
    if (watcher === null) return false;
    signal.addEventListener('abort', () => watcher.close(), { once: true });
    return true;
  };

  // A poll ends by the signal's abort, which is no failure.
  if (!begin()) poll().catch(() => undefined);
}
