import { describe, expect, it } from 'vitest';
import { quickTrials, tryKeeping } from '../testing/keeping-trials.ts';

/** Steps in the first, middle and last third; `npm run campaign -- keeping-kills` takes every one. */
const someSteps = [3, 10, 15];

// Catches a key that is removed before its successor is there, and a database that nobody's record names.
describe.each(quickTrials)('a program killed while it goes from $name', (trial) => {
  it.each(someSteps)('leaves the old way or the new one, whole, at step %i', async (killAt) => {
    expect(await tryKeeping(trial, killAt)).toEqual([]);
  });
});
