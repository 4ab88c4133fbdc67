import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { findingKindSchema, findingSchema } from '../../shared/screening.ts';
import { searchWords } from '../../shared/search-words.ts';
import { shownText } from '../../shared/shown-text.ts';
import { jsonColumn, readRow } from './rows.ts';

/** Places in the index that one second has before its messages overflow into the next. */
const placesPerSecond = 4_096;
/** Times beyond it, as a broken import may bring them, count as this: places must stay exact as JavaScript numbers. */
const lastSecond = Math.floor(Number.MAX_SAFE_INTEGER / placesPerSecond / 2);

const numberRowSchema = z.object({ number: z.int().nullable() });

/** The text parts of a message: all that is read of it for searching. Parts of other kinds have no `text` here. */
const textPartsSchema = z.array(z.object({ type: z.string(), text: z.string().optional() }));
const screeningPartsSchema = z.array(
  z.object({
    type: z.string(),
    findings: z.array(findingSchema).optional(),
    allowed: z.array(findingKindSchema).optional(),
  }),
);
const screeningRowSchema = z.object({ parts: jsonColumn(screeningPartsSchema) });
const partsRowSchema = z.object({ parts: jsonColumn(textPartsSchema) });

/** As `messageText`, from a row with a column `parts`. */
function textOfRow(row: unknown): string {
  const { parts } = readRow(partsRowSchema, row);
  return parts.flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : [])).join('\n\n');
}

/** As `shownMessageText`, from a row with a column `parts`. */
export function shownTextOfRow(row: unknown): string {
  const { parts } = readRow(screeningRowSchema, row);
  const screened = parts.filter(({ type }) => type === 'screening');
  return shownText(textOfRow(row), {
    findings: screened.flatMap(({ findings = [] }) => findings),
    allowed: screened.flatMap(({ allowed = [] }) => allowed),
  });
}

function toWords(text: string): string {
  const words: string[] = [];
  for (const { word } of searchWords(text)) words.push(word);
  return words.join(' ');
}

type IndexedTable = { readonly records: 'messages' | 'conversations'; readonly words: 'message_words' | 'title_words' };

/** Writes the words of one kind of record; call what it returns inside a transaction. */
function createWordWriter(database: Database, { records, words }: IndexedTable) {
  const selectNumber = database.prepare(`SELECT search_number AS number FROM ${records} WHERE id = ?`);
  const selectLastPlace = database.prepare(
    `SELECT max(search_number) AS number FROM ${records} WHERE search_number BETWEEN ? AND ?`,
  );
  const setNumber = database.prepare(`UPDATE ${records} SET search_number = ? WHERE id = ?`);
  const remove = database.prepare(`DELETE FROM ${words} WHERE rowid = ?`);
  const insert = database.prepare(`INSERT INTO ${words} (rowid, words) VALUES (?, ?)`);
  const readNumber = (row: unknown) => readRow(numberRowSchema, row).number;

  const findPlace = (createdAt: number): number => {
    let first = Math.min(Math.floor(createdAt / 1_000), lastSecond) * placesPerSecond;
    for (;;) {
      const last = readNumber(selectLastPlace.get(first, first + placesPerSecond - 1));
      if (last === null) return first;
      if (last < first + placesPerSecond - 1) return last + 1;
      first += placesPerSecond;
    }
  };

  return {
    /** Puts the words in, in place of those that the record had. */
    write: (id: string, createdAt: number, text: string): void => {
      let number = readNumber(selectNumber.get(id));
      if (number === null) {
        number = findPlace(createdAt);
        setNumber.run(number, id);
      } else remove.run(number);
      insert.run(number, toWords(text));
    },
    /** Takes the words out for good; the record may then go. */
    remove: (number: number): void => void remove.run(number),
  };
}

/** The full-text index over messages and titles. Its newest records have the highest places. */
export function createMessageIndex(database: Database) {
  return {
    messages: createWordWriter(database, { records: 'messages', words: 'message_words' }),
    titles: createWordWriter(database, { records: 'conversations', words: 'title_words' }),
  };
}

const titleRowSchema = z.object({ id: z.string(), title: z.string(), createdAt: z.int() });
const messageRowSchema = z.object({ id: z.string(), createdAt: z.int(), parts: z.string() });

/**
 * Writes the whole index anew from what is shown of the records, for a database that has none yet or lost it. Call it inside a transaction.
 * Version 2 calls it too, so it may read only what that version has.
 */
export function rebuildMessageIndex(database: Database): void {
  database.exec(`
    INSERT INTO message_words (message_words) VALUES ('delete-all');
    INSERT INTO title_words (title_words) VALUES ('delete-all');
    UPDATE messages SET search_number = NULL WHERE search_number IS NOT NULL;
    UPDATE conversations SET search_number = NULL WHERE search_number IS NOT NULL;
  `);
  const index = createMessageIndex(database);
  const titles = database.prepare("SELECT id, title, created_at AS createdAt FROM conversations WHERE title <> ''");
  for (const row of titles.all()) {
    const { id, title, createdAt } = readRow(titleRowSchema, row);
    index.titles.write(id, createdAt, title);
  }
  const ids = database.prepare("SELECT id FROM messages WHERE status <> 'streaming' ORDER BY created_at, rowid");
  const selectMessage = database.prepare('SELECT id, created_at AS createdAt, parts FROM messages WHERE id = ?');
  for (const { id } of ids.all().map((row) => readRow(z.object({ id: z.string() }), row))) {
    const row = readRow(messageRowSchema, selectMessage.get(id));
    index.messages.write(id, row.createdAt, shownTextOfRow(row));
  }
}
