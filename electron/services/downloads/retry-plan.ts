import { AppError } from '../../shared/app-error.ts';

/** Tries in a row that bring nothing, after which a person has to say whether it goes on. */
const triesWithoutProgress = 8;
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/** What follows from a failed try. `pause` is for what only a person can change; `fail` for what another try would not. */
export type Verdict =
  { readonly type: 'retry'; readonly waitMs: number } | { readonly type: 'pause' } | { readonly type: 'fail' };

/** Failures that pass by themselves. */
const passing: ReadonlySet<string> = new Set(['hub/busy', 'hub/unexpected', 'egress/failed', 'download/stalled']);
/** Failures that a person's switch caused. */
const switched: ReadonlySet<string> = new Set(['egress/offline', 'egress/purpose-not-allowed']);

/**
 * What to do after a try. `fruitless` counts the tries in a row that brought no byte, this one included; 0 when it
 * brought some. Waits grow by two with a jitter of a half (full waits would meet again at the server).
 */
export function planRetry(error: AppError, fruitless: number, random: () => number): Verdict {
  if (switched.has(error.code)) return { type: 'pause' };
  if (!passing.has(error.code) || fruitless >= triesWithoutProgress) return { type: 'fail' };
  const asked = error.details.retryAfterMs;
  if (typeof asked === 'number') return { type: 'retry', waitMs: asked };
  const most = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, fruitless - 1));
  return { type: 'retry', waitMs: Math.round(most * (0.5 + random() / 2)) };
}
