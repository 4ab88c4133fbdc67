import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createQuickAskTiming } from './quick-ask-timing.ts';

describe('createQuickAskTiming', () => {
  it('tells how long it took from the keys to the screen, once for each press', async () => {
    const clock = createFakeClock();
    const logger = createRecordingLogger();
    let isWarm = false;
    const timing = createQuickAskTiming(clock, logger, () => isWarm);
    timing.pressed();
    // Whether there was a window counts when the keys were pressed: showing it makes one.
    isWarm = true;
    await clock.advance(80);
    timing.shown();
    timing.shown();
    timing.pressed();
    await clock.advance(7);
    timing.shown();
    expect(logger.lines.map(({ fields }) => fields)).toEqual([
      { elapsedMs: 80, isWarm: false },
      { elapsedMs: 7, isWarm: true },
    ]);
  });

  // A press that only hid the window would be counted until the next time it is shown, perhaps hours later.
  it('counts neither a press that showed nothing nor a window that came without one', async () => {
    const clock = createFakeClock();
    const logger = createRecordingLogger();
    const timing = createQuickAskTiming(clock, logger, () => true);
    timing.pressed();
    timing.dropped();
    await clock.advance(3_600_000);
    timing.shown();
    expect(logger.lines).toEqual([]);
  });
});
