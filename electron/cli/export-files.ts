import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isNodeError } from '../platform/node-error.ts';
import { AppError } from '../shared/app-error.ts';

/** Where the files of an export go. */
export type ExportTarget = {
  /** Absolute: a folder, or the path of the one file. */
  readonly path: string;
  readonly isFolder: boolean;
};

/**
 * What is at `path` decides. What is not there becomes a folder where an export has several files, or where the path has
 * no extension to be a file's. Throws AppError `disk/not-writable` for a device, and for one file where several are to go.
 */
export async function exportTarget(
  path: string,
  { hasSeveralFiles, extension }: { readonly hasSeveralFiles: boolean; readonly extension: string },
): Promise<ExportTarget> {
  const status = await stat(path).catch(() => null);
  if (status === null) return { path, isFolder: hasSeveralFiles || (extension === '.md' && extname(path) === '') };
  if (status.isDirectory()) return { path, isFolder: true };
  if (status.isFile() && !hasSeveralFiles) return { path, isFolder: false };
  throw new AppError('disk/not-writable', 'The export cannot be written there.');
}

function toDiskError(error: unknown): unknown {
  if (isNodeError(error, 'ENOSPC', 'EDQUOT')) return new AppError('disk/full', 'There is no room for the export.');
  if (isNodeError(error, 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST')) {
    return new AppError('disk/not-writable', 'The export cannot be written there.', {}, { cause: error });
  }
  return error;
}

type OpenFile = { readonly handle: FileHandle; readonly partPath: string; readonly path: string };

/** Writes the files of an export, each complete or not at all, readable by their owner only. */
export class ExportFiles {
  readonly #target: ExportTarget;
  /** Names in the export, and the paths that they got. */
  readonly #paths = new Map<string, string>();
  #open: OpenFile | null = null;

  constructor(target: ExportTarget) {
    this.#target = target;
  }

  /** Those that are complete. */
  get paths(): readonly string[] {
    return [...this.#paths.values()];
  }

  /** Throws AppError `disk/*`. */
  async write(fileName: string, content: string | Uint8Array): Promise<void> {
    try {
      if (!this.#paths.has(fileName)) {
        await this.#finish();
        this.#open = await this.#create(fileName);
        this.#paths.set(fileName, this.#open.path);
      }
      await this.#open?.handle.writeFile(content);
    } catch (error) {
      throw toDiskError(error);
    }
  }

  /** Throws AppError `disk/*`. */
  async end(): Promise<void> {
    await this.#finish().catch((error: unknown) => {
      throw toDiskError(error);
    });
  }

  /** Removes what is not complete; call it whatever happened. */
  async abandon(): Promise<void> {
    if (this.#open === null) return;
    await this.#open.handle.close();
    await rm(this.#open.partPath, { force: true });
    this.#open = null;
  }

  async #create(fileName: string): Promise<OpenFile> {
    const path = await this.#choosePath(fileName);
    const partPath = `${path}.part`;
    return { path, partPath, handle: await open(partPath, 'w', 0o600) };
  }

  /** Nothing that was there before is replaced, unless it was named as the file to write. */
  async #choosePath(fileName: string): Promise<string> {
    const { path, isFolder } = this.#target;
    if (!isFolder) return path;
    await mkdir(path, { recursive: true });
    const extension = extname(fileName);
    const stem = fileName.slice(0, fileName.length - extension.length);
    for (let number = 1; ; number += 1) {
      const chosen = join(path, number === 1 ? fileName : `${stem} (${number})${extension}`);
      if ((await stat(chosen).catch(() => null)) === null) return chosen;
    }
  }

  async #finish(): Promise<void> {
    if (this.#open === null) return;
    const { handle, partPath, path } = this.#open;
    await handle.sync();
    await handle.close();
    this.#open = null;
    await rename(partPath, path);
  }
}
