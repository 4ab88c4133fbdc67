import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/app-error.ts';
import { readAlignment } from '../describe-metadata.ts';
import { malformed, notAModel, unsupported } from '../gguf-error.ts';
import { HeaderWindow } from '../header-window.ts';
import type { ByteSource } from '../header-window.ts';
import { fileError, readPreamble } from '../read-gguf-description.ts';
import type { Metadata } from '../read-metadata.ts';
import { readMetadata } from '../read-metadata.ts';
import { readTensors } from '../read-tensors.ts';

/** What the header of a sound LoRA adapter says. */
export type GgufAdapterDescription = {
  /** Of the models that it changes, as their files call it. */
  readonly architecture: string;
  /** `general.name` on one line, at most 200 characters; null when missing. */
  readonly name: string | null;
  /** Values in all of its tensors. */
  readonly parameterCount: number;
  readonly sizeBytes: number;
};

/**
 * Reads and checks the header of an adapter that `source` gives by position. Throws AppError `model/wrong-kind` for a GGUF
 * file that is no adapter, `model/unsupported` for one of another kind than LoRA, and what `parseGguf` throws.
 */
export async function parseGgufAdapter(
  source: ByteSource,
  sizeBytes: number,
  signal?: AbortSignal,
): Promise<GgufAdapterDescription> {
  const window = new HeaderWindow(source, sizeBytes, signal);
  const { tensorCount, keyCount } = await readPreamble(window);
  const metadata = await readMetadata(window, keyCount);
  if (textOf(metadata, 'general.type') !== 'adapter')
    throw new AppError('model/wrong-kind', 'The file is no adapter.', { wanted: 'adapter' });
  const type = textOf(metadata, 'adapter.type');
  if (type !== 'lora') throw unsupported('adapter-type', { type: (type ?? '').slice(0, 30) });
  const architecture = textOf(metadata, 'general.architecture');
  if (architecture === null || architecture === '') throw malformed('key-missing', { key: 'general.architecture' });
  const alpha = metadata.get('adapter.lora.alpha');
  // The library divides by the rank and multiplies with this: what is no number would make every answer one.
  if (alpha?.kind !== 'number' || !Number.isFinite(alpha.value)) throw malformed('adapter-alpha');
  const { parameterCount } = await readTensors(window, tensorCount, readAlignment(metadata));
  const name = textOf(metadata, 'general.name')
    ?.replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
  return { architecture, name: name === undefined || name === '' ? null : name, parameterCount, sizeBytes };
}

/** Describes the adapter at `path`. Throws what `parseGgufAdapter` throws, and what `readGgufDescription` throws for files. */
export async function readAdapterDescription(path: string, signal?: AbortSignal): Promise<GgufAdapterDescription> {
  try {
    const kind = await stat(path);
    if (kind.isDirectory()) throw new AppError('file/is-folder', 'A folder is no adapter.');
    if (!kind.isFile()) throw notAModel('not-a-file');
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size } = await file.stat();
    return await parseGgufAdapter(file, size, signal);
  } catch (error) {
    throw fileError(error, basename(path));
  }
}

function textOf(metadata: Metadata, key: string): string | null {
  const found = metadata.get(key);
  if (found === undefined) return null;
  if (found.kind !== 'string') throw malformed('key-type', { key });
  return found.value;
}
