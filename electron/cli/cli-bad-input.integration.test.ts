import { copyFile, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWorkbench, errorOf, jsonOf, type CliWorkbench } from '../testing/cli-workbench.ts';

let bench: CliWorkbench;
beforeEach(async () => {
  bench = await createCliWorkbench();
});
afterEach(async () => {
  await bench.close();
});

describe('sotto, given what it cannot use', () => {
  it.each<[string, () => Promise<string[]>, string, RegExp]>([
    [
      'a file that is not there',
      async () => ['ask', '--doc', join(bench.folder, 'none.txt'), 'What?'],
      'file/not-found',
      /none\.txt/,
    ],
    ['a folder', async () => ['ask', '--doc', bench.folder, 'What?'], 'file/is-folder', /folder/i],
    ['an empty file', async () => ['summarize', await bench.file('empty.txt', '')], 'file/empty', /empty\.txt/],
    [
      'a binary file',
      async () => [
        'summarize',
        await bench.file(
          'a.txt',
          Uint8Array.from({ length: 4_000 }, (_, index) => (index * 37) % 256),
        ),
      ],
      'file/binary',
      /a\.txt/,
    ],
    [
      'a PDF that ends after its first line',
      async () => ['summarize', await bench.file('a.pdf', '%PDF-1.7\n')],
      'file/damaged',
      /a\.pdf/,
    ],
    [
      'a file of 68 MB',
      async () => ['summarize', await bench.file('long.txt', 'word '.repeat(13_600_000))],
      'file/too-large',
      /long\.txt/,
    ],
    [
      'a question longer than the model can hold',
      async () => ['ask', 'word '.repeat(12_000)],
      'prompt/too-long',
      /shorten/i,
    ],
    ['a question without words', async () => ['ask', '  '], 'prompt/empty', /question/i],
    [
      'an address instead of a file',
      async () => ['ask', '--doc', 'https://example.com/a.txt', 'What?'],
      'app/invalid-input',
      /network/,
    ],
    [
      'a network share as model',
      async () => ['ask', '--model', '//server/share/a.gguf', 'What?'],
      'app/invalid-input',
      /network/,
    ],
    [
      'a model that is not there',
      async () => ['ask', '--model', join(bench.folder, 'none.gguf'), 'What?'],
      'file/not-found',
      /none\.gguf/,
    ],
    [
      'a model id that nobody knows',
      async () => ['ask', '--model', 'sha256:0123456789abcdef', 'What?'],
      'model/not-found',
      /model/i,
    ],
    [
      'a file that is no model',
      async () => ['ask', '--model', await bench.file('notes.gguf', 'These are notes.'), 'What?'],
      'model/not-a-model',
      /GGUF/,
    ],
    [
      'no model to import',
      async () => ['models', 'import', await bench.file('notes.gguf', 'These are notes.')],
      'model/not-a-model',
      /GGUF/,
    ],
    [
      'a data folder that is a file',
      async () => ['models', 'list', '--data-dir', await bench.file('data.txt', '')],
      'disk/not-writable',
      /folder/,
    ],
    [
      'a collection that does not exist',
      async () => ['ask', '--collection', 'x', 'What?'],
      'library/no-collection',
      /collection/,
    ],
    [
      'a search in a collection that does not exist',
      async () => ['search', '--collection', 'x', '--mode', 'dense', 'what'],
      'library/no-collection',
      /collection/i,
    ],
    ['a model that nobody knows', async () => ['models', 'install', 'x'], 'app/not-found', /no model/],
  ])('fails clearly for %s', async (_name, args, code, words) => {
    const ended = await bench.sotto(...(await args()), '--json');
    expect(ended.exitCode).toBe(1);
    expect(errorOf(ended)).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(errorOf(ended).message).not.toMatch(/\{\{|undefined|\[object/);
  });

  it('fails clearly for a truncated model', async () => {
    const path = join(bench.folder, 'half.gguf');
    await copyFile(bench.starterModel, path);
    await truncate(path, 30_000_000);
    const ended = await bench.sotto('ask', '--model', path, 'What?', '--json');
    expect(ended.exitCode).toBe(1);
    expect(errorOf(ended).code).toBe('model/truncated');
  });

  it('says what to do without a model, and still works otherwise', async () => {
    bench.environment['SOTTO_MODEL_DIR'] = join(bench.folder, 'no-models');
    const asked = await bench.sotto('ask', 'What?', '--json');
    expect(asked.exitCode).toBe(1);
    expect(errorOf(asked)).toMatchObject({ code: 'model/none', message: expect.stringMatching(/import/i) });
    const doctor = await bench.sotto('doctor', '--json');
    expect(doctor.exitCode).toBe(1);
    expect(jsonOf(doctor)['problems']).toEqual([expect.objectContaining({ code: 'model/none' })]);
  });

  it('lists a bad file in the model folder beside the good ones', async () => {
    bench.environment['SOTTO_MODEL_DIR'] = join(bench.folder, 'models');
    await mkdir(bench.environment['SOTTO_MODEL_DIR']);
    await symlink(bench.starterModel, join(bench.folder, 'models', 'good.gguf'));
    await writeFile(join(bench.folder, 'models', 'bad.gguf'), 'no model');
    const ended = await bench.sotto('models', 'list', '--json');
    expect(jsonOf(ended)).toMatchObject({
      models: expect.arrayContaining([expect.objectContaining({ fileName: 'good.gguf', kind: 'chat' })]),
      unusable: [expect.objectContaining({ fileName: 'bad.gguf', code: 'model/not-a-model' })],
    });
  });

  it.each([
    [['aks', 'What?'], /ask/],
    [['ask', '--dco', 'x', 'What?'], /--doc/],
    [['ask'], /Usage/],
    [['summarize', '--style', 'haiku', 'x.txt'], /one-sentence, key-points, page/],
    [['summarize', '--question', 'a', '--instructions', 'b', 'x.txt'], /--question/],
    [['summarize', '--style', 'question', 'x.txt'], /--question/],
    [['summarize', '--output', 'x.odt', 'x.txt'], /\.docx/],
    [['ledger', '--limit', 'many'], /1 – 1000/],
    [['ledger', '--month', '2026-13'], /YYYY-MM/],
    [['ledger', '--purpose', 'fun'], /provider/],
    [['bench', '--repeats', '1'], /5 – 50/],
    [['host', '--port', '70000'], /65535/],
  ])('does not understand %j, and ends with 2', async (args, words) => {
    const inWords = await bench.sotto(...args);
    expect(inWords).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(words) });
    const inJson = await bench.sotto(...args, '--json');
    expect(inJson.exitCode).toBe(2);
    expect(errorOf(inJson)).toMatchObject({ code: 'app/usage', message: expect.stringMatching(words) });
  });
});
