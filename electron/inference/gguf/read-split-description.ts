import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { describeMetadata, readAlignment } from './describe-metadata.ts';
import { describeShape } from './describe-shape.ts';
import type { GgufDescription } from './gguf-description.ts';
import { malformed, notAModel } from './gguf-error.ts';
import { HeaderWindow } from './header-window.ts';
import { checkEmbedding, fileError, readPreamble } from './read-gguf-description.ts';
import { readMetadata } from './read-metadata.ts';
import type { Metadata } from './read-metadata.ts';
import { readTensors } from './read-tensors.ts';
import type { TensorSummary } from './read-tensors.ts';
import { TensorTally } from './tensor-tally.ts';

type Part = {
  readonly version: number;
  readonly metadata: Metadata;
  readonly tensors: TensorSummary;
  readonly sizeBytes: number;
  readonly headerBytes: number;
};

function needSplitKey(metadata: Metadata, key: string, expected: number): void {
  const found = metadata.get(key);
  if (found?.kind !== 'number' || found.value !== expected) throw malformed('split-parts', { key });
}

async function readPart(
  path: string,
  place: { readonly number: number; readonly count: number; readonly tally: TensorTally },
  signal?: AbortSignal,
): Promise<Part> {
  const { number, count, tally } = place;
  try {
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const found = await file.stat();
    if (!found.isFile()) throw notAModel('not-a-file');
    const window = new HeaderWindow(file, found.size, signal);
    // Split tools may put the keys alone into the first part.
    const { version, tensorCount, keyCount } = await readPreamble(window, 0);
    const metadata = await readMetadata(window, keyCount);
    needSplitKey(metadata, 'split.no', number);
    needSplitKey(metadata, 'split.count', count);
    const tensors = await readTensors(window, tensorCount, readAlignment(metadata), tally);
    return { version, metadata, tensors, sizeBytes: found.size, headerBytes: window.position };
  } catch (error) {
    throw fileError(error, basename(path));
  }
}

/**
 * Describes a model in several files, given in order, from the headers of all: that each is the part that its name says,
 * and that its tensors are there. The description is of the whole. Throws what `readGgufDescription` throws.
 */
export async function readSplitDescription(paths: readonly string[], signal?: AbortSignal): Promise<GgufDescription> {
  const parts: Part[] = [];
  const tally = new TensorTally();
  for (const [number, path] of paths.entries()) {
    parts.push(await readPart(path, { number, count: paths.length, tally }, signal));
  }
  const [first] = parts;
  const [firstPath = ''] = paths;
  if (first === undefined) throw notAModel('empty');
  try {
    const whole = new Map(first.metadata);
    whole.delete('split.count');
    const described = describeMetadata(whole);
    const tensors: TensorSummary = {
      parameterCount: parts.reduce((sum, part) => sum + part.tensors.parameterCount, 0),
      tokenEmbedding: parts.find((part) => part.tensors.tokenEmbedding !== null)?.tensors.tokenEmbedding ?? null,
      tally,
    };
    checkEmbedding(tensors, described.embeddingLength, described.vocabularySize);
    const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
    const { version, headerBytes } = first;
    const shape = describeShape(whole, described, tally);
    return { version, ...described, shape, parameterCount: tensors.parameterCount, sizeBytes, headerBytes };
  } catch (error) {
    throw fileError(error, basename(firstPath));
  }
}
