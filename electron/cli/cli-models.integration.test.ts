import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWorkbench, errorOf, jsonOf, type CliWorkbench } from '../testing/cli-workbench.ts';
import { makeForeignHome } from '../testing/foreign-homes.ts';
import { buildSplitModel } from '../testing/split-model.ts';
import { buildTinyAdapter } from '../testing/tiny-adapter.ts';
import { buildModelFile } from '../testing/test-models.ts';

let bench: CliWorkbench;
let models: string;
beforeEach(async () => {
  bench = await createCliWorkbench();
  models = join(bench.folder, 'models');
  await mkdir(models);
  bench.environment['SOTTO_MODEL_DIR'] = models;
  bench.environment['HOME'] = join(bench.folder, 'home');
  for (const name of ['XDG_DATA_HOME', 'OLLAMA_MODELS']) bench.environment[name] = '';
});
afterEach(async () => {
  await bench.close();
});

type Listed = { readonly id: string; readonly name: string; readonly isLinked: boolean };
const modelsOf = (json: Record<string, unknown>): readonly Listed[] => json['models'] as readonly Listed[]; // as the list's schema says

describe('sotto models', () => {
  it('lists what other programs have, uses one where it lies, tells about it and lets it go', async () => {
    await makeForeignHome(join(bench.folder, 'home'));
    const before = jsonOf(await bench.sotto('models', 'list', '--json'));
    const foreign = before['foreign'] as readonly { readonly program: string; readonly path: string }[]; // as its schema says
    expect(foreign.map(({ program }) => program)).toEqual(['ollama', 'lm-studio', 'jan', 'gpt4all']);
    const blob = foreign[0]?.path ?? '';
    const bytes = await readFile(blob);

    const linked = await bench.sotto('models', 'import', '--link', blob);
    expect(linked).toMatchObject({ exitCode: 0, stdout: 'qwen3:1.7b is ready to use, where it lies.\n' });
    const info = jsonOf(await bench.sotto('models', 'info', 'qwen3:1.7b', '--verify', '--json'));
    expect(info).toMatchObject({
      description: { name: 'qwen3:1.7b', isLinked: true },
      origin: { from: 'link', program: 'ollama', path: blob },
    });
    expect((await bench.sotto('models', 'list')).stdout).toMatch(/\* sha256:\w+ {2}qwen3:1\.7b/);

    const removed = await bench.sotto('models', 'remove', 'qwen3:1.7b');
    expect(removed.stdout).toBe('qwen3:1.7b is out of the list; its file stays where it is.\n');
    expect(await readFile(blob)).toEqual(bytes);
  });

  it('takes a model out and brings it back', async () => {
    await writeFile(join(models, 'tiny.gguf'), buildModelFile('Tiny'));
    const removed = await bench.sotto('models', 'remove', 'tiny');
    expect(removed.stdout).toMatch(/^Tiny is removed\. .* sotto models remove --undo sha256:[0-9a-f]{16}\n$/);
    expect((await readdir(models)).filter((name) => !name.startsWith('.'))).toEqual([]);
    const id = /sha256:\w+/.exec(removed.stdout)?.[0] ?? '';
    expect((await bench.sotto('models', 'remove', '--undo', id)).stdout).toBe('Tiny is back.\n');
    const back = jsonOf(await bench.sotto('models', 'list', '--json'));
    expect(modelsOf(back).map(({ name }) => name)).toContain('Tiny');
  });

  it('imports a model in several files', async () => {
    const parts = buildSplitModel('Split', 2);
    for (const { name, bytes } of parts) await bench.file(name, bytes);
    const imported = await bench.sotto('models', 'import', join(bench.folder, parts[0]?.name ?? ''), '--json');
    expect(modelsOf(jsonOf(imported))).toContainEqual(expect.objectContaining({ name: 'Split' }));
    await rm(join(models, parts[1]?.name ?? ''));
    const list = await bench.sotto('models', 'list');
    expect(list.stdout).toContain('Split-00002-of-00002.gguf is not there');
  });

  it('takes an adapter for what it is', async () => {
    const path = await bench.file('adapter.gguf', buildTinyAdapter());
    const imported = await bench.sotto('models', 'import', path);
    expect(imported.stdout).toMatch(/is ready; it changes models of the kind llama\.\n$/);
    expect(await readdir(models)).toContain('adapter.gguf');
  });

  it('tells what fits before anything is asked, and searches what it knows', async () => {
    const fit = jsonOf(await bench.sotto('models', 'fit', '--json'));
    expect((fit['models'] as readonly unknown[]).length).toBeGreaterThan(10);
    const search = await bench.sotto('models', 'search', 'coder', '--json');
    const found = jsonOf(search);
    expect(found['hub']).toBeNull();
    expect((found['catalogue'] as readonly unknown[]).length).toBeGreaterThan(0);
    expect(search.stderr).toContain('Nothing was asked of huggingface.co');
    expect(jsonOf(await bench.sotto('ledger', '--json'))).toEqual({ entries: [], total: 0 });
  });
});

describe('sotto models, given what it cannot use', () => {
  it.each<[string, readonly string[], string, RegExp]>([
    ['a model that nobody knows', ['install', 'nonsense-9b'], 'app/not-found', /no model "nonsense-9b"/],
    ['a download while the lock is on', ['install', 'publisher/name'], 'egress/offline', /offline lock/],
    ['a repository that climbs', ['install', '../../etc/passwd'], 'app/not-found', /no model/],
    ['the path of a file that is no model', ['remove', '/etc/passwd'], 'model/outside-folder', /“\/etc\/passwd”/],
    ['a path out of the folder', ['info', '../../x.gguf'], 'model/outside-folder', /none of the models/],
    ['a model that is not here', ['remove', 'nonsense'], 'model/not-found', /no model "nonsense"/],
    ['the embedder', ['remove', 'all-MiniLM-L6-v2'], 'model/built-in', /came with Sotto/],
    ['a model that was never removed', ['remove', '--undo', 'sha256:0123456789abcdef'], 'model/not-found', /model/],
    ['a link to a file that is not there', ['import', '--link', '/none/x.gguf'], 'file/not-found', /x\.gguf/],
  ])('fails clearly for %s', async (_name, args, code, words) => {
    const ended = await bench.sotto('models', ...args, '--json');
    expect(ended.exitCode).toBe(1);
    expect(errorOf(ended)).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(errorOf(ended).message).not.toMatch(/\{\{|undefined|\[object/);
  });

  it.each<[string, readonly string[]]>([
    ['an order that is none', ['search', '--order', 'worst', 'x']],
    ['a hub that is no address', ['search', '--hub', 'ftp://example.com', 'x']],
    ['a hub without encryption', ['install', '--hub', 'http://example.com', 'publisher/name']],
    ['an id that is none', ['remove', '--undo', 'tiny']],
  ])('does not understand %s', async (_name, args) => {
    const ended = await bench.sotto('models', ...args, '--json');
    expect(ended.exitCode).toBe(2);
    expect(errorOf(ended)).toMatchObject({ code: 'app/usage' });
  });
});
