import { contentWords, digitsIn, namesIn, numbersIn } from '../../shared/content-words.ts';
import { cosine } from './evidence.ts';
import type { EvidencePassage } from './evidence.ts';

/** What a sentence answers, and what it may have been led astray by. */
export type SentenceContext = {
  readonly question: string;
  /** Content words of the worked example in the prompt: a small model mixes them into its answers. */
  readonly exampleWords: ReadonlySet<string>;
};

/** Whether passages carry a sentence, and which. */
export type SentenceSupport = {
  readonly isSupported: boolean;
  readonly marks: readonly number[];
  /** How likely it is carried, 0 to 1; absent where only words were compared. */
  readonly probability?: number;
};

/** Share of the content words that a passage must have to carry a sentence by its words alone. */
const enoughWords = 0.75;

/** Share that is enough where the meaning is near as well, and the cosine that is near. */
const someWords = 0.6;
const nearMeaning = 0.6;

const includesAll = (all: ReadonlySet<string>, part: ReadonlySet<string>): boolean =>
  [...part].every((item) => all.has(item));

function share(words: readonly string[], known: ReadonlySet<string>): number {
  return words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length;
}

/** How well one passage carries the sentence, 0 to 2; 0 when it does not. */
function supportBy(
  sentence: string,
  vector: Float32Array | null,
  { question, exampleWords }: SentenceContext,
  { passage, sentences }: EvidencePassage,
): number {
  const known = `${passage.documentName} ${passage.headings.join(' ')} ${passage.text}`;
  const knownWords = contentWords(known);
  const asked = contentWords(question);
  if (!includesAll(numbersIn(known), digitsIn(sentence))) return 0;
  if (![...namesIn(sentence)].every((name) => knownWords.has(name) || asked.has(name))) return 0;
  const words = [...contentWords(sentence)];
  if (words.some((word) => exampleWords.has(word) && !knownWords.has(word) && !asked.has(word))) return 0;
  // What the question said already proves nothing: the words that the answer adds must be the passage's.
  const added = words.filter((word) => !asked.has(word));
  const overlap = share(words, knownWords);
  const addedOverlap = added.length === 0 ? overlap : share(added, knownWords);
  const nearest = vector
    ? sentences.reduce((best, other) => Math.max(best, other.vector ? cosine(vector, other.vector) : 0), 0)
    : 0;
  const isCarried =
    (overlap >= enoughWords && addedOverlap >= enoughWords * 0.8) ||
    (overlap >= someWords && addedOverlap >= someWords && nearest >= nearMeaning);
  return isCarried ? overlap + nearest : 0;
}

/** A second passage is cited too when it carries the sentence nearly as well as the best. */
const asGood = 0.92;

/**
 * Checks one sentence of an answer against the passages. A passage carries it when it has every number and name in it,
 * and most of its words, or fewer of them and a sentence of nearly the same meaning; never one with words of the prompt's
 * example. At most two marks, best first.
 */
export function checkSentence(
  sentence: string,
  vector: Float32Array | null,
  context: SentenceContext,
  evidence: readonly EvidencePassage[],
): SentenceSupport {
  const supports = evidence
    .map((passage) => ({ mark: passage.mark, support: supportBy(sentence, vector, context, passage) }))
    .filter(({ support }) => support > 0)
    .sort((one, other) => other.support - one.support);
  const best = supports[0]?.support ?? 0;
  const marks = supports.filter(({ support }) => support >= best * asGood).map(({ mark }) => mark);
  return { isSupported: marks.length > 0, marks: marks.slice(0, 2) };
}
