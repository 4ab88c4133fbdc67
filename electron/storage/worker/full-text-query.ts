import { dropStopWords } from './stop-words.ts';

/** Different words that a query is searched by at most; more would only slow the search of a pasted page. */
export const queryWordLimit = 64;

/**
 * A question as a query of SQLite's full-text search: any of its words, in quotes, so that nothing in it is an operator.
 * Null when it has no word.
 */
export function toFullTextQuery(question: string): string | null {
  const words = question.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const chosen = dropStopWords([...new Set(words)]).slice(0, queryWordLimit);
  return chosen.length > 0 ? chosen.map((word) => `"${word}"`).join(' OR ') : null;
}
