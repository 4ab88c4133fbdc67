import { contentWords } from '../../../shared/content-words.ts';

/** A word of a question that carries meaning. */
export type QuestionWord = {
  /** As it stands in the question, in lower case: what the full-text index counts. */
  readonly word: string;
  /** What its forms share, for comparing with the words of passages. */
  readonly stem: string;
  /** A name, a number, an identifier or something in quotation marks: what a passage can hardly say in other words. */
  readonly isExact: boolean;
};

/** More would only slow the search of a pasted page. */
const wordLimit = 32;

const token = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;

function isExact(question: string, word: string, index: number): boolean {
  if (/\p{N}/u.test(word) || /\p{Ll}\p{Lu}/u.test(word)) return true;
  // The first word of a question has its capital from there.
  if (index > 0 && /^\p{Lu}/u.test(word) && !/[.!?:]\s*$/.test(question.slice(0, index))) return true;
  return (
    /["“„«'`/_.]$/.test(question.slice(0, index)) || /^(?:["”“»`/_]|\.\p{L})/u.test(question.slice(index + word.length))
  );
}

/** The words of a question that carry meaning, each stem once, in order; at most 32. */
export function questionWords(question: string): readonly QuestionWord[] {
  const words = new Map<string, QuestionWord>();
  for (const match of question.matchAll(token)) {
    const [stem] = contentWords(match[0]);
    if (stem === undefined) continue;
    const known = words.get(stem);
    const exact = isExact(question, match[0], match.index) || known?.isExact === true;
    words.set(stem, { word: known?.word ?? match[0].toLowerCase(), stem, isExact: exact });
  }
  return [...words.values()].slice(0, wordLimit);
}

/** Pairs of stems that stand side by side in the question, with nothing but blank space or a hyphen between them. */
export function questionPairs(question: string): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  let last: { readonly stem: string; readonly end: number } | null = null;
  for (const match of question.matchAll(token)) {
    const [stem] = contentWords(match[0]);
    if (stem === undefined) continue;
    if (last && /^[\s-]{1,3}$/.test(question.slice(last.end, match.index))) pairs.push([last.stem, stem]);
    last = { stem, end: match.index + match[0].length };
  }
  return pairs;
}

/** How rare a word is: the logarithm of BM25's inverse document frequency, never negative. */
export function rarity(passages: number, count: number): number {
  return Math.log(1 + (passages - Math.min(count, passages) + 0.5) / (count + 0.5));
}
