import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { Handlers } from '../operations.ts';
import type { ScoredPassage } from '../storage.ts';
import { toFullTextQuery } from './full-text-query.ts';
import { findNearest } from './nearest-passages.ts';
import { passageRowSchema, selectPassages } from './passage-rows.ts';
import { readRow, readRows } from './rows.ts';
import { createScopeReader } from './scope.ts';
import type { PassageScope } from './scope.ts';
import { createVectorReader } from './vector-memory.ts';
import { createServingReader } from './vector-operations.ts';

const scoredRowSchema = z.object({ number: z.int(), score: z.number() });
type ScoredNumber = z.infer<typeof scoredRowSchema>;

/** Lets statements ask whether a passage is in the scope of the search that runs. */
function createScopeFunction(database: Database) {
  let current: PassageScope | null = null;
  database.function('is_in_scope', { directOnly: true }, (number) => (current?.has(Number(number)) ? 1 : 0));
  return <Output>(scope: PassageScope, work: () => Output): Output => {
    current = scope;
    try {
      return work();
    } finally {
      current = null;
    }
  };
}

/** Of words that more passages than this share of all have, the share in a scope is taken to be the same. */
const commonShare = 0.1;
/** So many passages are counted one by one all the same. */
const countedPassages = 5_000;

/** Counts the passages that have a word; call what it returns within the scope. */
function createWordCounter(database: Database): (word: string, scope: PassageScope) => number {
  const select = 'SELECT count(*) FROM passage_words WHERE passage_words MATCH ? AND rowid BETWEEN ? AND ?';
  const countInRange = database.prepare(select).pluck();
  const countInScope = database.prepare(`${select} AND is_in_scope(rowid)`).pluck();

  return (word, { first, last, count }) => {
    const query = toFullTextQuery(word);
    if (query === null || count === 0) return 0;
    const range = last - first + 1;
    const inRange = Number(countInRange.get(query, first, last));
    if (range === count) return inRange;
    const isCommon = inRange > countedPassages && inRange > range * commonShare;
    return isCommon ? Math.round((inRange * count) / range) : Number(countInScope.get(query, first, last));
  };
}

/** The work behind the searches over passages. */
export function createPassageSearch(
  database: Database,
): Handlers<`passages.${'searchLexical' | 'searchDense' | 'wordCounts'}`> {
  const readScope = createScopeReader(database);
  const within = createScopeFunction(database);
  const readVectors = createVectorReader(database);
  const serving = createServingReader(database);
  const byWords = (condition: string) =>
    database.prepare(`
    SELECT rowid AS number, -bm25(passage_words) AS score FROM passage_words
    WHERE passage_words MATCH ? AND rowid BETWEEN ? AND ? ${condition}
    ORDER BY score DESC, number LIMIT ?`);
  const selectInScope = byWords('AND is_in_scope(rowid)');
  // Asking the scope costs more than the score of a passage; where nothing lies between it need not be asked.
  const selectInRange = byWords('');
  const countWord = createWordCounter(database);
  const selectOne = database.prepare(`${selectPassages} WHERE p.number = ?`);
  const fetch = (found: readonly ScoredNumber[]): readonly ScoredPassage[] =>
    found.map(({ number, score }) => ({ passage: readRow(passageRowSchema, selectOne.get(number)), score }));

  const searchLexical = (query: string, searchScope: SearchScope, limit: number): readonly ScoredPassage[] => {
    const words = toFullTextQuery(query);
    const scope = readScope(searchScope);
    if (words === null || scope.count === 0) return [];
    const isWhole = scope.last - scope.first + 1 === scope.count;
    const select = isWhole ? selectInRange : selectInScope;
    const rows = within(scope, () => select.all(words, scope.first, scope.last, limit));
    return fetch(readRows(scoredRowSchema, rows));
  };

  return {
    'passages.searchLexical': searchLexical,
    'passages.searchDense': (modelId, vector, searchScope, limit) => {
      const index = serving();
      if (index?.modelId !== modelId || index.dimensions !== vector.length) return [];
      const scope = readScope(searchScope);
      return scope.count === 0 ? [] : fetch(findNearest(readVectors(index), vector, scope, limit));
    },
    'passages.wordCounts': (words, searchScope) => {
      const scope = readScope(searchScope);
      return { passages: scope.count, counts: within(scope, () => words.map((word) => countWord(word, scope))) };
    },
  };
}
