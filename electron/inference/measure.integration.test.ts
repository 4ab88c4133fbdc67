import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealEngine } from '../testing/real-engine.ts';
import { createRealEngine, readAnswer, starterModelPath } from '../testing/real-engine.ts';
import type { ChatTurn, MeasuredContinuation } from './engine.ts';

const never = new AbortController().signal;
const user = (text: string): ChatTurn => ({ role: 'user', text });
const assistant = (text: string): ChatTurn => ({ role: 'assistant', text });
const capital = [user('What is the capital of France?'), assistant('The capital of France is the city of')];
const long = 'The quick brown fox jumps over the lazy dog near the river bank. '.repeat(100);

const sumOf = (measured: MeasuredContinuation | undefined): number =>
  (measured?.logProbabilities ?? [Number.NaN]).reduce((sum, value) => sum + value, 0);

describe('measure with the starter model', () => {
  let real: RealEngine;
  beforeAll(async () => {
    real = createRealEngine();
    await real.engine.load({ slot: 'chat', path: starterModelPath }, { signal: never });
  });
  afterAll(async () => await real.engine.close());
  const measure = async (
    turns: readonly ChatTurn[],
    continuations: readonly string[],
    signal = never,
  ): Promise<readonly MeasuredContinuation[]> =>
    real.engine.measure({ turns, continuations, priority: 'background' }, signal);

  it('holds Paris for likelier than a banana', async () => {
    const [paris, banana] = await measure(capital, [' Paris', ' banana']);
    expect(sumOf(paris)).toBeGreaterThan(Math.log(0.3));
    expect(sumOf(banana)).toBeLessThan(sumOf(paris) - 5);
  });

  // Catches a continuation that starts from what an earlier one left behind, and probabilities that are off by a token.
  it('measures a longer text as the chain of its tokens, in any order', async () => {
    const together = ' Paris, which lies on the river';
    const pieces = [' Paris', ',', ' which', ' lies', ' on', ' the', ' river'];
    const [, whole, again] = await measure(capital, [' London', together, together]);
    expect(whole?.logProbabilities).toHaveLength(pieces.length);
    expect(sumOf(again)).toBeCloseTo(sumOf(whole), 3);
    for (const [index, piece] of pieces.entries()) {
      const text = `${capital[1]?.text ?? ''}${pieces.slice(0, index).join('')}`;
      const [single] = await measure([user('What is the capital of France?'), assistant(text)], [piece]);
      expect(whole?.logProbabilities[index]).toBeCloseTo(sumOf(single), 3);
    }
  });

  // Catches probabilities that are not those of the whole vocabulary: first tokens that exclude each other add up to at most 1.
  it('gives probabilities of one distribution', async () => {
    const cities = [' Paris', ' London', ' Berlin', ' the', ' Rome', ' New', ' Lyon', ' a', ' France', ','];
    const measured = await measure(capital, cities);
    const total = measured.reduce((sum, one) => sum + Math.exp(sumOf(one)), 0);
    expect(measured.every(({ logProbabilities }) => logProbabilities.length === 1)).toBe(true);
    expect(total).toBeGreaterThan(0.5);
    expect(total).toBeLessThanOrEqual(1.0001);
  });

  // Catches measuring that evicts the conversation in the window.
  it('leaves what a conversation has evaluated as it is', async () => {
    const turns = [user('What is the capital of France?')];
    const first = await readAnswer(real.engine, { conversationKey: 'window', turns });
    await real.engine.measure({ turns: capital, continuations: [' Paris'], priority: 'interactive' }, never);
    const followUp: readonly ChatTurn[] = [...turns, assistant(first.text), user('And of Spain?')];
    const second = await readAnswer(real.engine, { conversationKey: 'window', turns: followUp });
    expect(second.usage.reusedTokens).toBeGreaterThanOrEqual(first.usage.inputTokens);
    expect(second.text).toContain('Madrid');
  });

  it('says prompt/too-long, and app/invalid-input for none or too many continuations', async () => {
    await expect(measure([user('word '.repeat(9_000))], ['x'])).rejects.toMatchObject({
      code: 'prompt/too-long',
      details: { contextTokens: 8_192 },
    });
    await expect(measure(capital, ['word '.repeat(9_000)])).rejects.toMatchObject({ code: 'prompt/too-long' });
    await expect(measure(capital, [])).rejects.toMatchObject({ code: 'app/invalid-input' });
    await expect(measure(capital, Array<string>(65).fill('x'))).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await measure(capital, [''])).toEqual([{ logProbabilities: [] }]);
  });

  it('stops when aborted, and measures the same afterwards', async () => {
    const [before] = await measure(capital, [' Paris is a city']);
    const controller = new AbortController();
    const aborted = measure([user(long)], Array<string>(64).fill(long.slice(0, 600)), controller.signal);
    setTimeout(() => controller.abort(), 700);
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    const [after] = await measure(capital, [' Paris is a city']);
    expect(sumOf(after)).toBeCloseTo(sumOf(before), 3);
  });

  it('says engine/crashed when the process ends in the middle, and measures with the next one', async () => {
    const cut = measure([user(long)], Array<string>(64).fill(long.slice(0, 600)));
    setTimeout(() => real.kill(), 700);
    await expect(cut).rejects.toMatchObject({ code: 'engine/crashed' });
    const [paris, banana] = await measure(capital, [' Paris', ' banana']);
    expect(sumOf(paris)).toBeGreaterThan(sumOf(banana));
  });
});
