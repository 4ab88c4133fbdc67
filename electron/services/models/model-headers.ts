import { basename } from 'node:path';
import { readAdapterDescription } from '../../inference/gguf/adapter/read-adapter-description.ts';
import type { GgufAdapterDescription } from '../../inference/gguf/adapter/read-adapter-description.ts';
import type { GgufDescription } from '../../inference/gguf/gguf-description.ts';
import { readGgufDescription } from '../../inference/gguf/read-gguf-description.ts';
import { readSplitDescription } from '../../inference/gguf/read-split-description.ts';
import { AppError } from '../../shared/app-error.ts';
import { filesOf } from './model-file.ts';
import type { ModelFile } from './model-file.ts';
import { nameOfPart } from './split-files.ts';

/** What the header of a file says, or why it says nothing. */
export type ModelHeader =
  | { readonly status: 'usable'; readonly file: ModelFile; readonly gguf: GgufDescription }
  | { readonly status: 'adapter'; readonly file: ModelFile; readonly adapter: GgufAdapterDescription }
  | { readonly status: 'unusable'; readonly file: ModelFile; readonly error: AppError };

/** Headers by file; a file is read again only when its size or time changed. */
export interface ModelHeaders {
  read(file: ModelFile): Promise<ModelHeader>;
  /** In the order of `files`; forgets those that are not among them. */
  readAll(files: readonly ModelFile[]): Promise<readonly ModelHeader[]>;
}

const isSame = (a: ModelFile, b: ModelFile): boolean =>
  a.sizeBytes === b.sizeBytes &&
  a.modifiedMs === b.modifiedMs &&
  a.missingPart === b.missingPart &&
  filesOf(a).length === filesOf(b).length;

async function describe(file: ModelFile, signal: AbortSignal): Promise<GgufDescription> {
  if (file.missingPart !== undefined) {
    const missing = basename(nameOfPart(file.name, file.missingPart));
    throw new AppError('model/missing-part', 'A part of the model is missing.', { name: basename(file.name), missing });
  }
  if (file.parts === undefined) return await readGgufDescription(file.path, signal);
  return await readSplitDescription(
    file.parts.map(({ path }) => path),
    signal,
  );
}

/** The reader of models says so of sound files of the type `adapter`. */
function isAdapter(error: unknown): boolean {
  return AppError.isInstance(error) && error.code === 'model/unsupported' && error.details['reason'] === 'type-adapter';
}

async function readHeader(file: ModelFile, signal: AbortSignal): Promise<ModelHeader> {
  try {
    return { status: 'usable', file, gguf: await describe(file, signal) };
  } catch (error) {
    if (!isAdapter(error)) return { status: 'unusable', file, error: AppError.from(error) };
  }
  return await readAdapterDescription(file.path, signal).then(
    (adapter): ModelHeader => ({ status: 'adapter', file, adapter }),
    (error: unknown): ModelHeader => ({ status: 'unusable', file, error: AppError.from(error) }),
  );
}

/** An empty cache. `signal` ends readings that are under way. */
export function createModelHeaders(signal: AbortSignal): ModelHeaders {
  const known = new Map<string, ModelHeader>();

  const read = async (file: ModelFile): Promise<ModelHeader> => {
    const before = known.get(file.path);
    if (before !== undefined && isSame(before.file, file)) return before;
    const header = await readHeader(file, signal);
    signal.throwIfAborted();
    known.set(file.path, header);
    return header;
  };

  return {
    read,
    async readAll(files) {
      const paths = new Set(files.map(({ path }) => path));
      for (const path of known.keys()) if (!paths.has(path)) known.delete(path);
      return Promise.all(files.map(read));
    },
  };
}
