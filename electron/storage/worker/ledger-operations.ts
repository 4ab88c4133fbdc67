import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import type { LedgerEntryId } from '../../shared/ids.ts';
import { ledgerEntrySchema } from '../../shared/ledger-entry.ts';
import type { LedgerEntry } from '../../shared/ledger-entry.ts';
import type { LedgerQuery } from '../../shared/ledger-query.ts';
import { ledgerSumSchema } from '../ledger-operations.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { chainHashOf } from './ledger-chain.ts';
import { checkLedger } from './check-ledger.ts';
import { readOptionalRow, readRow, readRows, requireFound } from './rows.ts';

const select = `
  SELECT id, at, host, purpose, asked_by AS askedBy, outcome, bytes_sent AS bytesSent, bytes_received AS bytesReceived,
    body_hash AS bodyHash, input_tokens AS inputTokens, output_tokens AS outputTokens,
    cost_micro_dollars AS costMicroDollars, conversation_id AS conversationId, chain_hash AS chainHash
  FROM ledger`;

const countSchema = z.object({ total: z.int() });
const placeSchema = z.object({ at: z.int(), rowid: z.int() });
const headSchema = z.object({ entries: z.int(), chainHash: z.string() });
const bodySchema = z.object({ body: z.instanceof(Uint8Array) });

/** A condition and its values; null does not matter. */
type Condition = readonly [sql: string, ...values: readonly (string | number)[]];

/** `like` over a text as it stands, whatever it holds. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

function conditionsOf({ text, purpose, outcome, conversationId, id, from, until }: LedgerQuery): readonly Condition[] {
  const like = containing(text);
  return [
    text === '' ? null : ([`(host LIKE ? ESCAPE '\\' OR asked_by LIKE ? ESCAPE '\\')`, like, like] as const),
    purpose === null ? null : (['purpose = ?', purpose] as const),
    outcome === null ? null : (['outcome = ?', outcome] as const),
    conversationId === null ? null : (['conversation_id = ?', conversationId] as const),
    id === null ? null : (['id = ?', id] as const),
    from === null ? null : (['at >= ?', from] as const),
    until === null ? null : (['at < ?', until] as const),
  ].filter((condition) => condition !== null);
}

const whereOf = (conditions: readonly Condition[]): string =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`;
const valuesOf = (conditions: readonly Condition[]): readonly (string | number)[] =>
  conditions.flatMap(([, ...values]) => values);

function createReading(database: Database): Handlers<`ledger.${'query' | 'following' | 'body' | 'sums' | 'check'}`> {
  const selectPlace = database.prepare('SELECT at, rowid FROM ledger WHERE id = ?');
  const selectBody = database.prepare('SELECT body FROM sent_bodies WHERE ledger_id = ?');
  const placeOf = (id: LedgerEntryId) =>
    requireFound(readOptionalRow(placeSchema, selectPlace.get(id)), 'ledger entry');

  return {
    'ledger.query': database.transaction((query) => {
      const conditions = conditionsOf(query);
      const counted = database.prepare(`SELECT count(*) AS total FROM ledger${whereOf(conditions)}`);
      const { total } = readRow(countSchema, counted.get(...valuesOf(conditions)));
      const older = query.before === null ? null : placeOf(query.before);
      const wanted: readonly Condition[] =
        older === null ? conditions : [...conditions, ['(at, rowid) < (?, ?)', older.at, older.rowid]];
      const page = database.prepare(`${select}${whereOf(wanted)} ORDER BY at DESC, rowid DESC LIMIT ?`);
      return { entries: readRows(ledgerEntrySchema, page.all(...valuesOf(wanted), query.limit)), total };
    }),
    'ledger.following': (after, limit) => {
      const place = after === null ? { at: -1, rowid: 0 } : placeOf(after);
      const rows = database.prepare(`${select} WHERE (at, rowid) > (?, ?) ORDER BY at, rowid LIMIT ?`);
      return readRows(ledgerEntrySchema, rows.all(place.at, place.rowid, limit));
    },
    'ledger.body': (id) => {
      placeOf(id);
      return readOptionalRow(bodySchema, selectBody.get(id))?.body ?? null;
    },
    'ledger.sums': ({ from, until }) => {
      const rows = database.prepare(`
        SELECT host, purpose, sum(outcome <> 'refused') AS requests, sum(outcome = 'refused') AS refused,
          sum(bytes_sent) AS bytesSent, sum(bytes_received) AS bytesReceived, total(input_tokens) AS inputTokens,
          total(output_tokens) AS outputTokens, total(cost_micro_dollars) AS costMicroDollars
        FROM ledger WHERE at >= ? AND at < ? GROUP BY host, purpose ORDER BY bytesSent DESC, host, purpose`);
      return readRows(ledgerSumSchema, rows.all(from, until));
    },
    'ledger.check': () => checkLedger(database),
  };
}

/** The work behind the repository of the ledger. */
export function createLedgerOperations(database: Database): Handlers<OperationsOf<'ledger'>> {
  const selectOne = database.prepare(`${select} WHERE id = ?`);
  const selectHead = database.prepare('SELECT entries, chain_hash AS chainHash FROM ledger_head');
  const updateHead = database.prepare('UPDATE ledger_head SET entries = ?, chain_hash = ?');
  const insert = database.prepare(`
    INSERT INTO ledger (id, at, host, purpose, asked_by, outcome, bytes_sent, bytes_received, body_hash, input_tokens,
      output_tokens, cost_micro_dollars, conversation_id, chain_number, chain_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertBody = database.prepare('INSERT INTO sent_bodies (ledger_id, sent_at, body) VALUES (?, ?, ?)');
  const update = database.prepare(`
    UPDATE ledger SET outcome = ?, bytes_sent = ?, bytes_received = ?, input_tokens = ?, output_tokens = ?,
      cost_micro_dollars = ? WHERE id = ?`);

  const write = (entry: LedgerEntry, body: Uint8Array | null): void => {
    const { entries, chainHash: before } = readRow(headSchema, selectHead.get());
    const [number, chainHash] = [entries + 1, chainHashOf(before, entries + 1, entry)];
    const { id, at, host, purpose, askedBy, outcome, bytesSent, bytesReceived, bodyHash, conversationId } = entry;
    const counts = [entry.inputTokens, entry.outputTokens, entry.costMicroDollars];
    const fixed = [id, at, host, purpose, askedBy, outcome, bytesSent, bytesReceived, bodyHash];
    insert.run(...fixed, ...counts, conversationId, number, chainHash);
    updateHead.run(number, chainHash);
    if (body !== null) insertBody.run(id, at, body);
  };

  return {
    ...createReading(database),
    'ledger.insert': database.transaction(write),
    'ledger.update': database.transaction((id, change) => {
      const current = requireFound(readOptionalRow(ledgerEntrySchema, selectOne.get(id)), 'ledger entry');
      const next = ledgerEntrySchema.parse({ ...current, ...change });
      const { outcome, bytesSent, bytesReceived, inputTokens, outputTokens, costMicroDollars } = next;
      update.run(outcome, bytesSent, bytesReceived, inputTokens, outputTokens, costMicroDollars, id);
    }),
  };
}
