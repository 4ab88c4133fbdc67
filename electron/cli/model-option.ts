import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { localPath } from '../app/door-options.ts';
import { AppError } from '../shared/app-error.ts';
import type { CommandValues } from './command.ts';

/**
 * What `--model` asks of the session: an id as it is, anything else as a path made absolute. Throws AppError
 * `app/invalid-input` for an address and `file/not-found` for a path with nothing there.
 */
export function modelChange(options: CommandValues): { readonly model?: string } {
  const typed = options.text('model');
  if (typed === undefined) return {};
  if (/^sha256:[0-9a-f]{16}$/.test(typed)) return { model: typed };
  const path = localPath(typed, process.cwd());
  // Known here already, before a session is opened for it.
  if (!existsSync(path)) throw new AppError('file/not-found', 'There is no such model file', { name: basename(path) });
  return { model: path };
}
