import { basename } from 'node:path/posix';
import { fromRandomAccessReaderPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { AppError } from '../../../shared/app-error.ts';
import { openFileSource } from '../../protocol/file-source.ts';
import type { FileLocation, FileSource } from '../../protocol/file-source.ts';
import { ArchiveReader } from './archive-reader.ts';
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

/** What came of reading an archive: its own fault, unless the file itself could not be read. */
const damaged = (name: string, cause: unknown): AppError =>
  AppError.isInstance(cause) ? cause : new AppError('transfer/damaged', 'The archive is damaged.', { name }, { cause });

const tooLarge = (name: string, limitBytes: number): AppError =>
  new AppError('transfer/too-large', 'The export is larger than the limit.', { name, limitBytes });

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

async function openArchive(source: FileSource, name: string, limits: ExportLimits): Promise<readonly ExportText[]> {
  let zip: ZipFile;
  try {
    zip = await fromRandomAccessReaderPromise(new ArchiveReader(source), source.sizeBytes, { autoClose: false });
  } catch (error) {
    throw damaged(name, error);
  }
  const entries = await listEntries(zip, name, limits);
  return entries.map((entry) => ({ path: entry.fileName, chunks: () => inflate(zip, entry, name) }));
}

async function openTexts(
  source: FileSource,
  name: string,
  limits: ExportLimits,
): Promise<Pick<ExportFile, 'isArchive' | 'texts'>> {
  const head = Buffer.alloc(4);
  const headBytes = await source.read(head, 0);
  if (headBytes === 0) throw new AppError('file/empty', 'The file has no bytes.', { name });
  if (source.sizeBytes > limits.totalBytes) throw tooLarge(name, limits.totalBytes);
  const isArchive = head.readUInt16BE(0) === 0x504b && head[2] !== undefined && head[2] < 9 && head[3] === head[2] + 1;
  if (isArchive) return { isArchive, texts: await openArchive(source, name, limits) };
  return { isArchive, texts: [{ path: name, chunks: () => source.chunks() }] };
}

/**
 * Opens a file of one text, or a ZIP archive of some. Throws AppError `file/*`, `transfer/damaged` for an archive that
 * contradicts itself, `transfer/too-large`.
 */
export async function openExportFile(location: FileLocation, limits: ExportLimits): Promise<ExportFile> {
  const source = await openFileSource(location);
  try {
    return { ...(await openTexts(source, location.name, limits)), close: () => source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}
