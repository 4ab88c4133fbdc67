import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { keyOwnerSchema } from '../../shared/key.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { savedStateSchema } from '../saved-state-operations.ts';
import { readOptionalRow, readRows, requireFound } from './rows.ts';

const ownerSchema = z.object({ owner: z.string() });
const secretSchema = z.object({ secret: z.string() });

const selectStates = `
  SELECT conversation_id AS conversationId, model_id AS modelId, options_key AS optionsKey, encryption_key AS key,
    file_name AS fileName, size_bytes AS sizeBytes, tokens, used_at AS usedAt
  FROM saved_states`;

/** The work behind the repository of saved states. */
export function createSavedStateOperations(database: Database): Handlers<OperationsOf<'savedStates'>> {
  const selectAll = database.prepare(`${selectStates} ORDER BY used_at, number`);
  const selectOne = database.prepare(`${selectStates} WHERE conversation_id = ? AND model_id = ? AND options_key = ?`);
  const selectConversation = database.prepare(
    'SELECT id FROM conversations WHERE id = ? AND is_private = 0 AND deleted_at IS NULL',
  );
  const put = database.prepare(`
    INSERT OR REPLACE INTO saved_states
      (conversation_id, model_id, options_key, encryption_key, file_name, size_bytes, tokens, used_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const use = database.prepare('UPDATE saved_states SET used_at = ? WHERE file_name = ?');
  const remove = database.prepare('DELETE FROM saved_states WHERE file_name = ?');

  return {
    'savedStates.list': () => readRows(savedStateSchema, selectAll.all()),
    'savedStates.find': (conversationId, modelId, optionsKey) =>
      readOptionalRow(savedStateSchema, selectOne.get(conversationId, modelId, optionsKey)),
    'savedStates.put': database.transaction((state) => {
      // It may have been deleted while its state was written.
      requireFound(selectConversation.get(state.conversationId) ?? null, 'conversation');
      const { conversationId, modelId, optionsKey, key, fileName, sizeBytes, tokens, usedAt } = state;
      put.run(conversationId, modelId, optionsKey, key, fileName, sizeBytes, tokens, usedAt);
    }),
    'savedStates.use': (fileName, usedAt) => void use.run(usedAt, fileName),
    'savedStates.remove': database.transaction((fileNames) => {
      for (const fileName of fileNames) remove.run(fileName);
    }),
  };
}

/** The work behind the repository of secrets. */
export function createSecretOperations(database: Database): Handlers<OperationsOf<'secrets'>> {
  const selectOwners = database.prepare('SELECT owner FROM secrets ORDER BY owner');
  const selectOne = database.prepare('SELECT secret FROM secrets WHERE owner = ?');
  const put = database.prepare('INSERT OR REPLACE INTO secrets (owner, secret, changed_at) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM secrets WHERE owner = ?');

  return {
    // Those of a later version stay for it.
    'secrets.owners': () =>
      readRows(ownerSchema, selectOwners.all()).flatMap(({ owner }) => keyOwnerSchema.safeParse(owner).data ?? []),
    'secrets.get': (owner) => readOptionalRow(secretSchema, selectOne.get(owner))?.secret ?? null,
    'secrets.put': (owner, secret, changedAt) => void put.run(owner, secret, changedAt),
    'secrets.remove': (owner) => void remove.run(owner),
  };
}
