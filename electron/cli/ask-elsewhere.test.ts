import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlaceChoice } from '../shared/route.ts';
import { createWords } from '../shared/words.ts';
import { startFakeProvider } from '../testing/fake-provider-server.ts';
import type { FakeProviderServer } from '../testing/fake-provider-server.ts';
import { openTestApp } from '../testing/open-test-app.ts';
import type { TestApp } from '../testing/open-test-app.ts';
import { askCommand } from './commands/ask.ts';
import { CommandValues } from './command.ts';
import type { CommandInput } from './command.ts';
import { Terminal } from './terminal.ts';

let folder = '';
let test: TestApp;
let server: FakeProviderServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-ask-'));
  await mkdir(join(folder, 'data-models'));
  server = await startFakeProvider({ key: null });
  test = await openTestApp({ dataFolder: join(folder, 'data') });
  const { client } = test;
  await client.remotes.add({
    kind: 'mistral',
    zone: 'cloud',
    name: 'Elsewhere',
    baseUrl: server.baseUrl('mistral'),
    modelName: 'large',
    policyUrl: null,
  });
  await client.settings.update({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'ask' });
});
afterEach(async () => {
  await test.app.close();
  await server.close();
  await rm(folder, { recursive: true });
});

/** Runs `sotto ask` in this process; `typed` is what a person types when asked, null where nobody can be asked. */
async function ask(question: string, typed: string | null, where?: PlaceChoice) {
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== null, setRawMode: () => undefined });
  let [shown, said] = ['', ''];
  const stdout = { isTTY: false, write: (text: string) => ((said += text), true) };
  const stderr = {
    isTTY: typed !== null,
    write(text: string) {
      shown += text;
      if (text.includes('(y/n)')) setImmediate(() => stdin.write(`${typed ?? ''}\n`));
      return true;
    },
  };
  // Only these members of the streams are used.
  const streams = { stdin, stdout, stderr } as unknown as ConstructorParameters<typeof Terminal>[1];
  const terminal = new Terminal(createWords('en'), streams, false);
  const input = {
    options: new CommandValues(where === undefined ? {} : { where }),
    positionals: [question],
    terminal,
    signal: new AbortController().signal,
    openSession: async () => ({ client: test.client, [Symbol.asyncDispose]: async () => undefined }),
    // The command looks at nothing else of its input.
  } as unknown as CommandInput;
  const failure = { code: '' };
  const result = await askCommand.run(input).catch((error: { readonly code: string }) => {
    failure.code = error.code;
    return null;
  });
  return { json: result?.json ?? null, shown, said, failure: failure.code };
}

describe('sotto ask, where a large model would be asked', () => {
  // Catches a terminal that sends what nobody has seen.
  it('prints what would leave, and sends it after a yes', async () => {
    const { json, shown, said } = await ask('Greet anna.berger@example.org.', 'y');
    const [body = ''] = server.requests.map((request) => request.body.toString('utf8'));
    expect(shown).toContain(body);
    expect(shown).toMatch(/\[EMAIL_1\] stands for anna\.berger@example\.org/);
    expect(said).toContain('Greet anna.berger@example.org.');
    expect(json).toMatchObject({
      route: { zone: 'cloud', reason: 'no-local-model' },
      costMicroDollars: expect.any(Number),
      replaced: 1,
      ledgerEntryIds: [expect.any(String)],
    });
  });

  it('answers here after a no', async () => {
    expect((await ask('Why?', 'n')).failure).toBe('model/none');
    expect(server.requests).toEqual([]);
  });

  it('answers here where nobody can be asked, and says so', async () => {
    const { failure, shown } = await ask('Why?', null, 'remote');
    expect(failure).toBe('model/none');
    expect(shown).toMatch(/nobody can say yes here/);
    expect(server.requests).toEqual([]);
  });
});
