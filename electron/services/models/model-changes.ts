import type { Clock } from '../../platform/clock.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { watchModelFolder } from './watch-model-folder.ts';

/** What is watched. */
export type ModelChangesOptions = {
  readonly settings: Pick<SettingsService, 'onChange'>;
  readonly folder: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Those who want to know that the folder, the selection or the options of a model changed. */
export interface ModelChanges {
  notify(): void;
  /** Returns the way to stop. */
  listen(listener: () => void): () => void;
}

/** Watches folder and settings until `signal` is aborted. */
export function createModelChanges({ settings, folder, clock, signal }: ModelChangesOptions): ModelChanges {
  const listeners = new Set<() => void>();
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  let before: string | undefined;
  const stop = settings.onChange(({ chatModelId, modelByJob, modelOptions, embedderId }) => {
    const now = JSON.stringify([chatModelId, modelByJob, modelOptions, embedderId]);
    if (now !== before) notify();
    before = now;
  });
  signal.addEventListener('abort', stop, { once: true });
  watchModelFolder(folder, { clock, signal, onChange: notify });
  return {
    notify,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
