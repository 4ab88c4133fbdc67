import { symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeForeignHome, put, putOllamaModel } from '../../../testing/foreign-homes.ts';
import { buildModelFile, createTestModels } from '../../../testing/test-models.ts';
import type { TestModels } from '../../../testing/test-models.ts';
import { findForeignModels } from './find-foreign-models.ts';

let test: TestModels;
let home: string;
beforeEach(async () => {
  test = await createTestModels();
  home = join(test.folder, 'home');
});
afterEach(() => test.close());

const found = async (operatingSystem: NodeJS.Platform, environment: Record<string, string> = {}) => {
  const models = await findForeignModels({ operatingSystem, homeFolder: home, environment });
  // A machine that has one of the programs itself must not change the outcome.
  const own = models.filter(({ file }) => file.path.startsWith(test.folder));
  return own.map(({ program, name }) => `${program} ${name}`);
};

describe('models of other programs', () => {
  it('are found where each program keeps them on Linux', async () => {
    await makeForeignHome(home);
    expect(await found('linux')).toEqual([
      'ollama qwen3:1.7b',
      'lm-studio Tiny',
      'jan janhq/Jan-v1-4B',
      'gpt4all Llama-3.2-1B-Instruct',
    ]);
  });

  it('are none where nothing is installed', async () => {
    expect(await found('linux')).toEqual([]);
  });

  it.each<[string, NodeJS.Platform, string, Record<string, string>, string]>([
    ['Jan on macOS', 'darwin', 'Library/Application Support/Jan/data/models/tiny/tiny.gguf', {}, 'jan tiny'],
    ['Jan of the first versions', 'linux', 'jan/models/tiny/tiny.gguf', {}, 'jan tiny'],
    ['GPT4All on macOS', 'darwin', 'Library/Application Support/nomic.ai/GPT4All/tiny.gguf', {}, 'gpt4all tiny'],
    [
      'GPT4All from Flathub',
      'linux',
      '.var/app/io.gpt4all.gpt4all/data/nomic.ai/GPT4All/tiny.gguf',
      {},
      'gpt4all tiny',
    ],
    ['LM Studio before 0.3', 'linux', '.cache/lm-studio/models/publisher/tiny/tiny.gguf', {}, 'lm-studio tiny'],
  ])('are found: %s', async (_name, system, path, environment, expected) => {
    await put(join(home, path), buildModelFile('Tiny'));
    expect(await found(system, environment)).toEqual([expected]);
  });

  it('are found on Windows by its variables', async () => {
    const [roaming, local] = [join(home, 'Roaming'), join(home, 'Local')];
    await put(join(local, 'nomic.ai/GPT4All/tiny.gguf'), buildModelFile('Tiny'));
    await put(join(roaming, 'Jan/data/models/tiny/other.gguf'), buildModelFile('Other'));
    expect(await found('win32', { APPDATA: roaming, LOCALAPPDATA: local })).toEqual(['jan other', 'gpt4all tiny']);
  });

  it('are found in folders that the person chose there', async () => {
    const elsewhere = join(test.folder, 'elsewhere');
    await putOllamaModel(join(elsewhere, 'o'), 'someone/tuned', 'latest', buildModelFile('A', 1));
    await put(join(elsewhere, 's/publisher/b/b.gguf'), buildModelFile('B', 2));
    await put(join(home, '.lmstudio/settings.json'), JSON.stringify({ downloadsFolder: join(elsewhere, 's') }));
    await put(join(elsewhere, 'j/models/c/c.gguf'), buildModelFile('C', 3));
    await put(join(home, '.local/share/Jan/settings.json'), JSON.stringify({ data_folder: join(elsewhere, 'j') }));
    await put(join(elsewhere, 'g/d.gguf'), buildModelFile('D', 4));
    await put(
      join(home, '.config/nomic.ai/GPT4All.ini'),
      `[General]\nmodelPath=${join(elsewhere, 'g')}/\nthreadCount=4\n`,
    );
    expect(await found('linux', { OLLAMA_MODELS: join(elsewhere, 'o') })).toEqual([
      'ollama someone/tuned:latest',
      'lm-studio b',
      'jan c',
      'gpt4all d',
    ]);
  });

  it('are one for each file, though several tags name it', async () => {
    const folder = join(home, '.ollama/models');
    for (const tag of ['latest', '1.7b']) await putOllamaModel(folder, 'library/qwen3', tag, buildModelFile('Q'));
    expect(await found('linux')).toEqual(['ollama qwen3:1.7b']);
  });
});

describe('manifests that mean harm', () => {
  const manifests = '.ollama/models/manifests/registry.ollama.ai/library/bad';
  const withDigest = (digest: string): string =>
    JSON.stringify({ layers: [{ mediaType: 'application/vnd.ollama.image.model', digest, size: 1 }] });

  it.each([
    ['a digest that climbs', withDigest('sha256:../../../../outside.gguf')],
    ['a digest that is a path', withDigest('/etc/passwd')],
    ['no JSON', '{"layers":'],
    ['other JSON', '{"layers":{"0":true}}'],
    [
      'a million layers',
      JSON.stringify({ layers: Array.from({ length: 20_000 }, () => ({ mediaType: 'x', digest: 'y' })) }),
    ],
    [
      'two files of weights',
      JSON.stringify({
        layers: [0, 1].map(() => ({
          mediaType: 'application/vnd.ollama.image.model',
          digest: `sha256:${'0'.repeat(64)}`,
        })),
      }),
    ],
  ])('name nothing: %s', async (_name, manifest) => {
    await put(join(home, 'outside.gguf'), buildModelFile('Outside'));
    await put(join(home, manifests, 'latest'), manifest);
    expect(await found('linux')).toEqual([]);
  });

  // A manifest of gigabytes would take all memory.
  it('name nothing when they are enormous', async () => {
    const path = await put(join(home, manifests, 'latest'), withDigest(`sha256:${'0'.repeat(64)}`));
    await truncate(path, 3 * 1024 ** 3);
    expect(await found('linux')).toEqual([]);
  });

  it('do not lead in circles', async () => {
    await putOllamaModel(join(home, '.ollama/models'), 'library/good', 'latest', buildModelFile('G'));
    await symlink(join(home, '.ollama/models/manifests'), join(home, '.ollama/models/manifests/again'));
    await put(join(home, '.lmstudio/models/p/m/x.gguf'), buildModelFile('X'));
    await symlink(join(home, '.lmstudio/models'), join(home, '.lmstudio/models/p/again'));
    expect(await found('linux')).toEqual(['ollama good:latest', 'lm-studio x']);
  });

  it.each([
    ['climbs out of the data folder', 'model_path: ../../../../../outside.gguf'],
    ['names another kind of file', 'model_path: /etc/passwd'],
    ['names a share on the network', 'model_path: //server/share/model.gguf'],
    ['has a zero byte', 'model_path: "llamacpp/mod\\u0000els/a.gguf"'],
    ['names nothing', 'model_path:\nname: x'],
    ['is no text', '\u0000\u0001\u0002'],
  ])('of Jan name nothing when the path %s', async (_name, yaml) => {
    await put(join(home, 'outside.gguf'), buildModelFile('Outside'));
    await put(join(home, '.local/share/Jan/data/llamacpp/models/bad/model.yml'), yaml);
    expect(await found('linux')).toEqual([]);
  });

  it('of Jan may name a file elsewhere that the person took in there, in any form of text', async () => {
    const outside = await put(join(home, "it's outside.gguf"), buildModelFile('Outside'));
    const models = join(home, '.local/share/Jan/data/llamacpp/models');
    await put(
      join(models, 'a/model.yml'),
      `name: "two\\nlines \\u202eand more"\nmodel_path: ${JSON.stringify(outside)}\n`,
    );
    expect(await found('linux')).toEqual(['jan two lines and more']);
    await put(join(models, 'a/model.yml'), `name: b\r\nmodel_path: '${outside.replace("'", "''")}'\r\n`);
    expect(await found('linux')).toEqual(['jan b']);
  });
});

describe('use of a model of another program', () => {
  it('lists what can be used, and uses it where it lies', async () => {
    await makeForeignHome(home);
    await put(join(home, '.lmstudio/models/p/m/broken.gguf'), 'GGUF');
    const own = async () => (await test.service.foreign()).filter(({ path }) => path.startsWith(test.folder));
    const before = await own();
    expect(before.map(({ program, isLinked }) => [program, isLinked])).toEqual([
      ['ollama', false],
      ['lm-studio', false],
      ['jan', false],
      ['gpt4all', false],
    ]);
    const [ollama] = before;
    const list = await test.service.linkForeign(ollama?.id ?? '');
    const linked = list.models.find(({ isLinked }) => isLinked);
    expect(linked).toMatchObject({ name: 'qwen3:1.7b', isBuiltIn: false });
    expect((await test.service.current())?.path).toBe(ollama?.path);
    expect((await own())[0]).toMatchObject({ isLinked: true, id: ollama?.id });
    await test.restart();
    expect(await test.idOf('qwen3:1.7b')).toBe(linked?.id);
    expect(await test.service.detail(await test.idOf('qwen3:1.7b'))).toMatchObject({
      origin: { from: 'link', program: 'ollama', path: ollama?.path },
    });
  });

  it('refuses an id that is none, and a blob that is not what its name says', async () => {
    await expect(test.service.linkForeign('0'.repeat(32))).rejects.toMatchObject({ code: 'app/not-found' });
    const folder = join(home, '.ollama/models');
    const blob = await putOllamaModel(folder, 'library/qwen3', 'latest', buildModelFile('Q'));
    await writeFile(blob, buildModelFile('Another'));
    const model = (await test.service.foreign()).find(({ path }) => path === blob);
    await expect(test.service.linkForeign(model?.id ?? '')).rejects.toMatchObject({ code: 'model/malformed' });
    expect((await test.service.list()).models.every(({ isLinked }) => !isLinked)).toBe(true);
  });
});
