import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { presetIdSchema } from '../../shared/ids.ts';
import { presetSchema } from '../../shared/preset.ts';
import type { Handlers, OperationsOf } from '../operations.ts';
import { jsonColumn, readOptionalRow, readRows, requireChanged } from './rows.ts';

const rowSchema = z.object({ value: jsonColumn(presetSchema) });
const ownerSchema = z.object({ id: presetIdSchema });
const hiddenSchema = z.object({ presetId: presetIdSchema });

/** The work behind the repository of presets. */
export function createPresetOperations(database: Database): Handlers<OperationsOf<'presets'>> {
  const selectAll = database.prepare('SELECT value FROM presets WHERE deleted_at IS NULL ORDER BY id');
  const selectOwner = database.prepare('SELECT id FROM presets WHERE command = ? AND deleted_at IS NULL');
  const selectCommand = database.prepare('SELECT command FROM presets WHERE id = ?');
  const put = database.prepare(`
    INSERT INTO presets (id, command, value) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET command = excluded.command, value = excluded.value WHERE deleted_at IS NULL`);
  const remove = database.prepare('UPDATE presets SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL');
  const restore = database.prepare('UPDATE presets SET deleted_at = NULL WHERE id = ?');
  const selectHidden = database.prepare('SELECT preset_id AS presetId FROM hidden_presets ORDER BY preset_id');
  const hide = database.prepare('INSERT OR IGNORE INTO hidden_presets (preset_id) VALUES (?)');
  const show = database.prepare('DELETE FROM hidden_presets WHERE preset_id = ?');

  const requireFree = (command: string, id: string): void => {
    const owner = readOptionalRow(ownerSchema, selectOwner.get(command));
    if (owner === null || owner.id === id) return;
    throw new AppError('app/invalid-input', 'Another preset has this command.', { reason: 'command-taken' });
  };

  return {
    'presets.list': () => readRows(rowSchema, selectAll.all()).map(({ value }) => value),
    'presets.put': database.transaction((preset) => {
      const { id, command, isBuiltIn } = preset;
      if (isBuiltIn) throw new AppError('app/invalid-input', 'A preset that came with the app is not stored.');
      requireFree(command, id);
      requireChanged(put.run(id, command, JSON.stringify(preset)), 'preset');
    }),
    'presets.remove': (id, deletedAt) => requireChanged(remove.run(deletedAt, id), 'preset'),
    'presets.restore': database.transaction((id) => {
      const row = readOptionalRow(z.object({ command: z.string() }), selectCommand.get(id));
      if (row !== null) requireFree(row.command, id);
      requireChanged(restore.run(id), 'preset');
    }),
    'presets.hiddenBuiltIns': () => readRows(hiddenSchema, selectHidden.all()).map(({ presetId }) => presetId),
    'presets.setBuiltInHidden': (id, isHidden) => void (isHidden ? hide : show).run(id),
  };
}
