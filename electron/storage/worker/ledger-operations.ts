import type Database from 'better-sqlite3-multiple-ciphers';
import { ledgerEntrySchema } from '../../shared/ledger-entry.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { readOptionalRow, readRows, requireFound } from './rows.ts';

const select = `
  SELECT id, at, host, purpose, asked_by AS askedBy, outcome, bytes_sent AS bytesSent, bytes_received AS bytesReceived
  FROM ledger`;

/** The work behind the repository of the ledger. */
export function createLedgerOperations(database: Database): Handlers<OperationsOf<'ledger'>> {
  const selectNewest = database.prepare(`${select} ORDER BY at DESC, id DESC LIMIT ?`);
  const selectOne = database.prepare(`${select} WHERE id = ?`);
  const insert = database.prepare(`
    INSERT INTO ledger (id, at, host, purpose, asked_by, outcome, bytes_sent, bytes_received)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = database.prepare('UPDATE ledger SET outcome = ?, bytes_sent = ?, bytes_received = ? WHERE id = ?');

  return {
    'ledger.list': (limit) => readRows(ledgerEntrySchema, selectNewest.all(limit)),
    'ledger.insert': ({ id, at, host, purpose, askedBy, outcome, bytesSent, bytesReceived }) => {
      insert.run(id, at, host, purpose, askedBy, outcome, bytesSent, bytesReceived);
    },
    'ledger.update': database.transaction((id, change) => {
      const current = requireFound(readOptionalRow(ledgerEntrySchema, selectOne.get(id)), 'ledger entry');
      const { outcome, bytesSent, bytesReceived } = ledgerEntrySchema.parse({ ...current, ...change });
      update.run(outcome, bytesSent, bytesReceived, id);
    }),
  };
}
