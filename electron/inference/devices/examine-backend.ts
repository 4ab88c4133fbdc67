import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Backend, BackendProblem, BackendReport } from '../../shared/machine.ts';
import { EngineSession } from '../client/engine-session.ts';
import type { EngineLauncher } from '../launchers/engine-launcher.ts';
import type { FoundDevices } from '../protocol/engine-event.ts';
import { defaultDeadlines } from '../supervision/deadlines.ts';

/** A driver may wait for a device that sleeps; one that takes longer than this would keep people waiting at every start. */
export const dryRunLimitMs = 20_000;

/**
 * Loads a backend's library in a process of its own, which a broken driver may take down, and says what came of it.
 * Rejects only with the signal's reason.
 */
export async function examineBackend(
  backend: Backend,
  {
    launcher,
    clock,
    signal,
    enginePackFolder,
  }: {
    readonly launcher: EngineLauncher;
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly enginePackFolder?: string;
  },
): Promise<BackendReport> {
  signal.throwIfAborted();
  const late = new AbortController();
  const session = new EngineSession({
    launcher,
    clock,
    setup: {
      type: 'configure',
      cores: 1,
      backend,
      safeModeContextTokens: null,
      ...(enginePackFolder === undefined ? {} : { enginePackFolder }),
    },
    deadlines: { ...defaultDeadlines, startMs: dryRunLimitMs, answerMs: dryRunLimitMs },
    onCrash: ({ error }) => error,
  });
  const limit = new AbortController();
  clock.delay(dryRunLimitMs, limit.signal).then(
    () => late.abort(),
    () => undefined,
  );
  try {
    const own = AbortSignal.any([signal, late.signal]);
    const event = await session.call({ type: 'describe-devices' }, { signal: own });
    if (event.type !== 'devices') return unusable(backend, 'failed');
    const { outcome, devices } = event.found;
    return outcome === 'usable'
      ? { backend, isUsable: true, problem: null, devices }
      : unusable(backend, problems[outcome]);
  } catch (error) {
    signal.throwIfAborted();
    return unusable(backend, late.signal.aborted ? 'timed-out' : problemOf(error));
  } finally {
    limit.abort();
    await session.close();
  }
}

const problems: Readonly<Record<Exclude<FoundDevices['outcome'], 'usable'>, BackendProblem>> = {
  'not-installed': 'not-installed',
  'no-device': 'no-device',
  failed: 'failed',
};

function problemOf(error: unknown): BackendProblem {
  const { code } = AppError.from(error);
  if (code === 'engine/timeout') return 'timed-out';
  return code === 'engine/crashed' || code === 'engine/start-failed' ? 'crashed' : 'failed';
}

/** A backend without devices, and why. */
export function unusable(backend: Backend, problem: BackendProblem): BackendReport {
  return { backend, isUsable: false, problem, devices: [] };
}
