import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { messageIdSchema } from '../../shared/ids.ts';
import { messageHitSchema } from '../../shared/message-search.ts';
import type { MessageHit, MessageSearch } from '../../shared/message-search.ts';
import { matchesQuery, parseSearchQuery } from '../../shared/search-query.ts';
import type { SearchTerm } from '../../shared/search-query.ts';
import type { Handlers } from '../operations.ts';
import { shownTextOfRow } from './message-index.ts';
import { flagColumn, readRow, readRows } from './rows.ts';
import { makeSnippet } from './search-snippet.ts';

const hitRowSchema = messageHitSchema
  .unwrap()
  .omit({ snippet: true, matches: true })
  .extend({ isArchived: flagColumn });
const branchRowSchema = z.object({ id: messageIdSchema, parts: z.string() });
const idRowSchema = z.object({ id: messageIdSchema });

/** Terms as a query of SQLite's full-text search. Folded words have no quotation marks, so nothing in it is an operator. */
function toMatchExpression(terms: readonly SearchTerm[]): string {
  return terms.map(({ words, isPrefix }) => `"${words.join(' ')}"${isPrefix ? ' *' : ''}`).join(' AND ');
}

// The index gives its rows newest first by itself, so that the limit ends the reading; the plan is held by a test.
/** Newest messages with all words. */
export const selectMessageHits = `
  SELECT c.id AS conversationId, c.title AS conversationTitle, c.is_archived AS isArchived, m.id AS messageId, m.role,
    m.created_at AS createdAt, m.parts
  FROM message_words
  CROSS JOIN messages m ON m.search_number = message_words.rowid
  CROSS JOIN conversations c ON c.id = m.conversation_id
  WHERE message_words MATCH ? AND c.deleted_at IS NULL AND c.is_private = 0
  ORDER BY message_words.rowid DESC LIMIT ?`;

/** Most recently changed conversations with all words in their title. */
const selectTitleHits = `
  SELECT c.id AS conversationId, c.title AS conversationTitle, c.is_archived AS isArchived, NULL AS messageId,
    NULL AS role, c.updated_at AS createdAt
  FROM title_words CROSS JOIN conversations c ON c.search_number = title_words.rowid
  WHERE title_words MATCH ? AND c.deleted_at IS NULL AND c.is_private = 0
  ORDER BY c.updated_at DESC, c.id DESC LIMIT ?`;

/** Two lists that are newest first, as one. */
function mergeNewest(titles: readonly MessageHit[], messages: readonly MessageHit[]): MessageHit[] {
  const merged: MessageHit[] = [];
  let title = 0;
  for (const message of messages) {
    for (let next = titles[title]; next && next.createdAt >= message.createdAt; next = titles[title]) {
      merged.push(next);
      title += 1;
    }
    merged.push(message);
  }
  return [...merged, ...titles.slice(title)];
}

type Names = 'search' | 'searchBranch';

/** The work behind the search over messages and titles. */
export function createMessageSearchOperations(database: Database): Handlers<`messages.${Names}`> {
  const messageHits = database.prepare(selectMessageHits);
  const titleHits = database.prepare(selectTitleHits);
  const selectBranchHits = database.prepare(`
    WITH RECURSIVE branch (message_id, depth) AS (
      SELECT ?, 0
      UNION ALL
      SELECT parent_id, depth + 1 FROM branch JOIN messages ON id = message_id WHERE parent_id IS NOT NULL
    ),
    numbered AS MATERIALIZED (
      SELECT search_number AS number, id, depth FROM branch JOIN messages ON id = message_id
      WHERE search_number IS NOT NULL AND status <> 'streaming'
    ),
    found AS MATERIALIZED (
      SELECT rowid AS number FROM message_words
      WHERE message_words MATCH ?
        AND rowid BETWEEN (SELECT min(number) FROM numbered) AND (SELECT max(number) FROM numbered)
    )
    SELECT id FROM numbered JOIN found USING (number) ORDER BY depth DESC`);
  const selectTipGrowing = database.prepare("SELECT id, parts FROM messages WHERE id = ? AND status = 'streaming'");

  const search = (query: string, limit: number): MessageSearch => {
    const terms = parseSearchQuery(query);
    if (terms.length === 0) return { hits: [], hasMore: false };
    const expression = toMatchExpression(terms);
    const titles = titleHits.all(expression, limit + 1).map((row): MessageHit => {
      const hit = readRow(hitRowSchema, row);
      return { ...hit, ...makeSnippet(hit.conversationTitle, terms) };
    });
    const messages = messageHits.all(expression, limit + 1).map((row): MessageHit => ({
      ...readRow(hitRowSchema, row),
      ...makeSnippet(shownTextOfRow(row), terms),
    }));
    const hits = mergeNewest(titles, messages);
    return { hits: hits.slice(0, limit), hasMore: hits.length > limit };
  };

  return {
    'messages.search': search,
    'messages.searchBranch': (tipId, query) => {
      const terms = parseSearchQuery(query);
      if (terms.length === 0) return [];
      const finished = readRows(idRowSchema, selectBranchHits.all(tipId, toMatchExpression(terms)));
      // Only the tip of a branch can be growing; its words are not in the index yet.
      const growing = readRows(branchRowSchema, selectTipGrowing.all(tipId));
      return [...finished, ...growing.filter((row) => matchesQuery(shownTextOfRow(row), terms))].map(({ id }) => id);
    },
  };
}
