import { describe, expect, it } from 'vitest';
import type { ChatTurn } from '../../inference/engine.ts';
import { compressText } from './compress-text.ts';
import { compressTurns } from './compress-turns.ts';

const filler = (from: number, count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `Sentence number ${from + at} speaks of the weather in a small town by the sea.`,
  ).join(' ');
const answer = 'The warranty of the printer lasts twenty-four months.';
const passages = [`[1] Manual / ${filler(0, 12)}`, `[2] ${filler(20, 8)} ${answer} ${filler(30, 8)}`].join('\n\n');
const question = 'Question: How long does the warranty of the printer last?';

describe('compressTurns', () => {
  // Catches a shortening that loses the answer, the question, or the marks that citations need.
  it('keeps the question, the sentence that answers it and the marks of passages', () => {
    const { turns, savedTokens } = compressTurns([
      { role: 'system', text: 'Answer from the passages.' },
      { role: 'user', text: `${passages}\n\n${question}` },
    ]);
    const [system, asked] = turns;
    expect(system?.text).toBe('Answer from the passages.');
    expect(asked?.text).toContain(answer);
    expect(asked?.text.endsWith(question)).toBe(true);
    expect(asked?.text).toMatch(/^\[1\] Manual \/ /);
    expect(asked?.text).toMatch(/^\[2\] /m);
    expect(savedTokens).toBeGreaterThan(50);
  });

  it.each([
    ['a short one', `${answer}\n\n${question}`],
    ['a long text without a question', filler(0, 80)],
    ['nothing', ''],
  ])('leaves %s as it is', (_what, text) => {
    const turns = [{ role: 'user', text } as const];
    expect(compressTurns(turns)).toEqual({ turns, savedTokens: 0 });
  });

  it('shortens what was said long before, and never the last exchange', () => {
    const old = `${filler(0, 150)} ${answer}`;
    const recent = filler(200, 40);
    const { turns } = compressTurns([
      { role: 'user', text: old },
      { role: 'assistant', text: old },
      { role: 'user', text: recent },
      { role: 'assistant', text: recent },
      { role: 'user', text: 'And the warranty of the printer?' },
    ]);
    const [first = '', second = ''] = turns.map(({ text }) => text);
    expect(first.length + second.length).toBeLessThan(old.length * 0.7);
    expect(first).toContain(answer);
    // Where all weighs the same, what was said last stays.
    expect(second.length).toBeGreaterThan(first.length);
    expect(turns.slice(2).map(({ text }) => text)).toEqual([recent, recent, 'And the warranty of the printer?']);
  });
});

describe('a long conversation', () => {
  const exchange = (at: number): readonly ChatTurn[] => [
    { role: 'user', text: `What about town ${at}?` },
    { role: 'assistant', text: at === 3 ? `${filler(0, 9)} ${answer}` : filler(at * 20, 20) },
  ];
  const exchanges = Array.from({ length: 20 }, (_, at) => exchange(at)).flat();

  // Catches room that each turn has to itself: most of it goes to turns that say nothing of what is asked.
  it('keeps what bears on the question, wherever it was said, and a mark of the rest', () => {
    const last: ChatTurn = { role: 'user', text: 'How long does the warranty of the printer last?' };
    const { turns } = compressTurns([{ role: 'system', text: 'Be brief.' }, ...exchanges, last]);
    expect(turns.map(({ role }) => role)).toEqual(['system', ...exchanges.map(({ role }) => role), 'user']);
    expect(turns[0]?.text).toBe('Be brief.');
    expect(turns[8]?.text).toContain(answer);
    expect(turns.every(({ text }) => text.trim() !== '')).toBe(true);
    const length = (all: readonly ChatTurn[]): number => all.reduce((sum, { text }) => sum + text.length, 0);
    expect(length(turns.slice(1, -3))).toBeLessThan(length(exchanges.slice(0, -2)) * 0.35);
    expect(turns.slice(-3)).toEqual([...exchanges.slice(-2), last]);
  });
});

describe('compressText', () => {
  // Catches a comparison of whole words alone, which finds little in a language that writes them together.
  it('finds what answers in a compound of the word that was asked for', () => {
    const german = Array.from(
      { length: 12 },
      (_, at) => `Satz ${at} handelt vom Wetter in einer kleinen Stadt am Meer.`,
    );
    const telling = 'Die Kündigungsfristen betragen jeweils drei Monate zum Quartalsende.';
    const text = [...german.slice(0, 6), telling, ...german.slice(6)].join(' ');
    expect(compressText(text, 'Welche Frist gilt für Kündigungen?', 0.2)).toContain(telling);
  });

  // Catches half a program: what is asked about code shares no words with it.
  it.each([
    ['a block of code', '```ts\nconst a = 1;\n\nfunction add(b: number) {\n  return a + b. c;\n}\n```'],
    ['a block without an end', '~~~\nSELECT 1;\nSELECT 2. Then 3;'],
  ])('leaves %s whole', (_what, code) => {
    const text = `${filler(0, 8)}\n\n${filler(20, 8)}\n${code}`;
    const short = compressText(text, 'What does it return?', 0.3);
    expect(short.endsWith(code)).toBe(true);
    expect(short.length).toBeLessThan(text.length * 0.6);
  });

  it('chooses whole sentences and says where others stood', () => {
    const text = `${filler(0, 5)} ${answer} ${filler(10, 5)}`;
    const short = compressText(text, question, 0.3);
    expect(short).toContain(answer);
    expect(short.length).toBeLessThan(text.length * 0.45);
    for (const piece of short.split('[…]')) expect(text).toContain(piece.trim());
  });

  it('keeps a text of one sentence, and everything at a ratio of one', () => {
    expect(compressText(answer, question, 0.1)).toBe(answer);
    expect(compressText(passages, question, 1)).toBe(passages);
  });
});
