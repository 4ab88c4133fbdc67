import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile, copyFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { descendantsOf, isAlive, startBuilt, type Ended, type Started } from '../testing/built-product.ts';

const modelFolder = process.env['SOTTO_MODEL_DIR'] ?? join(import.meta.dirname, '../../.cache/models');
const starterModel = join(modelFolder, 'SmolLM2-135M-Instruct.Q4_1.gguf');

let folder: string;
let environment: Record<string, string>;
const started: Started[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-cli-'));
  environment = { SOTTO_DATA_DIR: join(folder, 'data'), SOTTO_MODEL_DIR: modelFolder };
});
afterEach(async () => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const start = (program: 'cli' | 'host', ...args: string[]): Started => {
  const one = startBuilt(program, args, environment);
  started.push(one);
  return one;
};
const sotto = async (...args: string[]): Promise<Ended> => await start('cli', ...args).ended;
const host = async (): Promise<Started> => {
  const one = start('host', '--port', '0', '--no-open');
  await one.until(/Sotto is ready at (\S+)/);
  return one;
};
const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const json = ({ stdout }: Ended): Record<string, unknown> => JSON.parse(stdout) as Record<string, unknown>;
const errorOf = (ended: Ended) => json(ended)['error'] as { code: string; message: string };

const lease = [
  '# Lease',
  '## Notice',
  'The notice period is three months to the end of a quarter. Notice must be given in writing.',
  '## Deposit',
  'The tenant pays a deposit of 2,400 euros, which is returned six weeks after the end of the lease.',
  '## Pets',
  'Keeping one cat is allowed. Dogs need the written consent of the landlord.',
].join('\n\n');

describe('sotto ask', () => {
  it('names Paris, as one JSON document', async () => {
    const ended = await sotto('ask', 'What is the capital of France?', '--json');
    expect(ended.exitCode).toBe(0);
    expect(json(ended)).toMatchObject({
      answer: expect.stringContaining('Paris'),
      abstained: false,
      citations: [],
      model: expect.any(String),
      route: { zone: 'local', reason: expect.any(String) },
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
    });
    expect(ended.stdout.trim().split('\n')).toHaveLength(1);
  });

  it('streams text to standard output and everything else to standard error', async () => {
    const ended = await sotto('ask', 'What is the capital of France?');
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toMatch(/^.*Paris[^\n]*\n$/);
    expect(ended.stderr).toMatch(/tokens/);
  });

  it('answers from a document with quotes and their lines', async () => {
    const path = await file('lease.md', lease);
    const ended = await sotto('ask', '--doc', path, 'How long is the notice period?', '--json');
    expect(ended.exitCode).toBe(0);
    const { abstained, citations, answer } = json(ended);
    expect(abstained).toBe(false);
    expect(answer).toMatch(/three months/i);
    expect(citations).toContainEqual(
      expect.objectContaining({
        document: 'lease.md',
        quote: expect.stringContaining('three months'),
        lines: { first: expect.any(Number), last: expect.any(Number) },
        score: expect.any(Number),
      }),
    );
  });

  it('says that a document does not say it', async () => {
    const path = await file('lease.md', lease);
    const ended = await sotto('ask', '--doc', path, 'Who won the football world cup of 1998?', '--json');
    expect(ended.exitCode).toBe(0);
    expect(json(ended)).toMatchObject({ abstained: true, citations: [] });
  });

  it('takes a model by its path', async () => {
    environment['SOTTO_MODEL_DIR'] = join(folder, 'no-models');
    const ended = await sotto('ask', '--model', starterModel, 'What is the capital of France?', '--json');
    expect(json(ended)).toMatchObject({ answer: expect.stringContaining('Paris') });
  });

  it('stops at Ctrl+C with what it has, and leaves no process behind', async () => {
    const asking = start('cli', 'ask', 'Write a very long story about the sea.', '--json');
    await asking.until(/Thinking/);
    const children = process.platform === 'linux' ? descendantsOf(asking.child.pid ?? -1) : [];
    asking.child.kill('SIGINT');
    const ended = await asking.ended;
    expect(ended.exitCode).toBe(1);
    expect(json(ended)).toMatchObject({ isStopped: true });
    if (process.platform === 'linux') expect(children.length).toBeGreaterThan(0);
    expect(children.filter(isAlive)).toEqual([]);
  });
});

describe('sotto summarize', () => {
  it('reads all of each file', async () => {
    const paths = [
      await file('lease.md', lease),
      await file('other.txt', 'The meeting moved to Monday. Ada brings the plans.'),
    ];
    const ended = await sotto('summarize', '--style', 'brief', ...paths, '--json');
    expect(ended.exitCode).toBe(0);
    const { coverage, summary, sections, documents } = json(ended) as {
      coverage: { characters: number; charactersRead: number; sections: number; sectionsRead: number };
      summary: string;
      sections: { title: string; pages: number[]; lines: { first: number }; summary: string }[];
      documents: { document: string }[];
    };
    expect(coverage.charactersRead).toBe(coverage.characters);
    expect(coverage.sectionsRead).toBe(coverage.sections);
    expect(coverage.characters).toBeGreaterThan(lease.length);
    expect(summary.length).toBeGreaterThan(10);
    expect(documents.map(({ document }) => document)).toEqual(['lease.md', 'other.txt']);
    expect(sections[0]).toMatchObject({ title: expect.any(String), pages: [], lines: { first: expect.any(Number) } });
  });
});

describe('sotto, given what it cannot use', () => {
  it.each<[string, () => Promise<string[]>, string, RegExp]>([
    [
      'a file that is not there',
      async () => ['ask', '--doc', join(folder, 'none.txt'), 'What?'],
      'file/not-found',
      /none\.txt/,
    ],
    ['a folder', async () => ['ask', '--doc', folder, 'What?'], 'file/is-folder', /folder/i],
    ['an empty file', async () => ['summarize', await file('empty.txt', '')], 'file/empty', /empty\.txt/],
    [
      'a binary file',
      async () => [
        'summarize',
        await file(
          'a.txt',
          Uint8Array.from({ length: 4_000 }, (_, index) => (index * 37) % 256),
        ),
      ],
      'file/binary',
      /a\.txt/,
    ],
    [
      'a format of later',
      async () => ['summarize', await file('a.pdf', '%PDF-1.7\n')],
      'file/unsupported-format',
      /a\.pdf/,
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
      async () => ['ask', '--model', join(folder, 'none.gguf'), 'What?'],
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
      async () => ['ask', '--model', await file('notes.gguf', 'These are notes.'), 'What?'],
      'model/not-a-model',
      /GGUF/,
    ],
    [
      'no model to import',
      async () => ['models', 'import', await file('notes.gguf', 'These are notes.')],
      'model/not-a-model',
      /GGUF/,
    ],
    [
      'a data folder that is a file',
      async () => ['models', 'list', '--data-dir', await file('data.txt', '')],
      'disk/not-writable',
      /folder/,
    ],
    [
      'a collection, which comes later',
      async () => ['ask', '--collection', 'x', 'What?'],
      'app/later-capability',
      /later/,
    ],
    ['index, which comes later', async () => ['index', '--collection', 'x', 'a.txt'], 'app/later-capability', /later/],
    [
      'search, which comes later',
      async () => ['search', '--collection', 'x', '--mode', 'dense', 'what'],
      'app/later-capability',
      /later/,
    ],
    ['models install, which comes later', async () => ['models', 'install', 'x'], 'app/later-capability', /later/],
    ['keys, which come later', async () => ['keys', 'set', 'someone'], 'app/later-capability', /later/],
  ])('fails clearly for %s', async (_name, args, code, words) => {
    const ended = await sotto(...(await args()), '--json');
    expect(ended.exitCode).toBe(1);
    expect(errorOf(ended)).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(errorOf(ended).message).not.toMatch(/\{\{|undefined|\[object/);
  });

  it('fails clearly for a truncated model', async () => {
    const path = join(folder, 'half.gguf');
    await copyFile(starterModel, path);
    await truncate(path, 30_000_000);
    const ended = await sotto('ask', '--model', path, 'What?', '--json');
    expect(ended.exitCode).toBe(1);
    expect(errorOf(ended).code).toBe('model/truncated');
  });

  it('says what to do without a model, and still works otherwise', async () => {
    environment['SOTTO_MODEL_DIR'] = join(folder, 'no-models');
    const asked = await sotto('ask', 'What?', '--json');
    expect(asked.exitCode).toBe(1);
    expect(errorOf(asked)).toMatchObject({ code: 'model/none', message: expect.stringMatching(/import/i) });
    const doctor = await sotto('doctor', '--json');
    expect(doctor.exitCode).toBe(1);
    expect(json(doctor)['problems']).toEqual([expect.objectContaining({ code: 'model/none' })]);
  });

  it('lists a bad file in the model folder beside the good ones', async () => {
    environment['SOTTO_MODEL_DIR'] = join(folder, 'models');
    await mkdir(environment['SOTTO_MODEL_DIR']);
    await symlink(starterModel, join(folder, 'models', 'good.gguf'));
    await writeFile(join(folder, 'models', 'bad.gguf'), 'no model');
    const ended = await sotto('models', 'list', '--json');
    expect(json(ended)).toMatchObject({
      models: expect.arrayContaining([expect.objectContaining({ fileName: 'good.gguf', kind: 'chat' })]),
      unusable: [expect.objectContaining({ fileName: 'bad.gguf', code: 'model/not-a-model' })],
    });
  });

  it.each([
    [['aks', 'What?'], /ask/],
    [['ask', '--dco', 'x', 'What?'], /--doc/],
    [['ask'], /Usage/],
    [['summarize', '--style', 'haiku', 'x.txt'], /brief, standard, detailed/],
    [['ledger', '--limit', 'many'], /1 – 1000/],
    [['bench', '--repeats', '1'], /5 – 50/],
    [['host', '--port', '70000'], /65535/],
  ])('does not understand %j, and ends with 2', async (args, words) => {
    const inWords = await sotto(...args);
    expect(inWords).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(words) });
    const inJson = await sotto(...args, '--json');
    expect(inJson.exitCode).toBe(2);
    expect(errorOf(inJson)).toMatchObject({ code: 'app/usage', message: expect.stringMatching(words) });
  });
});

describe('sotto, told about itself', () => {
  it('lists, imports and shows models', async () => {
    environment['SOTTO_MODEL_DIR'] = join(folder, 'models');
    const imported = await sotto('models', 'import', starterModel, '--json');
    expect(imported.exitCode).toBe(0);
    expect(json(imported)).toMatchObject({ imported: expect.stringMatching(/^sha256:/) });
    expect((await readdir(join(folder, 'models'))).filter((name) => name.endsWith('.gguf'))).toHaveLength(1);
    const doctor = json(await sotto('doctor', '--json'));
    expect(doctor).toMatchObject({
      cores: expect.any(Number),
      problems: [],
      dataFolder: { ownerPid: null, isWritable: true },
    });
  });

  it('has an empty ledger', async () => {
    expect(json(await sotto('ledger', '--json'))).toEqual({ entries: [] });
  });

  it('speaks German where the system does', async () => {
    environment['LC_ALL'] = 'de_DE.UTF-8';
    expect((await sotto('--help')).stdout).toContain('Befehle');
  });

  it('explains that a passphrase is not needed yet', async () => {
    const ended = await sotto('ledger', '--passphrase-file', join(folder, 'none'), '--json');
    expect(ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('passphrase') });
  });
});

describe('a data folder with two doors', () => {
  it('lets the terminal join the host and work inside it', async () => {
    const owner = await host();
    const doctor = json(await sotto('doctor', '--json'));
    expect(doctor).toMatchObject({ dataFolder: { ownerPid: owner.child.pid } });
    const path = await file('lease.md', lease);
    const ended = await sotto('ask', '--doc', path, 'How long is the notice period?', '--json');
    expect(json(ended)).toMatchObject({ answer: expect.stringMatching(/three months/i) });
    expect(ended.stderr).toContain(String(owner.child.pid));
  });

  it('refuses a second host, naming the first and the next step', async () => {
    const owner = await host();
    const second = await start('host', '--port', '0', '--no-open').ended;
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain(String(owner.child.pid));
    expect(second.stderr).toMatch(/close it/);
    // The first is unharmed.
    expect(json(await sotto('doctor', '--json'))).toMatchObject({ dataFolder: { ownerPid: owner.child.pid } });
  });

  it('is taken over after its owner was killed', async () => {
    const owner = await host();
    owner.child.kill('SIGKILL');
    await owner.ended;
    expect(json(await sotto('doctor', '--json'))).toMatchObject({ dataFolder: { ownerPid: null } });
  });

  it('ends a joined command clearly when the owner is killed under it', async () => {
    const owner = await host();
    const asking = start('cli', 'ask', 'Write a very long story about the sea.', '--json');
    await asking.until(/Thinking/);
    owner.child.kill('SIGKILL');
    const ended = await asking.ended;
    expect(ended.exitCode).toBe(1);
    expect(errorOf(ended).code).toBe('app/closing');
  });

  it('runs beside the owner when it has a model of its own', async () => {
    await host();
    const ended = await sotto('ask', '--model', starterModel, 'What is the capital of France?', '--json');
    expect(json(ended)).toMatchObject({ answer: expect.stringContaining('Paris') });
    expect(ended.stderr).toMatch(/keeps nothing/);
  });
});

describe('a host that is told to end', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends with every process that it started at %s', async (signal) => {
    const owner = await host();
    await sotto('ask', 'What is the capital of France?');
    const children = process.platform === 'linux' ? descendantsOf(owner.child.pid ?? -1) : [];
    if (process.platform === 'linux') expect(children.length).toBeGreaterThan(0);
    owner.child.kill(signal);
    expect((await owner.ended).exitCode).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it('is started and ended by sotto host as well', async () => {
    const door = start('cli', 'host', '--no-open');
    await door.until(/Sotto is ready at http:\/\/127\.0\.0\.1:\d+\/#token=/);
    const children = process.platform === 'linux' ? descendantsOf(door.child.pid ?? -1) : [];
    const gone = once(door.child, 'exit');
    door.child.kill('SIGTERM');
    await gone;
    expect((await door.ended).exitCode).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });
});
