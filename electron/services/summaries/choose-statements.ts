import { contentWords } from '../../shared/content-words.ts';
import type { SummaryQuote, SummaryStatement } from '../../shared/summary.ts';

/** Share of the shorter statement's words in the other above which both say the same. */
const sameWords = 0.8;

/** Places that one statement keeps, at most. */
const quoteLimit = 6;

/** What two statements share counts against the second by this much, so that a summary is not one thought in variants. */
const repetitionPenalty = 0.7;

/** Short statements would win by having one frequent word. */
const leastWords = 6;

/** Says how much a statement matters beside what it shares with the others; 0 is neutral. */
export type Weigh = (statement: SummaryStatement) => number;

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  return [...small].filter((word) => large.has(word)).length / Math.max(1, small.size);
}

/** Quotes of several statements, each place once, those that came first before others. */
export function joinQuotes(quotes: readonly SummaryQuote[]): readonly SummaryQuote[] {
  return [...new Map(quotes.toReversed().map((quote) => [quote.place.start, quote])).values()]
    .reverse()
    .slice(0, quoteLimit);
}

/** Statements that say the same become one, with the quotes of all; the first wording stays. */
export function foldStatements(statements: readonly SummaryStatement[]): readonly SummaryStatement[] {
  const kept: { statement: SummaryStatement; readonly words: ReadonlySet<string> }[] = [];
  for (const statement of statements) {
    const words = contentWords(statement.text);
    const same = kept.find((other) => overlap(words, other.words) >= sameWords);
    if (same === undefined) kept.push({ statement, words });
    else {
      const quotes = joinQuotes([...same.statement.quotes, ...statement.quotes]);
      same.statement = { ...same.statement, quotes };
    }
  }
  return kept.map(({ statement }) => statement);
}

const firstPlace = ({ quotes }: SummaryStatement): number =>
  Math.min(...quotes.map(({ place }) => place.start), Infinity);

/** In the order in which the document says it. */
export function inOrder(statements: readonly SummaryStatement[]): readonly SummaryStatement[] {
  return statements.toSorted((one, other) => (firstPlace(one) < firstPlace(other) ? -1 : 1));
}

/**
 * The statements that say most of what all of them say, and little twice: frequent words count (Luhn 1958), words of
 * those already chosen count against (maximal marginal relevance, Carbonell and Goldstein 1998). At most `limit`, those
 * of `fixed` among them; in the order of the document.
 */
export function chooseStatements(
  statements: readonly SummaryStatement[],
  limit: number,
  { fixed = [], weigh = () => 0 }: { readonly fixed?: readonly SummaryStatement[]; readonly weigh?: Weigh } = {},
): readonly SummaryStatement[] {
  const chosen = foldStatements(fixed).slice(0, limit);
  const wordsOfChosen = chosen.map(({ text }) => contentWords(text));
  const left = new Set(
    foldStatements(statements).map((statement) => ({ statement, words: contentWords(statement.text) })),
  );
  const counts = new Map<string, number>();
  for (const { words } of left) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const all = [...left].map(({ statement, words }) => {
    const sum = [...words].reduce((total, word) => total + Math.log(counts.get(word) ?? 1), 0);
    return { statement, words, worth: sum / Math.max(leastWords, words.size) + weigh(statement) };
  });
  while (chosen.length < limit && all.length > 0) {
    const scores = all.map(
      ({ words, worth }) =>
        worth - repetitionPenalty * Math.max(0, ...wordsOfChosen.map((other) => overlap(words, other))),
    );
    const best = scores.indexOf(Math.max(...scores));
    const [taken] = all.splice(Math.max(0, best), 1);
    if (taken === undefined) break;
    if (wordsOfChosen.some((other) => overlap(taken.words, other) >= sameWords)) continue;
    chosen.push(taken.statement);
    wordsOfChosen.push(taken.words);
  }
  return inOrder(chosen);
}
