import { describe, expect, it } from 'vitest';
import { planHistory, summaryLimit } from './plan-history.ts';
import type { HistorySizes } from './plan-history.ts';

const template = { base: 4, perTurn: 4, system: 4 };

/** Pairs of turns of so many tokens each, and a question of 10. */
function conversation(pairs: number, tokensEach: number, change: Partial<HistorySizes> = {}): HistorySizes {
  const roles = Array.from({ length: pairs * 2 }, (_, index) => (index % 2 === 0 ? 'user' : 'assistant'));
  return {
    contextTokens: 1_000,
    answerTokens: 512,
    template,
    systemTokens: 6,
    history: roles.map((role) => ({ role, tokens: tokensEach })),
    tail: [10],
    trimming: 'drop-oldest',
    summary: null,
    ...change,
  };
}

const spent = (plan: ReturnType<typeof planHistory>): number =>
  plan.systemTokens + plan.summaryTokens + plan.historyTokens + plan.tailTokens + plan.answerTokens;

describe('planHistory', () => {
  it('keeps everything that fits, and gives the answer the room that is left', () => {
    const promptTokens = 10 + 8 * 84 + 14;
    expect(planHistory(conversation(4, 80))).toEqual({
      droppedTurns: 0,
      standIn: 'none',
      summaryTokens: 0,
      systemTokens: 10,
      historyTokens: 8 * 84,
      tailTokens: 14,
      answerTokens: 1_000 - promptTokens,
      isTooLong: false,
    });
  });

  it('drops the oldest pairs, so that what stays begins with a question', () => {
    const plan = planHistory(conversation(20, 40));
    expect(plan.droppedTurns).toBeGreaterThan(0);
    expect(plan.droppedTurns % 2).toBe(0);
    expect(plan.answerTokens).toBeGreaterThanOrEqual(250);
  });

  // With a cut that moves at every question the engine would read the whole history again each time.
  it('cuts at the same place for several questions in a row', () => {
    const cuts = [50, 51, 52, 53, 54].map(
      (pairs) => planHistory(conversation(pairs, 40, { contextTokens: 4_000 })).droppedTurns,
    );
    expect(new Set(cuts).size).toBeLessThanOrEqual(2);
  });

  it('says when the question alone is too long, and for which size it no longer is', () => {
    expect(planHistory(conversation(3, 10, { tail: [990] }))).toMatchObject({ isTooLong: true, answerTokens: 0 });
    expect(planHistory(conversation(0, 0, { tail: [900] }))).toMatchObject({ isTooLong: false, answerTokens: 86 });
  });

  it('leaves room for a summary that has to be written, and uses a stored one while it reaches far enough', () => {
    const unwritten = planHistory(conversation(20, 40, { trimming: 'summarise-oldest' }));
    expect(unwritten.standIn).toBe('unwritten');
    expect(unwritten.summaryTokens).toBeGreaterThan(summaryLimit(1_000));
    const summary = { turns: unwritten.droppedTurns, tokens: 60 };
    const stored = planHistory(conversation(20, 40, { trimming: 'summarise-oldest', summary }));
    expect(stored).toMatchObject({ standIn: 'stored', droppedTurns: unwritten.droppedTurns });
    const later = planHistory(conversation(30, 40, { trimming: 'summarise-oldest', summary }));
    expect(later.standIn).toBe('unwritten');
    expect(later.droppedTurns).toBeGreaterThan(summary.turns);
  });

  it('ignores a stored summary where everything fits', () => {
    const plan = planHistory(conversation(2, 40, { trimming: 'summarise-oldest', summary: { turns: 2, tokens: 50 } }));
    expect(plan).toMatchObject({ standIn: 'none', droppedTurns: 0, summaryTokens: 0 });
  });

  // The meter's promise: the parts never add up to more than the window, whatever the sizes.
  it('never plans more than the window', () => {
    for (let seed = 1; seed < 400; seed += 1) {
      const contextTokens = 200 + ((seed * 97) % 5_000);
      const plan = planHistory(
        conversation(seed % 40, (seed * 31) % 300, {
          contextTokens,
          answerTokens: 16 + ((seed * 53) % 4_000),
          tail: [(seed * 71) % contextTokens],
          trimming: seed % 2 === 0 ? 'drop-oldest' : 'summarise-oldest',
          summary: seed % 3 === 0 ? { turns: Math.min(seed % 40, 4), tokens: seed % 90 } : null,
        }),
      );
      expect(plan.isTooLong ? 0 : spent(plan)).toBeLessThanOrEqual(contextTokens);
      expect(plan.droppedTurns).toBeLessThanOrEqual((seed % 40) * 2);
    }
  });
});
