import type { AppError } from '../../shared/app-error.ts';

/** Tries in a row that bring nothing, after which a person has to say whether it goes on. */
const triesWithoutProgress = 8;
/** As many while there is no connection: a train leaves its tunnel after a while, here at most after half an hour. */
const triesWithoutConnection = 35;
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/** What follows from a failed try. `pause` is for what only a person can change; `fail` for what another try would not. */
export type Verdict =
  { readonly type: 'retry'; readonly waitMs: number } | { readonly type: 'pause' } | { readonly type: 'fail' };

/** Tries for failures that pass by themselves. */
const patience: Readonly<Partial<Record<AppError['code'], number>>> = {
  'hub/busy': triesWithoutProgress,
  'hub/unexpected': triesWithoutProgress,
  'egress/failed': triesWithoutConnection,
  'download/stalled': triesWithoutConnection,
};

/**
 * What to do after a try. `fruitless` counts the tries in a row that brought no byte, this one included; 0 when it
 * brought some. Waits grow by two with a jitter of a half (full waits would meet again at the server); a server that
 * names a wait gets at least that.
 */
export function planRetry(error: AppError, fruitless: number, random: () => number): Verdict {
  // Only a person's switch causes these, so only a person can go on.
  if (error.code === 'egress/offline' || error.code === 'egress/purpose-not-allowed') return { type: 'pause' };
  if (fruitless >= (patience[error.code] ?? 0)) return { type: 'fail' };
  const most = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, fruitless - 1));
  const waitMs = Math.round(most * (0.5 + random() / 2));
  const asked = error.details.retryAfterMs;
  return { type: 'retry', waitMs: typeof asked === 'number' ? Math.max(asked, waitMs) : waitMs };
}
