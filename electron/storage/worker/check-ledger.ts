import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { ledgerEntrySchema } from '../../shared/ledger-entry.ts';
import type { LedgerCheck } from '../../shared/ledger-query.ts';
import { chainHashOf } from './ledger-chain.ts';
import { readRow } from './rows.ts';

const linkSchema = ledgerEntrySchema
  .unwrap()
  .pick({ id: true, at: true, host: true, purpose: true, askedBy: true, chainHash: true })
  .extend({
    number: z.int(),
    bodyHash: z.string().nullable(),
    conversationId: ledgerEntrySchema.unwrap().shape.conversationId.unwrap(),
  });
const headSchema = z.object({ entries: z.int(), chainHash: z.string(), unchained: z.int() });
const countSchema = z.object({ count: z.int() });

/**
 * Computes the chain anew and names the first entry that is not what it was or does not follow the one before; where the
 * end is missing, the last that is left. Somebody who has the key of the database and knows how the chain is made can make it
 * anew; nobody else can, and no mistake does.
 */
export function checkLedger(database: Database): LedgerCheck {
  const head = readRow(
    headSchema,
    database.prepare('SELECT entries, chain_hash AS chainHash, unchained FROM ledger_head').get(),
  );
  const unchainedRow = database.prepare('SELECT count(*) AS count FROM ledger WHERE chain_number IS NULL').get();
  const { count: unchained } = readRow(countSchema, unchainedRow);
  const rows = database.prepare(`
    SELECT id, at, host, purpose, asked_by AS askedBy, body_hash AS bodyHash, conversation_id AS conversationId,
      chain_number AS number, chain_hash AS chainHash
    FROM ledger WHERE chain_number IS NOT NULL ORDER BY chain_number`);
  let [before, entries] = ['', 0];
  let last = { id: '', at: 0 };
  for (const row of rows.iterate()) {
    const link = readRow(linkSchema, row);
    const { id, at, number, chainHash } = link;
    const isNext = number === entries + 1 && chainHash === chainHashOf(before, number, link);
    if (!isNext) return { status: 'broken', entryId: id, at, entries };
    [before, entries, last] = [chainHash, entries + 1, { id, at }];
  }
  const isWhole = entries === head.entries && before === head.chainHash && unchained === head.unchained;
  return isWhole
    ? { status: 'whole', entries, unchained }
    : { status: 'broken', entryId: last.id, at: last.at, entries };
}
