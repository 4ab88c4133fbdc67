import type { Clock } from '../../platform/clock.ts';
import type { LibraryProgress } from '../../shared/library.ts';

/** What the progress is made of at one moment. */
export type ProgressParts = {
  /** Files that wait, are being read, or wait for their meaning. */
  readonly pending: number;
  readonly current: string | null;
  readonly pause: LibraryProgress['pause'];
  readonly isRebuilding: boolean;
};

/** Nothing to do. */
export const idleProgress: LibraryProgress = {
  filesDone: 0,
  filesTotal: 0,
  current: null,
  pause: null,
  remainingMs: null,
  isRebuilding: false,
};

/** The rate is that of the last two minutes: what comes is more like what came last. */
const windowMs = 2 * 60_000;
/** Fewer files, or less time, say nothing about the rest. */
const leastFiles = 5;
const leastMs = 5_000;

/** Makes progress out of how many files are left, with the time that the rest will take. */
export function createProgressMeter(clock: Clock): (parts: ProgressParts) => LibraryProgress {
  let total = 0;
  let lastPending = 0;
  let samples: readonly { readonly atMs: number; readonly done: number }[] = [];

  const remainingMs = (done: number, pending: number): number | null => {
    const now = clock.monotonicMs();
    const oldest = samples.find(({ atMs }) => now - atMs <= windowMs);
    if (oldest === undefined || done - oldest.done < leastFiles || now - oldest.atMs < leastMs) return null;
    return Math.round(((now - oldest.atMs) / (done - oldest.done)) * pending);
  };

  return ({ pending, current, pause, isRebuilding }) => {
    if (pending === 0) {
      [total, lastPending, samples] = [0, 0, []];
      return { ...idleProgress, pause, isRebuilding };
    }
    total += Math.max(0, pending - lastPending);
    lastPending = pending;
    const done = total - pending;
    const now = clock.monotonicMs();
    // While the work rests, its rate is not what it will be.
    const isResting = pause !== null && pause !== 'busy';
    samples = isResting ? [] : [...samples.filter(({ atMs }) => now - atMs <= windowMs), { atMs: now, done }];
    return {
      filesDone: done,
      filesTotal: total,
      current,
      pause,
      remainingMs: isResting ? null : remainingMs(done, pending),
      isRebuilding,
    };
  };
}
