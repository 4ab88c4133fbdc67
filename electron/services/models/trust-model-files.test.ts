import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelOrigin } from '../../shared/model-detail.ts';
import { buildModelFile, createTestModels } from '../../testing/test-models.ts';
import type { TestModels } from '../../testing/test-models.ts';

const signal = new AbortController().signal;
let test: TestModels;
beforeEach(async () => {
  test = await createTestModels();
});
afterEach(() => test.close());

const origin: ModelOrigin = {
  from: 'hub',
  repository: 'publisher/tiny',
  revision: '0'.repeat(40),
  path: 'tiny.gguf',
  host: 'huggingface.co',
  licence: 'apache-2.0',
  at: 1_790_000_000_000,
};
const bytes = buildModelFile('Tiny', 1_000);

async function install(): Promise<string> {
  const path = join(test.models, 'tiny.gguf');
  await writeFile(path, bytes);
  await test.service.recordInstalled({ path, sha256: createHash('sha256').update(bytes).digest('hex'), origin });
  return path;
}
const names = async (): Promise<readonly string[]> => (await test.service.list()).models.map(({ name }) => name);
const changed = (): Buffer => {
  const other = Buffer.from(bytes);
  other[other.length - 1] = 1;
  return other;
};

describe('trust in a file of the hub', () => {
  it('keeps where it came from, and when it was checked', async () => {
    await install();
    const detail = await test.service.detail(await test.idOf('Tiny'));
    expect(detail).toMatchObject({ origin, checkedAt: test.clock.now() });
    await test.restart();
    expect((await test.service.detail(await test.idOf('Tiny'))).origin).toEqual(origin);
  });

  // A file that was changed on the disk would answer with whatever somebody put into it.
  it('puts a file aside whose content is not what the hub said, with its reason', async () => {
    const path = await install();
    expect(await names()).toContain('Tiny');
    await writeFile(path, changed());
    await utimes(path, 1, 1);
    expect(await names()).not.toContain('Tiny');
    expect(await test.service.quarantined()).toEqual([
      { fileName: 'tiny.gguf', sizeBytes: bytes.length, reason: 'content-changed', at: test.clock.now() },
    ]);
    expect(await readFile(join(test.models, '.sotto-quarantine/tiny.gguf'))).toEqual(changed());
    await test.restart();
    expect(await test.service.quarantined()).toHaveLength(1);
    expect(await test.service.current()).toBeNull();
  });

  it('puts a file aside that was cut', async () => {
    const path = await install();
    await writeFile(path, bytes.subarray(0, 600));
    expect(await names()).not.toContain('Tiny');
    expect(await test.service.quarantined()).toMatchObject([{ reason: 'content-changed', sizeBytes: 600 }]);
    expect((await test.service.list()).unusable).toEqual([]);
  });

  it('keeps one that was only touched, and reads it once', async () => {
    const path = await install();
    await utimes(path, 1, 1);
    expect(await names()).toContain('Tiny');
    const index: unknown = JSON.parse(await readFile(join(test.models, '.sotto-models.json'), 'utf8'));
    expect(index).toMatchObject({ files: [{ name: 'tiny.gguf', modifiedMs: 1_000, origin }] });
  });

  it('takes a changed file of the person for another model', async () => {
    await test.place('own.gguf', buildModelFile('Own'));
    await names();
    await test.place('own.gguf', buildModelFile('Own, changed'));
    expect(await names()).toContain('Own, changed');
    expect(await test.service.quarantined()).toEqual([]);
  });

  it('takes a file again that was downloaded anew under the same name', async () => {
    const path = await install();
    const other = buildModelFile('Newer');
    await rename(path, `${path}.old`);
    await writeFile(path, other);
    await test.service.recordInstalled({ path, sha256: createHash('sha256').update(other).digest('hex'), origin });
    expect(await names()).toContain('Newer');
    expect(await test.service.quarantined()).toEqual([]);
  });
});

describe('a check of the whole file', () => {
  it('says when it was made', async () => {
    await install();
    const id = await test.idOf('Tiny');
    await test.clock.advance(60_000);
    expect(await test.service.verify(id, signal)).toMatchObject({ checkedAt: test.clock.now(), origin });
  });

  // A disk that fails changes bytes and no time.
  it('finds a change that size and time do not show, and puts the file aside', async () => {
    const path = await install();
    const id = await test.idOf('Tiny');
    const { atimeMs, mtimeMs } = await stat(path);
    await writeFile(path, changed());
    await utimes(path, atimeMs / 1_000, mtimeMs / 1_000);
    expect(await names()).toContain('Tiny');
    expect(await test.service.verify(id, signal)).toMatchObject({ reason: 'content-changed', fileName: 'tiny.gguf' });
    expect(await names()).not.toContain('Tiny');
  });

  it('names a linked file that changed, and leaves it where it is', async () => {
    const path = join(test.folder, 'linked.gguf');
    await writeFile(path, bytes);
    await test.service.link(test.ticketFor(path));
    const id = await test.idOf('Tiny');
    const { atimeMs, mtimeMs } = await stat(path);
    await writeFile(path, changed());
    await utimes(path, atimeMs / 1_000, mtimeMs / 1_000);
    await expect(test.service.verify(id, signal)).rejects.toMatchObject({ code: 'file/changed' });
    expect(await readFile(path)).toEqual(changed());
    expect(await test.idOf('Tiny')).not.toBe(id);
  });
});

describe('quarantine', () => {
  it('deletes what the person discards, and nothing else', async () => {
    const path = await install();
    await writeFile(path, changed());
    await utimes(path, 1, 1);
    await names();
    for (const name of ['../tiny.gguf', '..', 'quarantine.json', '', '../.sotto-models.json', 'none.gguf']) {
      await expect(test.service.discard(name)).rejects.toMatchObject({ code: 'app/not-found' });
    }
    expect(await test.service.discard('tiny.gguf')).toEqual([]);
    expect(await readdir(join(test.models, '.sotto-quarantine'))).toEqual(['quarantine.json']);
  });

  it('lists what lies there without a record, and lives with a damaged record', async () => {
    await mkdir(join(test.models, '.sotto-quarantine'));
    await test.place('.sotto-quarantine/alone.gguf', bytes);
    await test.place('.sotto-quarantine/quarantine.json', Buffer.from('[{"fileName":3}]'));
    expect(await test.service.quarantined()).toMatchObject([{ fileName: 'alone.gguf', reason: 'unreadable' }]);
  });
});
