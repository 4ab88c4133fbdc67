import type { AnswerPart, UnnumberedPart } from '../../shared/answer-part.ts';
import type { RunId } from '../../shared/ids.ts';

/** Numbers the parts of one run and keeps them for followers; the work writes through this. */
export interface RunWriter {
  readonly runId: RunId;
  write(part: UnnumberedPart): void;
}

/**
 * A piece of work whose parts are streamed to whoever follows it. The work must write `run-start` first and may leave
 * the last part to the service: returning means `run-end` with the given reason, throwing means `run-error`, an abort
 * means `run-end` with `stopped`.
 */
export type RunWork = (
  writer: RunWriter,
  signal: AbortSignal,
) => Promise<Omit<Extract<UnnumberedPart, { type: 'run-end' }>, 'type'>>;

/**
 * One place for every stream, so that a window that reloads resumes instead of starting over. A run whose last
 * follower leaves is aborted after a grace period (default 20 s, for a reload), and its parts are forgotten some time
 * after its end (default 5 minutes).
 */
export interface RunsService {
  start(work: RunWork): RunId;
  /** Parts with `sequence > afterSequence` (-1 for all), then live ones until the end. Throws `app/not-found`. */
  follow(runId: RunId, afterSequence: number, signal: AbortSignal): AsyncIterable<AnswerPart>;
  /** Aborts at once. Nothing happens when the run has ended. */
  stop(runId: RunId): void;
  /** Resolves when the work is over and its result stored, however it ended. */
  finished(runId: RunId): Promise<void>;
  /** Aborts all and waits for them. */
  close(): Promise<void>;
}
