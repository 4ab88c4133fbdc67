import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { safeFileName } from '../shared/file-name.ts';

/** A path in `folder` for a model file called `name`, made safe, with a number when the name is taken. */
export function freePath(folder: string, name: string): string {
  const stem = safeFileName(name).replace(/\.gguf$/i, '');
  let path = join(folder, `${stem}.gguf`);
  for (let number = 2; existsSync(path); number += 1) path = join(folder, `${stem} (${number}).gguf`);
  return path;
}
