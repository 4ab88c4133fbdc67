import { contentWords, digitsIn, namesIn, numbersIn } from '../../shared/content-words.ts';

/** Finds which of some texts carry a statement, strongest first; null when together they do not carry it. */
export type FindSupport = (statement: string) => readonly number[] | null;

/** Share of a statement's content words that its sources must have: the rest is the model's way of putting it. */
const enoughWords = 0.6;

/** Sources that a statement rests on, at most: what needs more is a mixture of what the text says apart. */
const sourceLimit = 3;

/** A further source must add this share of the statement's weight, or a number or a name that was missing. */
const worthwhileShare = 0.12;

/** A number or a name counts as much as so many words when sources are chosen. */
const factWeight = 3;

/** Share of a statement's words in one source above which both must agree in saying yes or no. */
const sameMatter = 0.6;

const negation = /\b(?:not|no|never|none|neither|nor|cannot|without|nicht|kein\w*|nie|niemals|ohne|weder)\b|n['’]t\b/iu;

type Source = { readonly words: ReadonlySet<string>; readonly isNegated: boolean };

function gainOf(source: Source, missing: ReadonlySet<string>, weightOf: (word: string) => number): number {
  let gain = 0;
  for (const word of missing) if (source.words.has(word)) gain += weightOf(word);
  return gain;
}

/**
 * Support by words: every number and every name of a statement must stand in its sources, and most of its words; rare
 * words say more about where it comes from than common ones. A statement that says no where its source says yes, or the
 * other way round, is not carried.
 */
export function createFindSupport(texts: readonly string[]): FindSupport {
  const sources = texts.map((text): Source => ({
    words: new Set([...contentWords(text), ...numbersIn(text)]),
    isNegated: negation.test(text),
  }));
  const counts = new Map<string, number>();
  for (const { words } of sources) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);

  return (statement) => {
    const facts = new Set([...digitsIn(statement), ...namesIn(statement)]);
    const words = new Set([...contentWords(statement), ...facts]);
    if (words.size < 2) return null;
    const weightOf = (word: string): number =>
      Math.log(1 + sources.length / (counts.get(word) ?? sources.length)) * (facts.has(word) ? factWeight : 1);
    const total = [...words].reduce((sum, word) => sum + weightOf(word), 0);
    const missing = new Set(words);
    const chosen: number[] = [];
    while (chosen.length < sourceLimit && missing.size > 0) {
      const gains = sources.map((source) => gainOf(source, missing, weightOf));
      const gain = Math.max(0, ...gains);
      const best = gains.indexOf(gain);
      const source = sources[best];
      if (source === undefined || gain < total * worthwhileShare) break;
      chosen.push(best);
      for (const word of source.words) missing.delete(word);
    }
    const strongest = sources[chosen[0] ?? -1];
    if (strongest === undefined || [...facts].some((fact) => missing.has(fact))) return null;
    if (words.size - missing.size < words.size * enoughWords) return null;
    const shared = [...words].filter((word) => strongest.words.has(word)).length;
    const disagrees = shared >= words.size * sameMatter && negation.test(statement) !== strongest.isNegated;
    return disagrees ? null : chosen;
  };
}
