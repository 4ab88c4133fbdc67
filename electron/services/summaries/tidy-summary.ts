import { contentWords, digitsIn, namesIn, numbersIn } from '../../shared/content-words.ts';
import { sentenceSpans } from '../../shared/sentences.ts';

/** Share of a sentence's content words that the source must have: the rest is the model's way of putting it. */
const enoughWords = 0.5;

/** Share of a sentence's words in an earlier one above which it says nothing new. */
const sameWords = 0.8;

/** What a model says about its task instead of the text. */
const chatter = /^(?:sure|certainly|here (?:is|are)|the following is|in \d+ sentences|summary)\b[^.]*:?$/i;

const sentencesOf = (text: string): readonly string[] =>
  [...sentenceSpans(text)].map(({ start, end }) => text.slice(start, end).replaceAll(/\s+/g, ' '));

const plain = (sentence: string): string =>
  sentence
    .replace(/^(?:summary|overview)\s*:\s*/i, '')
    .replace(/^(?:[-*•]|\d+[.)])\s+/, '')
    .trim();

/**
 * What is usable of a summary that a model wrote: whole sentences that say something new, with no number and no name
 * that the source lacks, and most of whose words are the source's. Empty when nothing is. At most `limit` sentences.
 */
export function tidySummary(raw: string, source: string, limit: number): string {
  const sourceWords = contentWords(source);
  const sourceNumbers = numbersIn(source);
  const kept: { readonly text: string; readonly words: ReadonlySet<string> }[] = [];
  for (const sentence of raw.split('\n').flatMap(sentencesOf).map(plain)) {
    const words = contentWords(sentence);
    const isWhole = /[.!?…。！？]["'”’»)\]]*$/u.test(sentence) && words.size >= 2 && !chatter.test(sentence);
    const isTrue =
      [...digitsIn(sentence)].every((number) => sourceNumbers.has(number)) &&
      [...namesIn(sentence)].every((name) => sourceWords.has(name)) &&
      [...words].filter((word) => sourceWords.has(word)).length >= words.size * enoughWords;
    const isNew = kept.every(
      (other) => [...words].filter((word) => other.words.has(word)).length < words.size * sameWords,
    );
    if (isWhole && isTrue && isNew) kept.push({ text: sentence, words });
  }
  return kept
    .slice(0, limit)
    .map(({ text }) => text)
    .join(' ');
}

/** Sentences that are too short or too long to stand by themselves. */
const shortest = 25;
const longest = 400;

/**
 * The sentences that say most of what a text says: those whose content words occur most often in it (Luhn 1958), in the
 * order of the text. At most `limit`.
 */
export function centralSentences(text: string, limit: number): string {
  const sentences = sentencesOf(text).filter(({ length }) => length >= shortest && length <= longest);
  const counts = new Map<string, number>();
  const wordsOf = sentences.map((sentence) => [...contentWords(sentence)]);
  for (const word of wordsOf.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const scored = sentences.map((sentence, index) => {
    const words = wordsOf[index] ?? [];
    const sum = words.reduce((total, word) => total + Math.log(counts.get(word) ?? 1), 0);
    return { sentence, index, score: sum / Math.max(6, words.length) };
  });
  const best = [...scored].sort((one, other) => other.score - one.score).slice(0, limit);
  return best
    .sort((one, other) => one.index - other.index)
    .map(({ sentence }) => sentence)
    .join(' ');
}

/** True when the end of a text says the same thing over and over: a line three times, or twelve words three times. */
export function isLooping(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 10);
  const last = lines.at(-1);
  if (last !== undefined && lines.filter((line) => line === last).length >= 3) return true;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < 36) return false;
  const tail = words.slice(-12).join(' ');
  return words.join(' ').split(tail).length - 1 >= 3;
}
