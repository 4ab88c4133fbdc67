import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gguf, soundGguf, withEntry, writeGguf } from '../../testing/gguf-writer.ts';
import type { GgufContent } from '../../testing/gguf-writer.ts';
import { malformedGgufFiles } from '../../testing/malformed-gguf-files.ts';
import type { AppError } from '../../shared/app-error.ts';
import { headerLimitBytes } from './header-window.ts';
import { parseGguf, readGgufDescription } from './read-gguf-description.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const embedderPath = join(root, 'resources/models/all-MiniLM-L6-v2-Q8_0.gguf');

/** Parses bytes from memory, counting how many were asked for. */
async function parse(file: Buffer, sizeBytes = file.length) {
  let bytesRead = 0;
  const source = {
    async read(buffer: Buffer, offset: number, length: number, position: number) {
      const copied = file.copy(buffer, offset, position, position + length);
      bytesRead += length;
      return { bytesRead: copied };
    },
  };
  const outcome = await parseGguf(source, sizeBytes).then(
    (description) => ({ description, error: null }),
    (error: unknown) => ({ description: null, error }),
  );
  return { ...outcome, bytesRead };
}

const file = (content: GgufContent): Buffer => writeGguf(content);

describe('GGUF description', () => {
  it('describes a sound file', async () => {
    const { description } = await parse(file(soundGguf()));
    expect(description).toMatchObject({
      version: 3,
      architecture: 'llama',
      kind: 'chat',
      name: 'Tiny',
      licence: 'apache-2.0',
      quantisation: 'Q8_0',
      contextLength: 2_048,
      embeddingLength: 32,
      blockCount: 1,
      vocabularySize: 4,
      parameterCount: 32 * 4 + 32 + 32 * 32,
      chatTemplateSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ['version 2', soundGguf({ version: 2 })],
    ['another alignment', { ...withEntry('general.alignment', gguf.u32(256)), alignment: 256 }],
    [
      'no name, licence, file type or template',
      soundGguf({ entries: soundGguf().entries.filter(([key]) => !/name|license|file_type|template/.test(key)) }),
    ],
    ['a name over several lines', withEntry('general.name', gguf.text(' \n\u0007 '))],
  ])('accepts a sound file with %s', async (_, content) => {
    expect((await parse(file(content))).error).toBeNull();
  });

  it('takes a model with a pooling type for an embedder', async () => {
    const { description } = await parse(file(withEntry('llama.pooling_type', gguf.u32(1))));
    expect(description?.kind).toBe('embedding');
  });

  it('takes a model whose pooling ranks for a reranker', async () => {
    const { description } = await parse(file(withEntry('llama.pooling_type', gguf.u32(4))));
    expect(description?.kind).toBe('reranking');
  });

  it('says how much of a cut file is missing', async () => {
    const whole = file(soundGguf());
    const { error } = await parse(whole.subarray(0, whole.length - 100));
    expect(error).toMatchObject({ code: 'model/truncated', details: { actualBytes: whole.length - 100 } });
    const expectedBytes = Number((error as AppError).details['expectedBytes']);
    expect((await parse(whole.subarray(0, expectedBytes))).error).toBeNull();
    expect((await parse(whole.subarray(0, expectedBytes - 1))).error).toMatchObject({ code: 'model/truncated' });
  });

  it('knows at least 40 kinds of malformed files', () => {
    expect(new Set(malformedGgufFiles.map(([name]) => name)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(malformedGgufFiles)('refuses %s', async (_, bytes, code, reason) => {
    const { error, bytesRead } = await parse(bytes);
    expect(error).toMatchObject({ name: 'AppError', code, details: reason === undefined ? {} : { reason } });
    expect(bytesRead).toBeLessThanOrEqual(bytes.length);
  });

  // A reader without this limit reads a sparse file of any size to its end.
  it('reads no further than the header limit when a vocabulary goes on and on', async () => {
    const entries = [...soundGguf().entries, ['x', gguf.arrayOfLength(8, 16_000_000)] as const];
    const head = writeGguf(soundGguf({ entries, tensors: [], tensorCount: 1n }));
    let bytesRead = 0;
    const sparse = {
      async read(buffer: Buffer, offset: number, length: number, position: number) {
        const copied = position < head.length ? head.copy(buffer, offset, position, position + length) : 0;
        buffer.fill(0, offset + copied, offset + length);
        bytesRead += length;
        return { bytesRead: length };
      },
    };
    await expect(parseGguf(sparse, 2 ** 40)).rejects.toMatchObject({ details: { reason: 'header-too-long' } });
    expect(bytesRead).toBeLessThanOrEqual(headerLimitBytes + 2 ** 20);
  });

  it('stops reading when it is aborted', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(readGgufDescription(embedderPath, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('GGUF description of files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-gguf-'));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it('describes the built-in embedder', async () => {
    expect(await readGgufDescription(embedderPath)).toMatchObject({
      architecture: 'bert',
      kind: 'embedding',
      name: 'all-MiniLM-L6-v2',
      quantisation: 'Q8_0',
      contextLength: 512,
      embeddingLength: 384,
      vocabularySize: 30_522,
      licence: 'apache-2.0',
      sizeBytes: 25_279_360,
    });
  });

  // The sentence for people begins with the name, and a damaged tensor's name must not take its place.
  it('names the file in what it throws', async () => {
    const tensors = soundGguf().tensors.map((tensor) => ({ ...tensor, name: 'twice' }));
    await writeFile(join(folder, 'damaged.gguf'), writeGguf(soundGguf({ tensors })));
    await expect(readGgufDescription(join(folder, 'damaged.gguf'))).rejects.toMatchObject({
      code: 'model/malformed',
      details: { reason: 'duplicate-tensor', name: 'damaged.gguf', tensor: 'twice' },
    });
  });

  it('refuses a folder, a missing file, and what is no file', async () => {
    await expect(readGgufDescription(folder)).rejects.toMatchObject({
      code: 'file/is-folder',
      details: { name: basename(folder) },
    });
    await expect(readGgufDescription(join(folder, 'none.gguf'))).rejects.toMatchObject({
      code: 'file/not-found',
      details: { name: 'none.gguf' },
    });
    await writeFile(join(folder, 'file'), '');
    await expect(readGgufDescription(join(folder, 'file', 'x.gguf'))).rejects.toMatchObject({ code: 'file/not-found' });
    await expect(readGgufDescription(`${folder}/a\0b`)).rejects.toMatchObject({ code: 'file/unreadable' });
  });

  it.each(['/dev/zero'].filter((path) => existsSync(path)))(
    'refuses the device %s without reading it',
    async (path) => {
      await expect(readGgufDescription(path)).rejects.toMatchObject({ details: { reason: 'not-a-file' } });
    },
  );
});
