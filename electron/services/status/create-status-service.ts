import type { InferenceEngine } from '../../inference/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { AppStatus, EngineState } from '../../shared/app-status.ts';
import { loadedModelStatusSchema } from '../../shared/app-status.ts';
import type { KeepingSource } from '../access/access-service.ts';
import type { SendingSource, WaitingSource } from '../cloud/cloud-service.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { StatusService } from './status-service.ts';

/** Milliseconds between two statuses of one watcher at least. */
export const statusIntervalMs = 100;

/** What the service is made of. */
export type StatusServiceOptions = {
  readonly clock: Clock;
  readonly keeping: KeepingSource;
  readonly engine: Pick<InferenceEngine, 'state' | 'onState' | 'loaded'>;
  readonly models: Pick<ModelsService, 'current' | 'onChange'>;
  readonly settings: Pick<SettingsService, 'get' | 'onChange'>;
  readonly documents: Pick<DocumentsService, 'progress' | 'onProgress'>;
  readonly runs: Pick<RunsService, 'onUsage'>;
  readonly sending: SendingSource;
  readonly waiting: WaitingSource;
};

/** Yields what `read` says now and, when it differs, after each change; at most once in `statusIntervalMs`. */
async function* watchStatus(
  read: () => Promise<AppStatus>,
  nextChange: () => Promise<void>,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<AppStatus, void, void> {
  let shown = '';
  while (!signal.aborted) {
    // Taken before the reading, so that a change during it is not missed.
    const changed = nextChange();
    const status = await read();
    const text = JSON.stringify(status);
    const earliest = clock.delay(statusIntervalMs, signal).catch(() => undefined);
    if (text !== shown) {
      shown = text;
      yield status;
    }
    await changed;
    await earliest;
  }
}

/** The engine knows what it has loaded; whether there is anything that it could load, the model folder knows. */
function engineStateFor(hasModel: boolean, state: EngineState): EngineState {
  if (state.state !== 'no-model' && state.state !== 'stopped') return state;
  return { state: hasModel ? 'stopped' : 'no-model' };
}

/** Puts the status together from those who know its parts; holds nothing of it but the last decode rate. */
export function createStatusService(options: StatusServiceOptions): StatusService {
  const { clock, keeping, engine, models, settings, documents, runs, sending, waiting } = options;
  const closing = new AbortController();
  let tokensPerSecond: number | null = null;
  let change = Promise.withResolvers<void>();
  const announce = (): void => {
    change.resolve();
    change = Promise.withResolvers();
  };

  const subscriptions = [
    keeping.onChange(announce),
    engine.onState(announce),
    models.onChange(announce),
    settings.onChange(announce),
    documents.onProgress(announce),
    sending.onChange(announce),
    waiting.onChange(announce),
    runs.onUsage((usage) => {
      tokensPerSecond = usage.tokensPerSecond ?? tokensPerSecond;
      announce();
    }),
  ];

  const current = async (): Promise<AppStatus> => {
    const [model, { isOffline }] = await Promise.all([models.current(), settings.get()]);
    const inMemory = engine.loaded('chat');
    const loaded = model !== null && inMemory?.path === model.path ? inMemory : null;
    return {
      engine: engineStateFor(model !== null, engine.state),
      model: model && {
        id: model.description.id,
        name: model.description.name,
        contextTokens: loaded?.contextTokens ?? null,
        loaded: loaded && loadedModelStatusSchema.parse(loaded),
      },
      tokensPerSecond,
      indexing: documents.progress,
      keeping: keeping.current(),
      isOffline,
      answeringAt: sending.current(),
      waitingIn: waiting.current(),
    };
  };

  return {
    current,
    watch(signal) {
      const leaving = AbortSignal.any([signal, closing.signal]);
      leaving.addEventListener('abort', announce, { once: true });
      return watchStatus(current, () => change.promise, clock, leaving);
    },
    close() {
      for (const unsubscribe of subscriptions) unsubscribe();
      closing.abort();
    },
  };
}
