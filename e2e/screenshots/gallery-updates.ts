import type { Services } from '../../electron/api/context.ts';
import type { EnginePackState } from '../../electron/shared/engine-pack.ts';
import type { UpdateState } from '../../electron/shared/update.ts';

/** A version that waits for a click where the lock is open; otherwise nobody was asked yet. */
export function createGalleryUpdates(isOnline: boolean): Services['updates'] {
  const state: UpdateState = {
    phase: 'idle',
    offer: isOnline
      ? {
          version: '0.2.0',
          notes: 'Quick-ask from anywhere.\nSummaries of long meetings are twice as fast.',
          sizeBytes: 214_000_000,
          way: 'restart',
        }
      : null,
    doneBytes: 0,
    checkedAt: isOnline ? Date.UTC(2026, 10, 23, 7, 30) : null,
    isHeldBack: false,
    host: 'updates.sotto.example',
    error: null,
  };
  const same = (): Promise<UpdateState> => Promise.resolve(state);
  return {
    async *watch(signal) {
      yield state;
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
    check: same,
    download: same,
    install: same,
    stop: () => undefined,
    close: () => Promise.resolve(),
  };
}

/** A computer with a card of NVIDIA, where nothing was fetched yet. */
export function createGalleryEnginePacks(): Services['enginePacks'] {
  const state: EnginePackState = {
    phase: 'offered',
    sizeBytes: 320_000_000,
    unpackedBytes: 560_000_000,
    doneBytes: 0,
    host: 'updates.sotto.example',
    error: null,
  };
  const same = (): Promise<EnginePackState> => Promise.resolve(state);
  return {
    async *watch(signal) {
      yield state;
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
    install: same,
    remove: same,
    stop: () => undefined,
    close: () => Promise.resolve(),
  };
}
