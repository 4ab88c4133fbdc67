import { describe, expect, it } from 'vitest';
import { createSystemClock } from './system-clock.ts';

describe('createSystemClock', () => {
  it('resolves after the delay, on a clock that does not go back', async () => {
    const clock = createSystemClock();
    const before = clock.monotonicMs();
    await clock.delay(5);
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(before);
    expect(clock.now()).toBeGreaterThan(Date.UTC(2025, 0, 1));
  });

  it('rejects with the reason of the signal when it is aborted before or during the delay', async () => {
    const clock = createSystemClock();
    const reason = new Error('enough');
    await expect(clock.delay(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const waiting = clock.delay(60_000, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
