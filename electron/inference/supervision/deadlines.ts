import type { WorkPhase } from '../protocol/engine-event.ts';

/** Milliseconds without a sign of life after which a process counts as hung, by what it is doing. */
export type Deadlines = {
  /** From the start of the process until it says that it is ready. */
  readonly startMs: number;
  /** From a command until the process says that it has it. */
  readonly answerMs: number;
  readonly phaseMs: Readonly<Record<Exclude<WorkPhase, 'queued'>, number>>;
  /** From an abort until the process says that it is free. */
  readonly abortMs: number;
};

/**
 * Far above what a slow machine that is busy with other things takes: ending a process that would have answered costs
 * more than waiting. Batches are sized to 250 ms, tokens of a large model take up to a few seconds.
 */
export const defaultDeadlines: Deadlines = {
  startMs: 60_000,
  answerMs: 60_000,
  phaseMs: { load: 180_000, prefill: 90_000, token: 60_000, embed: 90_000, rerank: 90_000 },
  abortMs: 60_000,
};
