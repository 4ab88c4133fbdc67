import { describe, expect, it } from 'vitest';
import { afterNames, answerFeatures, beforeNames, questionFeatures } from './question-features.ts';
import { chanceOf, chanceWith, gainAfter, gainBefore, project, routerModel } from './router-model.ts';

const named = (text: string, task: 'chat' | 'answer' = 'chat'): ReadonlyMap<string, number | null> =>
  new Map(questionFeatures({ task, text }, 'en', null).map((value, at) => [beforeNames[at] ?? '', value]));

describe('the router’s model', () => {
  // Catches a measurement that was renamed or added without learning anew: it would silently count for nothing.
  it('has a weight for each measurement and none for others', () => {
    expect(Object.keys(routerModel.before.features).sort()).toEqual([...beforeNames].sort());
    expect(Object.keys(routerModel.after.features).sort()).toEqual([...afterNames].sort());
  });

  it('was learned with a strong model that is labelled as simulated', () => {
    expect(JSON.stringify(routerModel.from)).toContain('simulated');
  });

  // Catches numbers that mean something else being read as directions: another embedder has another length.
  it('knows nothing of the vector of another embedder', () => {
    expect(project(routerModel.projection, null)).toBeNull();
    expect(project(routerModel.projection, new Float32Array(768))).toBeNull();
    expect(project(routerModel.projection, new Float32Array(384))).toHaveLength(12);
  });

  it('takes what was not measured for the mean', () => {
    const regression = { features: { one: { mean: 3, spread: 2, weight: 1.5 } }, intercept: 0.4 };
    const chance = 1 / (1 + Math.exp(-0.4));
    expect(chanceOf(regression, ['one'], [null])).toBeCloseTo(chance);
    expect(chanceOf(regression, ['one'], [3])).toBeCloseTo(chance);
    expect(chanceOf(regression, ['one'], [5])).toBeCloseTo(1 / (1 + Math.exp(-1.9)));
  });

  it('keeps the chance of the local model that it was learned with, and of one whose size nobody knows', () => {
    const { parameterCount } = routerModel.strength;
    expect(chanceWith(routerModel, 0.6, parameterCount)).toBeCloseTo(0.6);
    expect(chanceWith(routerModel, 0.6, null)).toBeCloseTo(0.6);
    expect(chanceWith(routerModel, 0.6, 2 * parameterCount)).toBeLessThan(0.6);
    expect(chanceWith(routerModel, 0, 0)).toBe(0);
    expect(chanceWith(routerModel, 1, 2 * parameterCount)).toBe(1);
  });

  it('gives a chance for anything that can be asked', () => {
    const sure = { supported: 1, tokenProbability: null, confidence: 0.99, isWithheld: false };
    for (const text of ['', ' ', '🙂', 'a'.repeat(100_000), '\u0000\ud800', '```\nx = 1\n```']) {
      const before = questionFeatures({ task: 'answer', text }, null, null);
      for (const gain of [
        gainBefore(routerModel, before),
        gainAfter(routerModel, [...before, ...answerFeatures(sure)]),
      ]) {
        expect(gain).toBeGreaterThanOrEqual(0);
        expect(gain).toBeLessThanOrEqual(1);
      }
    }
  });

  it('expects less of a large model the surer the local answer is', () => {
    const before = questionFeatures({ task: 'answer', text: 'Who signed the lease?' }, 'en', null);
    const [sure, unsure] = [0.99, 0.3].map((confidence) => {
      const answer = { supported: 0.9, tokenProbability: null, confidence, isWithheld: false };
      return gainAfter(routerModel, [...before, ...answerFeatures(answer)]);
    });
    expect(sure).toBeLessThan(unsure ?? 0);
  });
});

describe('questionFeatures', () => {
  it.each([
    ['How many tenants are there?', 'asksHowMany'],
    ['In what year was it signed?', 'asksWhen'],
    ['Wer hat den Vertrag unterschrieben?', 'asksWho'],
    ['Summarize the discussion about the new remote control', 'asksToWrite'],
    ['Is there a deposit?', 'asksYesNo'],
  ])('tells the kind of "%s"', (text, kind) => {
    const measured = named(text);
    expect(
      [...measured].filter(([name, value]) => name.startsWith('asks') && name !== 'askedWords' && value === 1),
    ).toEqual([[kind, 1]]);
  });

  // Catches a pasted text whose words are taken for the question.
  it('looks for the kind in what is asked, not in the text that was pasted before it', () => {
    const measured = named('Who lives here is how many people know.\n\nWhy did they move?');
    expect([measured.get('asksWhy'), measured.get('asksWho')]).toEqual([1, 0]);
  });
});
