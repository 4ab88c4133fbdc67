import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../shared/answer-part.ts';
import { gguf, withEntry, writeGguf } from '../../testing/gguf-writer.ts';
import { buildModelFile, createTestModels } from '../../testing/test-models.ts';
import type { TestModels } from '../../testing/test-models.ts';

const signal = new AbortController().signal;
let test: TestModels;
beforeEach(async () => {
  test = await createTestModels();
});
afterEach(() => test.close());

describe('import of a model', () => {
  const bring = async (name: string, bytes: Buffer): Promise<readonly AnswerPart[]> => {
    const path = join(test.folder, name);
    await writeFile(path, bytes);
    return importPath(path);
  };
  const importPath = async (path: string): Promise<readonly AnswerPart[]> => {
    const { runId } = await test.service.import(test.ticketFor(path));
    return Array.fromAsync(test.runs.follow(runId, -1, signal));
  };
  const visible = async (): Promise<readonly string[]> =>
    (await readdir(test.models)).filter((name) => !name.startsWith('.sotto-models'));

  it('copies the file, tells its progress, and has it in the list with the same content', async () => {
    const bytes = buildModelFile('New', 3_000_000);
    const parts = await bring('new.gguf', bytes);
    expect(parts[0]).toMatchObject({ type: 'run-start', modelName: 'New' });
    expect(parts).toContainEqual(
      expect.objectContaining({ type: 'progress', phase: 'copying', done: bytes.length, total: bytes.length }),
    );
    expect(parts.at(-1)).toMatchObject({ type: 'run-end', reason: 'complete' });
    expect(await readFile(join(test.models, 'new.gguf'))).toEqual(bytes);
    expect(await visible()).toEqual(['new.gguf']);
    expect((await test.service.current())?.description.name).toBe('New');
  });

  it('makes the model folder where there is none', async () => {
    await rm(test.models, { recursive: true });
    expect((await bring('new.gguf', buildModelFile('New'))).at(-1)).toMatchObject({ reason: 'complete' });
    expect(await visible()).toEqual(['new.gguf']);
  });

  it.each([
    ['is no model', Buffer.from('x'.repeat(5_000)), 'model/not-a-model'],
    ['is cut', buildModelFile('Cut').subarray(0, 500), 'model/truncated'],
    ['is of an unknown kind', writeGguf(withEntry('general.architecture', gguf.text('stork'))), 'model/unsupported'],
  ])('refuses a file that %s before a byte is copied', async (_, bytes, code) => {
    await expect(bring('bad.gguf', bytes)).rejects.toMatchObject({ code, details: { name: 'bad.gguf' } });
    expect(await visible()).toEqual([]);
  });

  it('keeps one copy when the content is there under another name', async () => {
    await test.place('there.gguf', buildModelFile('Tiny'));
    expect((await bring('again.gguf', buildModelFile('Tiny'))).at(-1)).toMatchObject({ reason: 'complete' });
    expect(await visible()).toEqual(['there.gguf']);
  });

  it('numbers the name when another model has it', async () => {
    await test.place('model.gguf', buildModelFile('One'));
    await bring('model.gguf', buildModelFile('Two'));
    expect(await visible()).toEqual(['model (2).gguf', 'model.gguf']);
    expect(await readFile(join(test.models, 'model.gguf'))).toEqual(buildModelFile('One'));
  });

  it('does not import a file from its own folder again', async () => {
    await test.place('there.gguf', buildModelFile('Tiny'));
    expect((await importPath(join(test.models, 'there.gguf'))).at(-1)).toMatchObject({ reason: 'complete' });
    expect(await visible()).toEqual(['there.gguf']);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const path = join(test.folder, 'new.gguf');
    await writeFile(path, buildModelFile('New', 20_000_000));
    const { runId } = await test.service.import(test.ticketFor(path));
    for await (const part of test.runs.follow(runId, -1, signal)) if (part.type === 'progress') break;
    test.runs.stop(runId);
    const parts = await Array.fromAsync(test.runs.follow(runId, -1, signal));
    expect(parts.at(-1)).toMatchObject({ type: 'run-end', reason: 'stopped' });
    expect(await visible()).toEqual([]);
  });

  it('fails with disk/full when the disk fills up while it copies, and leaves nothing behind', async () => {
    await test.restart({
      async openForWriting(path) {
        const file = await open(path, 'wx');
        let room = 2_500_000;
        return {
          async write(buffer: Uint8Array, offset: number, length: number) {
            if (room === 0)
              throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
            const { bytesWritten } = await file.write(buffer, offset, Math.min(length, room));
            room -= bytesWritten;
            return { bytesWritten };
          },
          sync: () => file.sync(),
          [Symbol.asyncDispose]: () => file.close(),
        };
      },
    });
    const parts = await bring('new.gguf', buildModelFile('New', 5_000_000));
    expect(parts.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'disk/full' } });
    expect(await visible()).toEqual([]);
    expect(await test.service.current()).toBeNull();
  });

  // What the kernel itself says of a full disk, where it has a device that is always full.
  it.each(['/dev/full'].filter((path) => existsSync(path)))('knows a full disk by the error of %s', async (device) => {
    await test.restart({ openForWriting: () => open(device, 'w') });
    const parts = await bring('new.gguf', buildModelFile('New'));
    expect(parts.at(-1)).toMatchObject({ type: 'run-error', error: { code: 'disk/full' } });
  });

  it('fails with disk/not-writable when the folder is none', async () => {
    await rm(test.models, { recursive: true });
    await writeFile(test.models, 'a file in its place');
    expect((await bring('new.gguf', buildModelFile('New'))).at(-1)).toMatchObject({
      error: { code: 'disk/not-writable' },
    });
    await rm(test.models);
    await mkdir(test.models);
  });

  it('clears away what an import left that ended with the app', async () => {
    await test.place('.sotto-import-dead.part', Buffer.alloc(10));
    await test.place('.sotto-import-alive.part', Buffer.alloc(10));
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1_000);
    await utimes(join(test.models, '.sotto-import-dead.part'), longAgo, longAgo);
    await bring('new.gguf', buildModelFile('New'));
    expect(await visible()).toEqual(['.sotto-import-alive.part', 'new.gguf']);
  });
});
