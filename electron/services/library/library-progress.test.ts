import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createProgressMeter } from './library-progress.ts';

describe('createProgressMeter', () => {
  it('counts from the first file to the last, and estimates the rest from the lately measured rate', async () => {
    const clock = createFakeClock();
    const meter = createProgressMeter(clock);
    const parts = { current: null, pause: null, isRebuilding: false } as const;
    expect(meter({ ...parts, pending: 0 })).toMatchObject({ filesDone: 0, filesTotal: 0, remainingMs: null });
    expect(meter({ ...parts, pending: 100 })).toMatchObject({ filesDone: 0, filesTotal: 100, remainingMs: null });
    await clock.advance(1_000);
    expect(meter({ ...parts, pending: 99 })).toMatchObject({ filesDone: 1, remainingMs: null });
    await clock.advance(9_000);
    expect(meter({ ...parts, pending: 80 })).toMatchObject({ filesDone: 20, filesTotal: 100, remainingMs: 40_000 });
    // More files come meanwhile.
    expect(meter({ ...parts, pending: 90 })).toMatchObject({ filesDone: 20, filesTotal: 110 });
    expect(meter({ ...parts, pending: 90, pause: 'user' })).toMatchObject({ pause: 'user', remainingMs: null });
    // Catches a rest that is counted into the rate.
    await clock.advance(3_600_000);
    expect(meter({ ...parts, pending: 90 }).remainingMs).toBeNull();
    await clock.advance(10_000);
    expect(meter({ ...parts, pending: 80 }).remainingMs).toBe(80_000);
    expect(meter({ ...parts, pending: 0 })).toMatchObject({ filesDone: 0, filesTotal: 0 });
    expect(meter({ ...parts, pending: 5 })).toMatchObject({ filesDone: 0, filesTotal: 5 });
  });
});
