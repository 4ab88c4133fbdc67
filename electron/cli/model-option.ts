import { localPath } from '../app/door-options.ts';
import type { CommandValues } from './command.ts';

/** What `--model` asks of the session: an id as it is, anything else as a path made absolute. Throws AppError `app/invalid-input`. */
export function modelChange(options: CommandValues): { readonly model?: string } {
  const typed = options.text('model');
  if (typed === undefined) return {};
  return { model: /^sha256:[0-9a-f]{16}$/.test(typed) ? typed : localPath(typed, process.cwd()) };
}
