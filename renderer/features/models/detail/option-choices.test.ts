import { describe, expect, it } from 'vitest';
import { qwenDetail } from '../../../testing/build-model.ts';
import { batchChoices, layerChoices, scaleChoices, threadChoices, windowChoices } from './option-choices.ts';

describe('choices of options', () => {
  it('end at what the model was trained for, and keep what the command line has set', () => {
    // Catches a choice that shows another value than the one in force.
    const choices = windowChoices(qwenDetail({ contextTokens: 5_000 }));
    expect(choices.at(-1)).toBe(32_768);
    expect(choices).toContain(5_000);
    expect(choices).toEqual([...choices].sort((a, b) => a - b));
  });

  it('offer no more threads than there are cores, and at least one', () => {
    expect(threadChoices(qwenDetail(), { cores: 6 })).toEqual([1, 2, 3, 4, 6]);
    expect(threadChoices(qwenDetail(), { cores: 1 })).toEqual([1]);
  });

  it('offer quarters of the layers, each once', () => {
    expect(layerChoices(qwenDetail())).toEqual([0, 9, 18, 27, 36]);
    expect(layerChoices({ ...qwenDetail(), fit: { ...qwenDetail().fit, layers: 1 } })).toEqual([0, 1]);
  });

  it('keep an unusual batch and scale', () => {
    expect(batchChoices(qwenDetail({ batchTokens: 333 }))).toContain(333);
    expect(scaleChoices(0.33)).toContain(0.33);
  });
});
