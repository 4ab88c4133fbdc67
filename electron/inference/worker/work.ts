import type { EngineWorkEvent, WorkPhase } from '../protocol/engine-event.ts';
import type { ComputeScheduler, ComputeTurn, WorkPriority } from './scheduler.ts';

/** One command being served. */
export type Work = {
  readonly id: number;
  readonly signal: AbortSignal;
  /** Milliseconds of `performance.now()` at which the command arrived. */
  readonly receivedAtMs: number;
  emit(event: EngineWorkEvent): void;
};

/** Says which deadline counts from now on. */
export function enterPhase(work: Work, phase: WorkPhase): void {
  work.emit({ type: 'phase', id: work.id, phase });
}

/** Waits for the right to compute, runs `compute` with it, and gives it back. While it waits, the phase is `queued`. */
export async function withTurn<T>(
  scheduler: ComputeScheduler,
  work: Work,
  request: { readonly priority: WorkPriority; readonly phase: () => WorkPhase },
  compute: (turn: ComputeTurn) => Promise<T>,
): Promise<T> {
  const turn = await scheduler.enter({
    priority: request.priority,
    signal: work.signal,
    onWaiting: (isWaiting) => enterPhase(work, isWaiting ? 'queued' : request.phase()),
  });
  try {
    enterPhase(work, request.phase());
    return await compute(turn);
  } finally {
    turn.leave();
  }
}
