import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildSplitModel } from '../../testing/split-model.ts';
import { buildModelFile, createTestModels } from '../../testing/test-models.ts';
import type { TestModels } from '../../testing/test-models.ts';

let test: TestModels;
beforeEach(async () => {
  test = await createTestModels();
});
afterEach(() => test.close());

const elsewhere = async (name: string, bytes: Buffer): Promise<string> => {
  const path = join(test.folder, name);
  await writeFile(path, bytes);
  return path;
};

describe('a linked model', () => {
  it('is used where it lies, and nothing is copied', async () => {
    const path = await elsewhere('tiny.gguf', buildModelFile('Tiny'));
    const list = await test.service.link(test.ticketFor(path));
    expect(list.models[0]).toMatchObject({ name: 'Tiny', fileName: 'tiny.gguf', isLinked: true });
    expect(await test.service.current()).toMatchObject({ path });
    expect(await readdir(test.models)).toEqual(['.sotto-models.json']);
  });

  // Whatever happens to the link, the file belongs to somebody else.
  it('leaves its file as it was through removal and the return', async () => {
    const path = await elsewhere('tiny.gguf', buildModelFile('Tiny'));
    const before = await stat(path);
    await test.service.link(test.ticketFor(path));
    const id = await test.idOf('Tiny');
    await test.service.remove(id);
    expect((await test.service.list()).models.every(({ isBuiltIn }) => isBuiltIn)).toBe(true);
    await test.service.restore(id);
    expect(await test.idOf('Tiny')).toBe(id);
    expect(await readFile(path)).toEqual(buildModelFile('Tiny'));
    expect(await stat(path)).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino });
  });

  it('stays in the list with its reason when its file went away, until it is taken out', async () => {
    const path = await elsewhere('tiny.gguf', buildModelFile('Tiny'));
    await test.service.link(test.ticketFor(path));
    const id = await test.idOf('Tiny');
    await rm(path);
    const { models, unusable } = await test.service.list();
    expect(models.every(({ isBuiltIn }) => isBuiltIn)).toBe(true);
    expect(unusable).toEqual([expect.objectContaining({ fileName: 'Tiny', code: 'file/not-found', id })]);
    expect((await test.service.remove(id)).unusable).toEqual([]);
  });

  it('is refused for what is no model, and not needed for what is in the folder', async () => {
    const bad = await elsewhere('bad.gguf', Buffer.from('x'.repeat(100)));
    await expect(test.service.link(test.ticketFor(bad))).rejects.toMatchObject({ code: 'model/not-a-model' });
    await expect(test.service.link(test.ticketFor(join(test.folder, 'none.gguf')))).rejects.toMatchObject({
      code: 'model/not-found',
    });
    await test.place('own.gguf', buildModelFile('Own'));
    const list = await test.service.link(test.ticketFor(join(test.models, 'own.gguf')));
    expect(list.models[0]).toMatchObject({ name: 'Own', isLinked: false });
  });

  it('is none for a file that was put aside', async () => {
    await mkdir(join(test.models, '.sotto-quarantine'));
    await test.place('.sotto-quarantine/bad.gguf', buildModelFile('Bad'));
    await expect(
      test.service.link(test.ticketFor(join(test.models, '.sotto-quarantine/bad.gguf'))),
    ).rejects.toMatchObject({ code: 'model/not-found' });
  });

  // A model folder on a stick may come with an index that somebody else wrote.
  it('is none where the index names a share on the network, a climbing path or no path', async () => {
    const path = await elsewhere('tiny.gguf', buildModelFile('Tiny'));
    const sha256 = '0'.repeat(64);
    const link = (to: string, name = 'x') => ({ path: to, name, program: null, at: 1, sha256 });
    const links = [link('//server/share/x.gguf'), link(`${test.folder}/models/../tiny.gguf`), link('x.gguf'), 7];
    await test.place(
      '.sotto-models.json',
      Buffer.from(JSON.stringify({ version: 1, files: [], links: [...links, link(path, 'two\nlines')] })),
    );
    await test.restart();
    const { models, unusable } = await test.service.list();
    expect(models.filter(({ isBuiltIn }) => !isBuiltIn).map(({ name }) => name)).toEqual(['two lines']);
    expect(unusable).toEqual([]);
  });

  it('may be one in several files', async () => {
    for (const { name, bytes } of buildSplitModel('Split', 2)) await elsewhere(name, bytes);
    await test.service.link(test.ticketFor(join(test.folder, 'Split-00002-of-00002.gguf')));
    expect((await test.service.list()).models[0]).toMatchObject({ name: 'Split', isLinked: true });
    await rm(join(test.folder, 'Split-00002-of-00002.gguf'));
    expect((await test.service.list()).unusable).toMatchObject([{ code: 'model/missing-part' }]);
  });

  it('gives way to the same content in the folder', async () => {
    const path = await elsewhere('linked.gguf', buildModelFile('Tiny'));
    await test.service.link(test.ticketFor(path));
    await test.place('own.gguf', buildModelFile('Tiny'));
    const own = (await test.service.list()).models.filter(({ isBuiltIn }) => !isBuiltIn);
    expect(own).toEqual([expect.objectContaining({ isLinked: false, fileName: 'own.gguf' })]);
  });
});
