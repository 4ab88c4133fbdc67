import { mkdir, readdir, rename, rm, stat, utimes, writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../testing/fake-clock.ts';
import { withEntry, writeGguf } from '../../testing/gguf-writer.ts';
import { buildModelFile, createTestModels } from '../../testing/test-models.ts';
import type { TestModels } from '../../testing/test-models.ts';

let test: TestModels;
beforeEach(async () => {
  test = await createTestModels();
});
afterEach(() => test.close());

describe('models service: list', () => {
  it('describes the models of the folder and the built-in embedder', async () => {
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    const list = await test.service.list();
    expect(list.models).toEqual([
      {
        id: expect.stringMatching(/^sha256:[0-9a-f]{16}$/),
        name: 'Tiny',
        kind: 'chat',
        fileName: 'tiny.gguf',
        sizeBytes: (await stat(join(test.models, 'tiny.gguf'))).size,
        architecture: 'llama',
        quantisation: 'Q8_0',
        contextLength: 2_048,
        parameterCount: 1_184,
        licence: 'apache-2.0',
        isBuiltIn: false,
        isLinked: false,
      },
      expect.objectContaining({ name: 'all-MiniLM-L6-v2', kind: 'embedding', isBuiltIn: true }),
    ]);
    expect(list).toMatchObject({ unusable: [], folder: test.models, selectedId: list.models[0]?.id });
  });

  it('lists unusable files with their reason, and the others all the same', async () => {
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    await test.place('text.gguf', Buffer.from('not a model at all'));
    await test.place('cut.gguf', buildModelFile('Cut').subarray(0, 500));
    await test.place('notes.txt', Buffer.from('not looked at'));
    const list = await test.service.list();
    expect(list.unusable.map(({ fileName, code }) => [fileName, code])).toEqual([
      ['cut.gguf', 'model/truncated'],
      ['text.gguf', 'model/not-a-model'],
    ]);
    expect(list.models[0]).toMatchObject({ name: 'Tiny' });
  });

  it('looks two folders deep, and never at hidden or partial files', async () => {
    await mkdir(join(test.models, 'a/b/c'), { recursive: true });
    await mkdir(join(test.models, '.cache'));
    for (const name of [
      'a/one.gguf',
      'a/b/two.gguf',
      'a/b/c/three.gguf',
      '.cache/four.gguf',
      '.five.gguf',
      'six.gguf.part',
    ]) {
      await test.place(name, buildModelFile(name));
    }
    const { models: all } = await test.service.list();
    expect(all.filter(({ isBuiltIn }) => !isBuiltIn).map(({ fileName }) => fileName)).toEqual([
      'a/b/two.gguf',
      'a/one.gguf',
    ]);
  });

  it('is empty but for the embedder when the folder does not exist', async () => {
    await rm(test.models, { recursive: true });
    const list = await test.service.list();
    expect(list.models.map(({ isBuiltIn }) => isBuiltIn)).toEqual([true]);
    expect(list.selectedId).toBeNull();
  });

  it('shows the same content under two names once', async () => {
    await test.place('one.gguf', buildModelFile('Tiny'));
    await test.place('two.gguf', buildModelFile('Tiny'));
    expect((await test.service.list()).models).toHaveLength(2);
  });

  it('takes the file name where the header has no name', async () => {
    await test.place('My Model.gguf', writeGguf(withEntry('general.name', null)));
    expect((await test.service.list()).models[0]?.name).toBe('My Model');
  });

  it('sees a file that was replaced under its name', async () => {
    await test.place('tiny.gguf', buildModelFile('Before'));
    await test.service.list();
    await test.place('tiny.gguf', buildModelFile('After, longer'));
    expect((await test.service.list()).models[0]?.name).toBe('After, longer');
  });
});

describe('models service: index', () => {
  // Hashing an 8 GB file at each start would take half a minute before the first answer.
  it('does not read a file again that it hashed in an earlier session', async () => {
    const path = join(test.models, 'tiny.gguf');
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    const then = new Date(Date.UTC(2026, 0, 1));
    await utimes(path, then, then);
    const before = await test.service.list();
    const changed = buildModelFile('Tiny');
    changed[changed.length - 1] = 1;
    await writeFile(path, changed);
    await utimes(path, then, then);
    await test.restart();
    expect((await test.service.list()).models[0]?.id).toBe(before.models[0]?.id);
    await utimes(path, then, new Date(then.getTime() + 5_000));
    expect((await test.service.list()).models[0]?.id).not.toBe(before.models[0]?.id);
  });

  it("writes nothing beside the app's own resources", async () => {
    await test.service.list();
    await test.service.embedder();
    expect(await readdir(join(test.resources, 'models'))).not.toContain('.sotto-models.json');
  });

  it('makes a damaged index anew', async () => {
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    const before = await test.service.list();
    await test.place('.sotto-models.json', Buffer.from('{"version":1,"files":[{"name":3}]}'));
    await test.restart();
    expect(await test.service.list()).toEqual(before);
    expect(JSON.parse(await readFile(join(test.models, '.sotto-models.json'), 'utf8'))).toMatchObject({ version: 1 });
  });
});

describe('models service: current', () => {
  it('is null when there is no chat model', async () => {
    expect(await test.service.current()).toBeNull();
    await test.place('broken.gguf', Buffer.from('GGUF'));
    expect(await test.service.current()).toBeNull();
  });

  it('takes the largest that fits, and stays with it when memory gets short', async () => {
    await test.place('small.gguf', buildModelFile('Small'));
    await test.place('large.gguf', buildModelFile('Large', 5_000_000));
    let freeBytes = 1024 ** 3;
    await test.restart({ freeMemoryBytes: () => freeBytes });
    expect((await test.service.current())?.description.name).toBe('Large');
    freeBytes = 1;
    expect((await test.service.current())?.description.name).toBe('Large');
    await test.restart({ freeMemoryBytes: () => freeBytes });
    expect((await test.service.current())?.description.name).toBe('Small');
  });

  it('takes the selected one, and falls back when that is gone', async () => {
    await test.place('small.gguf', buildModelFile('Small'));
    await test.place('large.gguf', buildModelFile('Large', 5_000_000));
    const list = await test.service.select(await test.idOf('Small'));
    expect(list.selectedId).toBe(await test.idOf('Small'));
    expect((await test.service.current())?.path).toBe(join(test.models, 'small.gguf'));
    await rename(join(test.models, 'small.gguf'), join(test.models, 'renamed.gguf'));
    expect((await test.service.current())?.path).toBe(join(test.models, 'renamed.gguf'));
    await rm(join(test.models, 'renamed.gguf'));
    expect((await test.service.current())?.description.name).toBe('Large');
  });

  it('takes the one that the command line names, by id or path', async () => {
    await test.place('small.gguf', buildModelFile('Small'));
    await test.place('large.gguf', buildModelFile('Large', 5_000_000));
    await test.restart({ explicitModel: await test.idOf('Small') });
    expect((await test.service.current())?.description.name).toBe('Small');
    const outside = join(test.folder, 'outside.gguf');
    await writeFile(outside, buildModelFile('Outside'));
    await test.restart({ explicitModel: outside });
    expect(await test.service.current()).toMatchObject({
      path: outside,
      description: { name: 'Outside', fileName: 'outside.gguf' },
    });
    await test.restart({ explicitModel: join(test.folder, 'none.gguf') });
    await expect(test.service.current()).rejects.toMatchObject({ code: 'model/not-found' });
    await test.restart({ explicitModel: join(test.resources, 'models/all-MiniLM-L6-v2-Q8_0.gguf') });
    await expect(test.service.current()).rejects.toMatchObject({ code: 'model/wrong-kind' });
  });
});

describe('models service: resolve, select, embedder', () => {
  it('finds a model by id and by path', async () => {
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    const id = await test.idOf('Tiny');
    expect((await test.service.resolve(id)).path).toBe(join(test.models, 'tiny.gguf'));
    expect((await test.service.resolve(join(test.models, 'tiny.gguf'))).description.id).toBe(id);
  });

  it.each(['sha256:0000000000000000', 'tiny', ''])('knows no model %j', async (name) => {
    await expect(test.service.resolve(name)).rejects.toMatchObject({ code: 'model/not-found' });
  });

  it('passes on why a file is no model', async () => {
    await test.place('cut.gguf', buildModelFile('Cut').subarray(0, 500));
    await expect(test.service.resolve(join(test.models, 'cut.gguf'))).rejects.toMatchObject({
      code: 'model/truncated',
    });
  });

  it('has the built-in embedder, which cannot be selected for chats', async () => {
    const { description } = await test.service.embedder();
    expect(description).toMatchObject({ kind: 'embedding', isBuiltIn: true });
    await expect(test.service.select(description.id)).rejects.toMatchObject({ code: 'model/wrong-kind' });
  });
});

describe('models service: changes', () => {
  it('tells when the selection changes, and not after leaving', async () => {
    await test.place('tiny.gguf', buildModelFile('Tiny'));
    let calls = 0;
    const stop = test.service.onChange(() => (calls += 1));
    await test.service.select(await test.idOf('Tiny'));
    expect(calls).toBe(1);
    stop();
    await test.settings.update({ chatModelId: null });
    expect(calls).toBe(1);
  });

  // A file that is being copied changes hundreds of times, and each call makes the window list the folder anew.
  it('tells of files that come, and not of each change', async () => {
    await settle();
    let calls = 0;
    test.service.onChange(() => (calls += 1));
    for (let number = 0; number < 40; number += 1) await test.place(`${number}.gguf`, Buffer.from('GGUF'));
    await expect.poll(async () => test.clock.advance(300).then(() => calls)).toBeGreaterThan(0);
    expect(calls).toBeLessThan(10);
  });

  it('notices a folder that is made later', async () => {
    await rm(test.models, { recursive: true });
    await test.restart();
    let calls = 0;
    test.service.onChange(() => (calls += 1));
    await expect.poll(() => test.clock.waiting).toBe(1);
    await mkdir(test.models);
    await test.place('one.gguf', buildModelFile('One'));
    await expect.poll(async () => test.clock.advance(5_000).then(() => calls)).toBeGreaterThan(0);
  });
});
