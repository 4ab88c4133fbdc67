import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildSplitModel } from '../../testing/split-model.ts';
import { buildModelFile, createTestModels } from '../../testing/test-models.ts';
import type { TestModels } from '../../testing/test-models.ts';

const signal = new AbortController().signal;
let test: TestModels;
beforeEach(async () => {
  test = await createTestModels();
});
afterEach(() => test.close());

const placeAll = async (folder: string, count = 3): Promise<readonly string[]> => {
  const parts = buildSplitModel('Split', count);
  for (const { name, bytes } of parts) await writeFile(join(folder, name), bytes);
  return parts.map(({ name }) => name);
};

describe('a model in several files', () => {
  it('is listed once, with the size of all and the name of none', async () => {
    const names = await placeAll(test.models);
    const { models, unusable } = await test.service.list();
    const parts = buildSplitModel('Split', 3);
    expect(unusable).toEqual([]);
    expect(models.filter(({ isBuiltIn }) => !isBuiltIn)).toEqual([
      expect.objectContaining({
        name: 'Split',
        fileName: names[0],
        sizeBytes: parts.reduce((sum, { bytes }) => sum + bytes.length, 0),
        // Of the tensors of all parts.
        parameterCount: 1_184,
      }),
    ]);
    expect((await test.service.current())?.path).toBe(join(test.models, names[0] ?? ''));
  });

  // Two models that share a part, such as the vocabulary in the first, must not have one id.
  it('is named by the content of all its files', async () => {
    const names = await placeAll(test.models);
    const before = await test.idOf('Split');
    const last = buildSplitModel('Split', 3)[2]?.bytes ?? Buffer.alloc(0);
    last[last.length - 1] = 1;
    await test.place(names[2] ?? '', Buffer.concat([last, Buffer.alloc(32)]));
    expect(await test.idOf('Split')).not.toBe(before);
  });

  it('cannot be used without all parts, and says which is missing', async () => {
    const names = await placeAll(test.models);
    await rm(join(test.models, names[1] ?? ''));
    const { models, unusable } = await test.service.list();
    expect(models.every(({ isBuiltIn }) => isBuiltIn)).toBe(true);
    expect(unusable).toEqual([expect.objectContaining({ fileName: names[0], code: 'model/missing-part' })]);
    await expect(test.service.resolve(join(test.models, names[0] ?? ''))).rejects.toMatchObject({
      code: 'model/missing-part',
      details: { missing: names[1] },
    });
  });

  it('cannot be used when a part is that of another model', async () => {
    const names = await placeAll(test.models);
    await test.place(names[1] ?? '', buildModelFile('Other'));
    expect((await test.service.list()).unusable).toEqual([expect.objectContaining({ code: 'model/malformed' })]);
  });

  // 99,999 parts in a name must not be looked for one by one.
  it('is bounded by what is there, whatever a name says', async () => {
    await test.place('x-00001-of-99999.gguf', buildModelFile('x'));
    await test.place('y-00000-of-00000.gguf', buildModelFile('y'));
    const { models, unusable } = await test.service.list();
    expect(models.map(({ name }) => name)).toContain('y');
    expect(unusable.map(({ code }) => code)).toEqual(['model/missing-part']);
  });

  it('is imported with all its parts, from any of them', async () => {
    const names = await placeAll(test.folder);
    const { runId } = await test.service.import(test.ticketFor(join(test.folder, names[1] ?? '')));
    const parts = await Array.fromAsync(test.runs.follow(runId, -1, signal));
    expect(parts.at(-1)).toMatchObject({ type: 'run-end', reason: 'complete' });
    expect((await readdir(test.models)).filter((name) => !name.startsWith('.'))).toEqual(names);
    expect(await test.idOf('Split')).toMatch(/^sha256:/);
    await rm(join(test.folder, names[2] ?? ''));
    await expect(test.service.import(test.ticketFor(join(test.folder, names[0] ?? '')))).rejects.toMatchObject({
      code: 'model/missing-part',
      details: { missing: names[2] },
    });
  });

  it('goes and comes back whole', async () => {
    const names = await placeAll(test.models);
    const id = await test.idOf('Split');
    await test.service.remove(id);
    expect((await readdir(test.models)).filter((name) => !name.startsWith('.'))).toEqual([]);
    await test.service.restore(id);
    expect((await readdir(test.models)).filter((name) => !name.startsWith('.'))).toEqual(names);
    expect(await test.idOf('Split')).toBe(id);
  });
});
