import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, runIdSchema } from '../../shared/ids.ts';
import type { RunId } from '../../shared/ids.ts';
import type { Usage } from '../../shared/usage.ts';
import { Run } from './run.ts';
import type { RunsService, RunWork } from './runs-service.ts';

/** Durations in milliseconds. */
export type RunsOptions = {
  readonly clock: Clock;
  readonly logger: Logger;
  /** From the last follower's leaving to the abort; default 20,000. */
  readonly graceMs?: number;
  /** From the end to forgetting the parts; default 300,000. */
  readonly keptMs?: number;
  /** Ended runs that are kept at most, the newest; default 100. */
  readonly keptRuns?: number;
};

/** Counts what is under way, and tells when the first begins and the last has ended. */
function createBusyness() {
  const listeners = new Set<(isBusy: boolean) => void>();
  let active = 0;
  const tell = (): void => {
    for (const listener of listeners) listener(active > 0);
  };
  return {
    get isBusy() {
      return active > 0;
    },
    enter(): void {
      active += 1;
      if (active === 1) tell();
    },
    leave(): void {
      active -= 1;
      if (active === 0) tell();
    },
    listen(listener: (isBusy: boolean) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Runs in memory: what outlives them, their work has stored. */
export function createRunsService(options: RunsOptions): RunsService {
  const { clock, logger, graceMs = 20_000, keptMs = 300_000, keptRuns = 100 } = options;
  const runs = new Map<RunId, Run>();
  const closing = new AbortController();
  const usageListeners = new Set<(usage: Usage) => void>();
  const busyness = createBusyness();

  const tellUsage =
    (work: RunWork): RunWork =>
    async (writer, signal) => {
      const end = await work(writer, signal);
      if (end.usage) for (const listener of usageListeners) listener(end.usage);
      return end;
    };

  const forgetLater = async (run: Run): Promise<void> => {
    await run.finished;
    busyness.leave();
    const ended = [...runs.values()].filter(({ hasEnded }) => hasEnded);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - keptRuns))) runs.delete(id);
    await clock.delay(keptMs, closing.signal).catch(() => undefined);
    runs.delete(run.id);
  };

  return {
    start(work, { outlivesFollowers = false } = {}) {
      if (closing.signal.aborted) throw new AppError('app/closing', 'No run begins while the app closes.');
      const run = new Run(tellUsage(work), {
        id: createId(runIdSchema),
        clock,
        logger,
        graceMs: outlivesFollowers ? null : graceMs,
      });
      runs.set(run.id, run);
      busyness.enter();
      void forgetLater(run);
      return run.id;
    },
    follow(runId, afterSequence, signal) {
      const run = runs.get(runId);
      if (run === undefined) throw new AppError('app/not-found', 'There is no such run.', { kind: 'run' });
      return run.follow(afterSequence, signal);
    },
    stop: (runId) => runs.get(runId)?.stop(),
    finished: async (runId) => runs.get(runId)?.finished,
    get isBusy() {
      return busyness.isBusy;
    },
    onBusy: (listener) => busyness.listen(listener),
    onUsage(listener) {
      usageListeners.add(listener);
      return () => void usageListeners.delete(listener);
    },
    async close() {
      closing.abort();
      const all = [...runs.values()];
      for (const run of all) run.stop();
      await Promise.all(all.map(({ finished }) => finished));
    },
  };
}
