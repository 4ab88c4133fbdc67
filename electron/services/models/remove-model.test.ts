import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineState } from '../../shared/app-status.ts';
import { buildModelFile, createTestModels } from '../../testing/test-models.ts';
import type { TestModels } from '../../testing/test-models.ts';

let test: TestModels;
beforeEach(async () => {
  test = await createTestModels();
});
afterEach(() => test.close());

const visible = async (): Promise<readonly string[]> =>
  (await readdir(test.models)).filter((name) => !name.startsWith('.'));

describe('removal of a model', () => {
  it('takes it out of the list, and brings it back under its name with what was known of it', async () => {
    await mkdir(join(test.models, 'publisher'));
    await test.place('publisher/tiny.gguf', buildModelFile('Tiny'));
    const id = await test.idOf('Tiny');
    const before = await test.service.detail(id);
    expect((await test.service.remove(id)).models.map(({ name }) => name)).not.toContain('Tiny');
    expect(await readdir(join(test.models, 'publisher'))).toEqual([]);
    expect((await test.service.restore(id)).models.map(({ name }) => name)).toContain('Tiny');
    expect(await readdir(join(test.models, 'publisher'))).toEqual(['tiny.gguf']);
    expect(await test.service.detail(id)).toMatchObject({ sha256: before.sha256, description: before.description });
    expect(await visible()).toEqual(['publisher']);
  });

  it('gives the room back after ten minutes, and at the next start after that', async () => {
    await test.place('a.gguf', buildModelFile('A'));
    await test.place('b.gguf', buildModelFile('B'));
    const [a, b] = [await test.idOf('A'), await test.idOf('B')];
    await test.service.remove(a);
    await test.clock.advance(10 * 60 * 1_000);
    await expect.poll(() => existsSync(join(test.models, '.sotto-removed'))).toBe(false);
    await expect(test.service.restore(a)).rejects.toMatchObject({ code: 'model/not-found' });
    await test.service.remove(b);
    await test.restart();
    // Removed a moment ago, in the session before: still there.
    await test.service.list();
    expect(await readdir(join(test.models, '.sotto-removed'))).toContain(b.slice('sha256:'.length));
    await test.service.close();
    await test.clock.advance(11 * 60 * 1_000);
    await test.restart();
    await expect.poll(() => existsSync(join(test.models, '.sotto-removed'))).toBe(false);
  });

  it('removes every copy of the same content', async () => {
    await test.place('one.gguf', buildModelFile('Tiny'));
    await test.place('two.gguf', buildModelFile('Tiny'));
    const id = await test.idOf('Tiny');
    await test.service.remove(id);
    expect(await visible()).toEqual([]);
    await test.service.restore(id);
    expect(await visible()).toEqual(['one.gguf', 'two.gguf']);
  });

  it('comes back beside a file that took its name', async () => {
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    const id = await test.idOf('Tiny');
    await test.service.remove(id);
    await test.place('tiny.gguf', buildModelFile('Another'));
    await test.service.restore(id);
    expect(await visible()).toEqual(['tiny (2).gguf', 'tiny.gguf']);
  });

  it('refuses what came with the app, and what nobody knows', async () => {
    const { description } = await test.service.embedder();
    await expect(test.service.remove(description.id)).rejects.toMatchObject({ code: 'model/built-in' });
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    const id = await test.idOf('Tiny');
    await test.service.remove(id);
    await expect(test.service.remove(id)).rejects.toMatchObject({ code: 'model/not-found' });
  });

  it('refuses one that is answering, and lets an idle one go first', async () => {
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    const path = join(test.models, 'tiny.gguf');
    let state: EngineState = { state: 'busy', isSafeMode: false };
    const unloaded: string[] = [];
    await test.restart({
      engine: {
        get state() {
          return state;
        },
        loaded: (slot) => (slot === 'chat' ? { path } : null),
        async unload(slot) {
          unloaded.push(slot);
        },
      },
    });
    const id = await test.idOf('Tiny');
    await expect(test.service.remove(id)).rejects.toMatchObject({ code: 'model/in-use', details: { name: 'Tiny' } });
    expect(await visible()).toEqual(['tiny.gguf']);
    state = { state: 'ready', isSafeMode: false };
    await test.service.remove(id);
    expect(unloaded).toEqual(['chat']);
    expect(await visible()).toEqual([]);
  });

  // A record that somebody wrote must not move files out of the folder.
  it('restores nothing to a place outside the folder', async () => {
    const removed = join(test.models, '.sotto-removed');
    await mkdir(join(removed, '0123456789abcdef'), { recursive: true });
    await writeFile(join(removed, '0123456789abcdef/0'), 'x');
    const file = { name: '../../climbed.gguf', sha256: '0'.repeat(64), origin: null };
    const record = { id: 'sha256:0123456789abcdef', folder: '0123456789abcdef', at: test.clock.now(), files: [file] };
    await writeFile(join(removed, 'removed.json'), JSON.stringify([record]));
    // The id of the record is no model's; only its schema stands between it and the disk.
    await expect(test.service.restore(record.id as never)).rejects.toMatchObject({ code: 'model/not-found' });
    expect(existsSync(join(test.folder, '../climbed.gguf'))).toBe(false);
    await rm(removed, { recursive: true, force: true });
  });
});
