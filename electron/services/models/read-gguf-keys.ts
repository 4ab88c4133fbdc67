import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { HeaderWindow } from '../../inference/gguf/header-window.ts';
import { readPreamble } from '../../inference/gguf/read-gguf-description.ts';
import { readMetadata } from '../../inference/gguf/read-metadata.ts';
import type { Metadata } from '../../inference/gguf/read-metadata.ts';
import { AppError } from '../../shared/app-error.ts';

/** The keys of a GGUF file's header, read within the bounds of the reader of headers. Throws what it throws, and what opening throws. */
export async function readGgufKeys(path: string, signal?: AbortSignal): Promise<Metadata> {
  await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const found = await file.stat();
  if (!found.isFile()) throw new AppError('model/not-a-model', 'This is no file.', { reason: 'not-a-file' });
  const window = new HeaderWindow(file, found.size, signal);
  const { keyCount } = await readPreamble(window, 0);
  return await readMetadata(window, keyCount);
}

/** A text among the keys; null when it is missing, of another type, or too long to be of use. */
export function textOf(keys: Metadata, key: string): string | null {
  const found = keys.get(key);
  return found?.kind === 'string' ? found.value : null;
}
