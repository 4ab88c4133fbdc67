import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/app-error.ts';
import { fileLocationSchema, openFileSource } from './file-source.ts';
import type { FileSource } from './file-source.ts';
import { sealChunk, sealedChunkBytes, sealTagBytes } from './sealed-file.ts';

const content = randomBytes(2 * sealedChunkBytes + 100);
const key = randomBytes(32);
const stride = sealedChunkBytes + sealTagBytes;

/** The sealed form of some bytes, made without the writer of uploads. */
function seal(bytes: Uint8Array): Buffer {
  const count = Math.max(1, Math.ceil(bytes.length / sealedChunkBytes));
  const chunks = Array.from({ length: count }, (_, index) =>
    sealChunk(bytes.subarray(index * sealedChunkBytes, (index + 1) * sealedChunkBytes), key, {
      index,
      isLast: index === count - 1,
    }),
  );
  return Buffer.concat(chunks);
}

let folder: string;
let path: string;
const sources: FileSource[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-source-'));
  path = join(folder, 'file');
});
afterEach(async () => {
  for (const source of sources.splice(0)) await source.close();
  await rm(folder, { recursive: true });
});

async function open(bytes: Uint8Array, sealKey?: Uint8Array): Promise<FileSource> {
  await writeFile(path, bytes);
  const source = await openFileSource({ path, name: 'a.txt', ...(sealKey === undefined ? {} : { sealKey }) });
  sources.push(source);
  return source;
}

async function contentOf(source: FileSource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const code = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'read',
    (error: unknown) => AppError.from(error).code,
  );

describe.each(['plain', 'sealed'] as const)('a %s file', (kind) => {
  const opened = (bytes: Uint8Array): Promise<FileSource> => (kind === 'plain' ? open(bytes) : open(seal(bytes), key));

  it('gives its size and its content, twice', async () => {
    const source = await opened(content);
    expect(source.sizeBytes).toBe(content.length);
    for (let time = 0; time < 2; time += 1) expect((await contentOf(source)).equals(content)).toBe(true);
  });

  // An archive is read from its end, in pieces that begin and end anywhere.
  it.each([
    ['its first byte', 0, 1],
    ['what a seam cuts', sealedChunkBytes - 3, 6],
    ['more than a chunk', 10, sealedChunkBytes + 10],
    ['what goes past the end', content.length - 5, 50],
    ['what lies behind the end', content.length + 1, 5],
  ])('reads %s', async (_what, position, length) => {
    const buffer = Buffer.alloc(length);
    const bytesRead = await (await opened(content)).read(buffer, position);
    expect(buffer.subarray(0, bytesRead).equals(content.subarray(position, position + length))).toBe(true);
  });

  it('is empty when nothing is in it', async () => {
    const source = await opened(Buffer.alloc(0));
    expect(source.sizeBytes).toBe(0);
    expect(await contentOf(source)).toHaveLength(0);
  });
});

describe('a sealed file that is not as it was written', () => {
  const sealed = seal(content);
  const flipped = Buffer.from(sealed);
  flipped[stride + 7] = (flipped[stride + 7] ?? 0) ^ 1;
  const swapped = Buffer.concat([
    sealed.subarray(stride, 2 * stride),
    sealed.subarray(0, stride),
    sealed.subarray(2 * stride),
  ]);

  // Catches half of a document that is taken for the whole, which is worse than an error.
  it.each([
    ['has a flipped bit', flipped],
    ['has its chunks in another order', swapped],
    ['was cut off between two chunks', sealed.subarray(0, 2 * stride)],
    ['was cut off within a chunk', sealed.subarray(0, 2 * stride - 40_000)],
    ['was cut off within a tag', sealed.subarray(0, 2 * stride + 3)],
    ['lost everything', Buffer.alloc(0)],
    ['has bytes behind its end', Buffer.concat([sealed, Buffer.alloc(20)])],
  ])('is refused when it %s', async (_what, bytes) => {
    expect(await code(open(bytes, key).then(contentOf))).toBe('file/unreadable');
  });

  it('is refused with another key', async () => {
    expect(await code(open(sealed, randomBytes(32)).then(contentOf))).toBe('file/unreadable');
  });

  it('is refused when it is cut off while it is read', async () => {
    const source = await open(sealed, key);
    await truncate(path, stride);
    expect(await code(contentOf(source))).toBe('file/unreadable');
  });
});

describe('fileLocationSchema', () => {
  it('takes a key of 32 bytes or none', () => {
    const taken = [undefined, key, key.subarray(1), 'x'.repeat(32)].map(
      (sealKey) => fileLocationSchema.safeParse({ path: '/a', name: 'a', sealKey }).success,
    );
    expect(taken).toEqual([true, true, false, false]);
  });
});
