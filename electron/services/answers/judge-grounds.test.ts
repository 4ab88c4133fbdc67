import { describe, expect, it } from 'vitest';
import { calibration } from './calibration.ts';
import { judgeGrounds, logOddsOfAny } from './judge-grounds.ts';

describe('logOddsOfAny', () => {
  it('grows with each passage that may hold the answer', () => {
    expect(logOddsOfAny([0.5])).toBeCloseTo(0);
    expect(logOddsOfAny([0.5, 0.5])).toBeCloseTo(Math.log(3));
    expect(Number.isFinite(logOddsOfAny([1, 1]))).toBe(true);
    expect(Number.isFinite(logOddsOfAny([0]))).toBe(true);
  });
});

describe('judgeGrounds with the calibration that comes with the app', () => {
  const judge = (...chances: readonly number[]) => judgeGrounds({ chances, foundCount: 10, coverage: 1 }, calibration);

  it('is surer the likelier the passages are, from withheld to high', () => {
    const all = [judge(0.005, 0.005), judge(0.2, 0.1), judge(0.6, 0.2), judge(0.95, 0.3)];
    const confidences = all.map(({ confidence }) => confidence ?? -1);
    expect([...confidences].sort((one, other) => one - other)).toEqual(confidences);
    expect(all[0]).toMatchObject({ isWithheld: true, level: 'low' });
    expect(all.at(-1)).toMatchObject({ isWithheld: false, level: 'high' });
  });

  it('withholds when nothing was found', () => {
    expect(judge()).toEqual({ confidence: 0, level: 'low', isWithheld: true });
  });

  // A confidence that was made of words alone would say what was never calibrated.
  it('says no confidence where only words were compared', () => {
    expect(judgeGrounds({ chances: null, foundCount: 3, coverage: 0.7 }, calibration)).toEqual({
      confidence: null,
      level: null,
      isWithheld: false,
    });
    expect(judgeGrounds({ chances: null, foundCount: 3, coverage: 0.3 }, calibration).isWithheld).toBe(true);
  });
});
