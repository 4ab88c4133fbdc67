import type Database from 'better-sqlite3-multiple-ciphers';
import { remoteSchema } from '../../shared/remote.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { readOptionalRow, readRows, requireChanged } from './rows.ts';

const select = `
  SELECT id, kind, zone, name, base_url AS baseUrl, model_name AS modelName, context_tokens AS contextTokens,
    policy_url AS policyUrl
  FROM remotes`;

/** The work behind the repository of large models elsewhere. They are few and rarely asked for: nothing is prepared. */
export function createRemoteOperations(database: Database): Handlers<OperationsOf<'remotes'>> {
  return {
    'remotes.list': () => readRows(remoteSchema, database.prepare(`${select} ORDER BY number`).all()),
    'remotes.get': (id) => readOptionalRow(remoteSchema, database.prepare(`${select} WHERE id = ?`).get(id)),
    'remotes.insert': ({ id, kind, zone, name, baseUrl, modelName, contextTokens, policyUrl }, createdAt) => {
      const insert = database.prepare(`
        INSERT INTO remotes (id, kind, zone, name, base_url, model_name, context_tokens, policy_url, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
      insert.run(id, kind, zone, name, baseUrl, modelName, contextTokens, policyUrl, createdAt);
    },
    'remotes.update': (id, { kind, zone, name, baseUrl, modelName, contextTokens, policyUrl }) => {
      const update = database.prepare(`
        UPDATE remotes
        SET kind = ?, zone = ?, name = ?, base_url = ?, model_name = ?, context_tokens = ?, policy_url = ?
        WHERE id = ?`);
      requireChanged(update.run(kind, zone, name, baseUrl, modelName, contextTokens, policyUrl, id), 'remote');
    },
    'remotes.remove': (id) => requireChanged(database.prepare('DELETE FROM remotes WHERE id = ?').run(id), 'remote'),
  };
}
