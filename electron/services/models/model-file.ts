import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isNodeError } from '../../platform/node-error.ts';

/** A file as the file system knows it; a change of any field means other content. */
export type ModelFile = {
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder that was listed, with forward slashes. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** The files of a model in several, in order, this one among them; absent for a model in one file. */
  readonly parts?: readonly ModelFile[];
  /** Number of the first part that is not there. */
  readonly missingPart?: number;
};

/** What belongs to a model: its parts, or the one file. */
export function filesOf(file: ModelFile): readonly ModelFile[] {
  return file.parts ?? [file];
}

/** Folders below the model folder that are looked into: publisher and model, as download tools sort their files. */
const deepestFolder = 2;

/** The file at `path`, called `name`; null when it is not there or no file. */
export async function statModelFile(path: string, name: string): Promise<ModelFile | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, name, sizeBytes: found.size, modifiedMs: found.mtimeMs } : null;
  } catch {
    return null;
  }
}

async function listBelow(folder: string, prefix: string, depth: number): Promise<readonly ModelFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !name.startsWith('.'))
    .map(async (entry): Promise<readonly ModelFile[]> => {
      const path = join(folder, entry.name);
      const name = `${prefix}${entry.name}`;
      if (entry.isDirectory()) return depth < deepestFolder ? listBelow(path, `${name}/`, depth + 1) : [];
      if (!/\.gguf$/i.test(entry.name)) return [];
      const file = await statModelFile(path, name);
      return file === null ? [] : [file];
    });
  return (await Promise.all(found)).flat();
}

/**
 * The GGUF files of a folder and of two levels of folders below it, by name; hidden ones and linked folders are left
 * out. Empty when the folder does not exist or cannot be read.
 */
export async function listModelFiles(folder: string): Promise<readonly ModelFile[]> {
  try {
    const files = await listBelow(folder, '', 0);
    return [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isNodeError(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM')) return [];
    throw error;
  }
}

/** Name of the file at `path` for an index of `folder`: relative inside of it, absolute elsewhere. */
export function indexName(path: string, folder: string): string {
  return path.startsWith(folder + sep) ? path.slice(folder.length + 1).replaceAll(sep, '/') : path;
}
