import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import type { AppErrorCode } from '../../shared/app-error.ts';
import { openChunk, sealedChunkBytes, sealKeyBytes, sealTagBytes } from './sealed-file.ts';

/** Where the bytes of a file are. */
export const fileLocationSchema = z
  .object({
    /** Absolute path of a regular file. */
    path: z.string(),
    /** Name as the user knows it; its extension helps to tell the format. */
    name: z.string(),
    /** Opens a file that lies sealed, as uploads do; absent for one that lies as it is. */
    sealKey: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === sealKeyBytes).optional(),
  })
  .readonly();
export type FileLocation = z.infer<typeof fileLocationSchema>;

/** An open file, sealed or not: what is read is the content. */
export type FileSource = {
  /** Of the content when it was opened. */
  readonly sizeBytes: number;
  /** Fills the buffer with the content from `position` on; how many bytes there were. Throws `file/unreadable`. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** The content from its beginning, once more each time; each chunk is valid until the next is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
};

type Content = Pick<FileSource, 'sizeBytes' | 'read'>;

const chunkBytes = 1024 * 1024;

const codes: Readonly<Record<string, AppErrorCode>> = {
  ENOENT: 'file/not-found',
  ENOTDIR: 'file/not-found',
  EISDIR: 'file/is-folder',
};

/** What a failed call of the file system is to the user. */
function fileError(error: unknown, name: string): AppError {
  if (AppError.isInstance(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new AppError(codes[code] ?? 'file/unreadable', `The file cannot be read (${code}).`, { name });
}

async function readFully(handle: FileHandle, buffer: Uint8Array, position: number): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, position + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

async function sealedContent(handle: FileHandle, fileBytes: number, key: Uint8Array, name: string): Promise<Content> {
  const stride = sealedChunkBytes + sealTagBytes;
  const count = Math.max(1, Math.ceil(fileBytes / stride));
  const sizeBytes = Math.max(0, fileBytes - count * sealTagBytes);
  let latest: { readonly index: number; readonly content: Buffer } | null = null;

  const chunkAt = async (index: number): Promise<Buffer> => {
    if (latest?.index === index) return latest.content;
    const sealed = Buffer.alloc(Math.min(stride, fileBytes - index * stride));
    const length = await readFully(handle, sealed, index * stride);
    const content = openChunk(sealed.subarray(0, length), key, { index, isLast: index === count - 1 });
    if (content === null) throw new AppError('file/unreadable', 'The upload is not as it was written.', { name });
    latest = { index, content };
    return content;
  };

  // Only what ends with the last chunk that was written is whole, and has the size that it seems to have.
  await chunkAt(count - 1);
  return {
    sizeBytes,
    async read(buffer, position) {
      let length = 0;
      while (length < buffer.length && position + length < sizeBytes) {
        const index = Math.floor((position + length) / sealedChunkBytes);
        const content = await chunkAt(index);
        length += content.copy(buffer, length, position + length - index * sealedChunkBytes);
      }
      return length;
    },
  };
}

async function* chunksOf({ read }: Content): AsyncGenerator<Uint8Array, void, void> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let position = 0; ;) {
    const length = await read(buffer, position);
    if (length === 0) return;
    position += length;
    yield buffer.subarray(0, length);
  }
}

async function openContent(handle: FileHandle, { name, sealKey }: FileLocation): Promise<Content> {
  const stats = await handle.stat();
  if (stats.isDirectory()) throw new AppError('file/is-folder', 'The path is a folder.', { name });
  if (!stats.isFile()) throw new AppError('file/unreadable', 'Not a regular file.', { name });
  if (sealKey !== undefined) return await sealedContent(handle, stats.size, sealKey, name);
  return { sizeBytes: stats.size, read: (buffer, position) => readFully(handle, buffer, position) };
}

/** Opens a file for reading, sealed or not. Throws AppError `file/not-found`, `file/is-folder`, `file/unreadable`. */
export async function openFileSource(location: FileLocation): Promise<FileSource> {
  const { path, name } = location;
  let handle: FileHandle;
  try {
    // A named pipe would wait for a writer for ever; O_NONBLOCK does not exist on Windows, where there are none.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw fileError(error, name);
  }
  try {
    const { sizeBytes, read } = await openContent(handle, location);
    const content: Content = {
      sizeBytes,
      read: (buffer, position) =>
        read(buffer, position).catch((error: unknown) => Promise.reject(fileError(error, name))),
    };
    return { ...content, chunks: () => chunksOf(content), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw fileError(error, name);
  }
}
