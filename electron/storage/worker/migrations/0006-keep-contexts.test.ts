import Database from 'better-sqlite3-multiple-ciphers';
import { load } from 'sqlite-vec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createId, remoteIdSchema } from '../../../shared/ids.ts';
import { createHandlers } from '../handlers.ts';
import { migrations } from '../migrations.ts';
import { keepContexts } from './0006-keep-contexts.ts';

const oldRemote = {
  id: remoteIdSchema.parse('019c0000-0000-7000-8000-000000000080'),
  kind: 'openai-compatible',
  zone: 'own-server',
  name: 'Old',
  baseUrl: 'http://192.168.1.20:8080/v1',
  modelName: 'large',
  policyUrl: null,
} as const;

let database: Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  load(database);
  for (const { apply } of migrations.slice(0, 5)) database.transaction(() => apply(database))();
  database
    .prepare(
      'INSERT INTO remotes (id, kind, zone, name, base_url, model_name, created_at) VALUES (?, ?, ?, ?, ?, ?, 1)',
    )
    .run(oldRemote.id, oldRemote.kind, oldRemote.zone, oldRemote.name, oldRemote.baseUrl, oldRemote.modelName);
  database.transaction(() => keepContexts(database))();
});
afterEach(() => void database.close());

describe('keepContexts', () => {
  it('leaves a remote that was there as it was, and does not claim to know what it reads', () => {
    const handlers = createHandlers(database);
    expect(handlers['remotes.list']()).toEqual([{ ...oldRemote, contextTokens: null }]);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('has room for remotes', () => {
    const handlers = createHandlers(database);
    const remote = { ...oldRemote, id: createId(remoteIdSchema), name: 'Mine', modelName: null, contextTokens: null };
    handlers['remotes.insert'](remote, 5);
    handlers['remotes.update'](remote.id, { ...remote, modelName: 'large', contextTokens: 8_192 });
    expect(handlers['remotes.get'](remote.id)).toEqual({ ...remote, modelName: 'large', contextTokens: 8_192 });
    handlers['remotes.remove'](remote.id);
    expect(handlers['remotes.get'](remote.id)).toBeNull();
  });
});
