import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { describeMetadata, readAlignment } from './describe-metadata.ts';
import { describeShape } from './describe-shape.ts';
import { malformed, notAModel, truncated, unsupported } from './gguf-error.ts';
import type { GgufDescription } from './gguf-description.ts';
import { HeaderWindow } from './header-window.ts';
import type { ByteSource } from './header-window.ts';
import { readMetadata } from './read-metadata.ts';
import { readTensors } from './read-tensors.ts';
import type { TensorSummary } from './read-tensors.ts';

/** Magic, version and the two counts. */
const preambleBytes = 24;
const countLimit = 65_536;
/** The formats of llama.cpp before GGUF, by their first four bytes. */
const olderMagics = new Set(['lmgg', 'fmgg', 'tjgg', 'algg', 'ggml', 'ggmf', 'ggjt', 'ggla']);

type Preamble = { readonly version: number; readonly tensorCount: number; readonly keyCount: number };

function readVersion(window: HeaderWindow): number {
  const version = window.u32();
  if (version === 2 || version === 3) return version;
  if (version === 1) throw unsupported('version-1');
  // A small number written the other way round.
  if (version !== 0 && version % 0x10000 === 0) throw unsupported('big-endian');
  if (version > 3 && version < 0x10000) throw unsupported('version-newer', { version });
  throw malformed('version', { version });
}

/** The first bytes. A part of a split model may have no tensors (`leastTensors` 0). */
export async function readPreamble(window: HeaderWindow, leastTensors = 1): Promise<Preamble> {
  if (window.sizeBytes === 0) throw notAModel('empty');
  if (window.sizeBytes < 4) throw notAModel('magic');
  await window.need(4);
  const magic = window.bytes(4).toString('latin1');
  if (magic === 'FUGG') throw unsupported('big-endian');
  if (olderMagics.has(magic)) throw unsupported('format-older');
  if (magic !== 'GGUF') throw notAModel('magic');
  if (window.sizeBytes < preambleBytes) throw truncated(null, window.sizeBytes);
  await window.need(preambleBytes - 4);
  const version = readVersion(window);
  const [tensorCount, keyCount] = [window.u64(), window.u64()];
  if (tensorCount < leastTensors) throw malformed('tensor-count-zero');
  if (tensorCount > countLimit) throw malformed('tensor-count', { count: tensorCount });
  if (keyCount === 0) throw malformed('key-count-zero');
  if (keyCount > countLimit) throw malformed('key-count', { count: keyCount });
  return { version, tensorCount, keyCount };
}

/** Throws `model/malformed` unless width and vocabulary are what the keys say. */
export function checkEmbedding(
  { tokenEmbedding }: TensorSummary,
  embeddingLength: number,
  vocabularySize: number,
): void {
  if (tokenEmbedding === null) throw malformed('token-embedding-missing');
  const [width, tokens] = tokenEmbedding;
  if (width !== embeddingLength) throw malformed('embedding-length', { tensorLength: width ?? 0, embeddingLength });
  if (tokens !== vocabularySize) throw malformed('vocabulary-length', { tensorLength: tokens ?? 0, vocabularySize });
}

/**
 * Reads and checks the header of a GGUF file that `source` gives by position. Reads at most the header, 64 MiB; holds
 * at most a chunk of 1 MiB, the keys and the tensors' names. Throws AppError `model/not-a-model`, `model/malformed`,
 * `model/truncated` and `model/unsupported`, each with `reason` in its details but the third.
 */
export async function parseGguf(source: ByteSource, sizeBytes: number, signal?: AbortSignal): Promise<GgufDescription> {
  const window = new HeaderWindow(source, sizeBytes, signal);
  const { version, tensorCount, keyCount } = await readPreamble(window);
  const metadata = await readMetadata(window, keyCount);
  const alignment = readAlignment(metadata);
  const described = describeMetadata(metadata);
  const tensors = await readTensors(window, tensorCount, alignment);
  checkEmbedding(tensors, described.embeddingLength, described.vocabularySize);
  const shape = describeShape(metadata, described, tensors.tally);
  return {
    version,
    ...described,
    shape,
    parameterCount: tensors.parameterCount,
    sizeBytes,
    headerBytes: window.position,
  };
}

/** The error with the file's name, which the sentence for people begins with; a cancel stays what it is. */
export function fileError(error: unknown, name: string): unknown {
  if (AppError.isInstance(error)) {
    return new AppError(error.code, error.message, { ...error.details, name }, { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (typeof code !== 'string') return error;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  return isMissing
    ? new AppError('file/not-found', 'There is no such file.', { name }, { cause: error })
    : new AppError('file/unreadable', 'The file cannot be read.', { name, reason: code }, { cause: error });
}

/**
 * Describes the GGUF file at `path` from its header, after checking everything that a reader with less care would trip
 * over. Meant to run before any other reader. Throws what `parseGguf` throws, and `file/not-found`, `file/is-folder`,
 * `file/unreadable`; what is neither file nor folder is `model/not-a-model`. Their details have `name`, the file's own
 * unless another one is given.
 */
export async function readGgufDescription(
  path: string,
  signal?: AbortSignal,
  name: string = basename(path),
): Promise<GgufDescription> {
  try {
    const kind = await stat(path);
    if (kind.isDirectory()) throw new AppError('file/is-folder', 'A folder is not a model file.');
    if (!kind.isFile()) throw notAModel('not-a-file');
    // Opening a pipe that took the file's place in between must not wait for its writer.
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size } = await file.stat();
    return await parseGguf(file, size, signal);
  } catch (error) {
    throw fileError(error, name);
  }
}
