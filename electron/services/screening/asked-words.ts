import type { ScreeningContext } from './screening-service.ts';

/** What a model was given, ready to be compared with. */
export type AskedWords = {
  /** Whether the model was given this link, character by character. */
  hasLink(address: string): boolean;
  /** Whether it was given this word, whatever its case. */
  hasWord(word: string): boolean;
  /** Whether so many words stand in what it was given in this order, one after the other. */
  hasSequence(words: readonly string[]): boolean;
  /** Replaced pieces and own words, in lower case and without signs. */
  readonly originals: readonly string[];
};

/** Words a sequence is known by: those of longer ones are looked up piece by piece. */
const sequenceLength = 3;
/** Shortest original that is looked for inside other characters. */
const shortestOriginal = 4;

/** Letters and digits in lower case: what stays of a text when it becomes part of an address. */
export const compacted = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Words in lower case, in order. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Sequences of words, made when the first link asks for them: most answers have none. */
function sequencesOf(asked: readonly string[]): { readonly words: Set<string>; readonly sequences: Set<string> } {
  const words = new Set<string>();
  const sequences = new Set<string>();
  for (const text of asked) {
    const list = wordsOf(text);
    for (const [index, word] of list.entries()) {
      words.add(word);
      if (index >= sequenceLength - 1) sequences.add(list.slice(index - sequenceLength + 1, index + 1).join(' '));
    }
  }
  return { words, sequences };
}

/** Reads the context once, when it is first needed. */
export function readAsked({ asked, originals }: ScreeningContext): AskedWords {
  let read: ReturnType<typeof sequencesOf> | null = null;
  const known = () => (read ??= sequencesOf(asked));
  return {
    hasLink: (address) => asked.some((text) => text.includes(address)),
    hasWord: (word) => known().words.has(word),
    hasSequence: (words) =>
      words.length >= sequenceLength &&
      words
        .slice(sequenceLength - 1)
        .every((_, index) => known().sequences.has(words.slice(index, index + sequenceLength).join(' '))),
    originals: [...new Set(originals.map(compacted))].filter((one) => one.length >= shortestOriginal),
  };
}
