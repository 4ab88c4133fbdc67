import { describe, expect, it } from 'vitest';
import type { ChatTurn } from '../../inference/engine.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import { fitHistory } from './fit-history.ts';

const signal = new AbortController().signal;
/** The fake engine takes a word for a token and four more around a turn. */
const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');

function counter() {
  const engine = createFakeEngine();
  const counted: number[] = [];
  return {
    counted,
    countPromptTokens: (turns: readonly ChatTurn[]) => {
      counted.push(turns.length);
      return engine.countPromptTokens(turns, signal);
    },
    countTokens: (texts: readonly string[]) => engine.countTokens('chat', texts, signal),
  };
}

function conversation(pairs: number, wordsEach: number): readonly ChatTurn[] {
  const history = Array.from({ length: pairs }, (_, index): ChatTurn[] => [
    { role: 'user', text: words(wordsEach, `question${index}`) },
    { role: 'assistant', text: words(wordsEach, `answer${index}`) },
  ]);
  return [{ role: 'system', text: 'Be brief.' }, ...history.flat(), { role: 'user', text: 'And now?' }];
}

describe('fit history', () => {
  it('counts nothing when the history is short beyond doubt', async () => {
    const count = counter();
    const turns = conversation(1, 5);
    const fitted = await fitHistory(turns, { contextTokens: 8_192, answerTokens: 1_024 }, count, signal);
    expect(fitted).toEqual({ turns, maxTokens: 1_024, isTrimmed: false });
    expect(count.counted).toEqual([]);
  });

  it('keeps everything when it fits, and gives the answer the room that is left', async () => {
    const turns = conversation(4, 80);
    const fitted = await fitHistory(turns, { contextTokens: 1_000, answerTokens: 512 }, counter(), signal);
    const promptTokens = 6 + 8 * 84 + 6;
    expect(fitted).toEqual({ turns, maxTokens: 1_000 - promptTokens, isTrimmed: false });
  });

  it('leaves out the oldest pairs, never the system prompt or the question', async () => {
    const turns = conversation(20, 40);
    const fitted = await fitHistory(turns, { contextTokens: 1_000, answerTokens: 512 }, counter(), signal);
    expect(fitted.isTrimmed).toBe(true);
    expect(fitted.turns[0]).toEqual(turns[0]);
    expect(fitted.turns.at(-1)).toEqual(turns.at(-1));
    expect(fitted.turns[1]?.role).toBe('user');
    expect(fitted.turns.slice(1)).toEqual(turns.slice(turns.length - fitted.turns.length + 1));
    expect(fitted.maxTokens).toBeGreaterThanOrEqual(250);
  });

  // With a cut that moves at every question the engine would read the whole history again each time.
  it('cuts at the same place for several questions in a row', async () => {
    const firsts = new Set<string>();
    for (let pairs = 30; pairs < 34; pairs += 1) {
      const { turns } = await fitHistory(
        conversation(pairs, 40),
        { contextTokens: 4_000, answerTokens: 512 },
        counter(),
        signal,
      );
      firsts.add(turns[1]?.text ?? '');
    }
    const beyond = new Set<string>();
    for (let pairs = 50; pairs < 58; pairs += 1) {
      const { turns } = await fitHistory(
        conversation(pairs, 40),
        { contextTokens: 4_000, answerTokens: 512 },
        counter(),
        signal,
      );
      beyond.add(turns[1]?.text ?? '');
    }
    expect(firsts.size).toBe(1);
    expect(beyond.size).toBeLessThanOrEqual(2);
  });

  it('fails with both counts when the question alone is too long', async () => {
    const turns: readonly ChatTurn[] = [...conversation(3, 40).slice(0, -1), { role: 'user', text: words(2_000) }];
    await expect(
      fitHistory(turns, { contextTokens: 1_000, answerTokens: 512 }, counter(), signal),
    ).rejects.toMatchObject({
      code: 'prompt/too-long',
      details: { promptTokens: 2_010, contextTokens: 1_000 },
    });
  });

  it('answers a question that nearly fills the context, shortly', async () => {
    const turns: readonly ChatTurn[] = [{ role: 'user', text: words(900) }];
    const fitted = await fitHistory(turns, { contextTokens: 1_000, answerTokens: 512 }, counter(), signal);
    expect(fitted).toEqual({ turns, maxTokens: 96, isTrimmed: false });
  });

  it('answers the next question after one that was too long to answer', async () => {
    const turns: readonly ChatTurn[] = [
      { role: 'user', text: words(2_000) },
      { role: 'user', text: 'And now?' },
    ];
    const fitted = await fitHistory(turns, { contextTokens: 1_000, answerTokens: 512 }, counter(), signal);
    expect(fitted.turns).toEqual([{ role: 'user', text: 'And now?' }]);
    expect(fitted.isTrimmed).toBe(true);
  });
});
