import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import { fromFdPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { AppError } from '../../../shared/app-error.ts';
import { fileError } from '../read-file.ts';
import type { ExportLimits } from './export-limits.ts';

/** One text of an export: the file itself, or a file in the archive that it is. */
export type ExportText = {
  /** Its path in the archive, or the name of the file. */
  readonly path: string;
  /** Its bytes from the beginning, once more each time. */
  chunks(): AsyncIterable<Uint8Array>;
};

/** An opened export. Nothing of an archive is ever written anywhere. */
export type ExportFile = {
  readonly isArchive: boolean;
  readonly texts: readonly ExportText[];
  close(): Promise<void>;
};

const chunkBytes = 1024 * 1024;

const damaged = (name: string, cause: unknown): AppError =>
  new AppError('transfer/damaged', 'The archive is damaged.', { name }, { cause });

const tooLarge = (name: string, limitBytes: number): AppError =>
  new AppError('transfer/too-large', 'The export is larger than the limit.', { name, limitBytes });

async function* readChunks(handle: FileHandle, name: string): AsyncGenerator<Uint8Array, void, void> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let position = 0; ;) {
    let bytesRead: number;
    try {
      ({ bytesRead } = await handle.read(buffer, 0, chunkBytes, position));
    } catch (error) {
      throw fileError(error, name);
    }
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* inflate(zip: ZipFile, entry: Entry, name: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    throw damaged(name, error);
  }
}

async function listEntries(zip: ZipFile, name: string, limits: ExportLimits): Promise<readonly Entry[]> {
  if (zip.entryCount > limits.entries) throw tooLarge(name, limits.totalBytes);
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const isText = /\.jsonl?$/i.test(entry.fileName) && !basename(entry.fileName).startsWith('.');
      if (isText && !entry.isEncrypted() && entry.canDecodeFileData()) entries.push(entry);
    }
  } catch (error) {
    throw damaged(name, error);
  }
  return entries;
}

async function openArchive(handle: FileHandle, name: string, limits: ExportLimits): Promise<readonly ExportText[]> {
  let zip: ZipFile;
  try {
    zip = await fromFdPromise(handle.fd, { autoClose: false });
  } catch (error) {
    throw damaged(name, error);
  }
  const entries = await listEntries(zip, name, limits);
  return entries.map((entry) => ({ path: entry.fileName, chunks: () => inflate(zip, entry, name) }));
}

async function openTexts(
  handle: FileHandle,
  name: string,
  limits: ExportLimits,
): Promise<Pick<ExportFile, 'isArchive' | 'texts'>> {
  const stats = await handle.stat();
  if (stats.isDirectory()) throw new AppError('file/is-folder', 'A folder is not an export.', { name });
  if (!stats.isFile()) throw new AppError('file/unreadable', 'Not a regular file.', { name });
  if (stats.size === 0) throw new AppError('file/empty', 'The file has no bytes.', { name });
  if (stats.size > limits.totalBytes) throw tooLarge(name, limits.totalBytes);
  const { buffer: head } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  const isArchive = head.readUInt16BE(0) === 0x504b && head[2] !== undefined && head[2] < 9 && head[3] === head[2] + 1;
  if (isArchive) return { isArchive, texts: await openArchive(handle, name, limits) };
  return { isArchive, texts: [{ path: name, chunks: () => readChunks(handle, name) }] };
}

/**
 * Opens a file of one text, or a ZIP archive of some. Throws AppError `file/*`, `transfer/damaged` for an archive that
 * contradicts itself, `transfer/too-large`.
 */
export async function openExportFile(path: string, name: string, limits: ExportLimits): Promise<ExportFile> {
  let handle: FileHandle;
  try {
    // A named pipe would wait for a writer for ever; O_NONBLOCK does not exist on Windows, where there are none.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw fileError(error, name);
  }
  try {
    return { ...(await openTexts(handle, name, limits)), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw AppError.isInstance(error) ? error : fileError(error, name);
  }
}
