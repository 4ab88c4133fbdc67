import { contentWords } from './content-words.ts';

/** A text as a search sees it. */
export type TextStems = {
  /** Stems of the words that carry meaning, in order. */
  readonly sequence: readonly string[];
  readonly set: ReadonlySet<string>;
  /** Words of any kind. */
  readonly words: number;
};

const token = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;

/** Makes a reader of texts that stems each different word once: the passages of one search share most of them. */
export function createStemReader(): (text: string) => TextStems {
  const known = new Map<string, string | null>();
  const stemOf = (word: string): string | null => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const [stem = null] = contentWords(word);
    known.set(word, stem);
    return stem;
  };
  const texts = new Map<string, TextStems>();
  return (text) => {
    const read = texts.get(text);
    if (read) return read;
    const tokens = text.match(token) ?? [];
    const sequence = tokens.flatMap((word) => stemOf(word) ?? []);
    const stems = { sequence, set: new Set(sequence), words: tokens.length };
    texts.set(text, stems);
    return stems;
  };
}
