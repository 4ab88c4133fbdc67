import { describe, expect, it } from 'vitest';
import { buildDocument } from '../../testing/build-records.ts';
import { checkSentence } from './check-sentence.ts';
import { exampleWords } from './compose-prompt.ts';
import type { EvidencePassage } from './evidence.ts';

const evidence = (...texts: readonly string[]): readonly EvidencePassage[] =>
  buildDocument(texts).passages.map((passage, index) => ({
    passage,
    mark: index + 1,
    score: 1,
    chance: 1,
    sentences: [{ text: passage.text, vector: null, similarity: 0.6, coverage: 0.5 }],
  }));

const passages = evidence(
  'Anna Berger runs the bakery in Linz since 1998. It sells 1,200 loaves a day.',
  'The mill by the river was closed after the flood of 2002.',
);

const about = (question: string) => ({ question, exampleWords: new Set<string>() });

describe('checkSentence', () => {
  it.each([
    ['Anna Berger runs the bakery.', [1]],
    ['The bakery sells 1200 loaves a day.', [1]],
    ['The mill was closed after the flood.', [2]],
    // Each of these says something that no passage does.
    ['Anna Berger runs the mill in Graz.', []],
    ['The bakery sells 1300 loaves a day.', []],
    ['The mill was rebuilt by the council with public money.', []],
    ['Otto Berger runs the bakery in Linz.', []],
  ])('finds what carries %j', (sentence, marks) => {
    expect(checkSentence(sentence, null, about('What is known?'), passages)).toEqual({
      isSupported: marks.length > 0,
      marks,
    });
  });

  // An answer that only repeats the question shares most of its words with the passage and still says nothing true.
  it('does not take the words of the question for evidence', () => {
    const question = 'Who runs the bakery in Linz?';
    expect(checkSentence('Napoleon runs the bakery in Linz.', null, about(question), passages).isSupported).toBe(false);
    expect(checkSentence('The bakery in Linz is run by robots.', null, about(question), passages).isSupported).toBe(
      false,
    );
  });

  // A small model answered "May dogs come?" of a lease with the ferry of the prompt's example.
  it('carries nothing that comes from the example in the prompt', () => {
    const template = '# user\n\nText: The ferry leaves at 8.\n\n# assistant\n\nAt 8.\n\n# user\n\nText: {{text}}';
    const context = { question: 'Who runs the bakery?', exampleWords: exampleWords(template) };
    const said = (sentence: string) => checkSentence(sentence, null, context, passages).isSupported;
    expect(said('Anna Berger runs the bakery in Linz since 1998.')).toBe(true);
    expect(said('Anna Berger runs the bakery in Linz and the ferry since 1998.')).toBe(false);
  });
});
