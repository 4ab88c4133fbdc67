import type { Clock } from '../../platform/clock.ts';

/** Milliseconds from one check to the next. */
export const dayMs = 24 * 60 * 60 * 1_000;

/** Nothing is asked while the app opens. */
const firstLookAfterMs = 60_000;
/** Also the time after which a check that failed, or met work, is tried again. */
const lookEveryMs = 60 * 60 * 1_000;

/** What is done once a day. */
export type DailyCheck = {
  readonly clock: Pick<Clock, 'delay'>;
  readonly isDue: () => Promise<boolean>;
  readonly check: () => Promise<void>;
};

/** Checks when it is due, looking every hour, until the signal. Never rejects. */
export async function followDaily({ clock, isDue, check }: DailyCheck, signal: AbortSignal): Promise<void> {
  const wait = async (ms: number): Promise<void> => await clock.delay(ms, signal).catch(() => undefined);
  await wait(firstLookAfterMs);
  while (!signal.aborted) {
    // Settings of chats that are being closed cannot be read.
    if (await isDue().catch(() => false)) await check();
    await wait(lookEveryMs);
  }
}
