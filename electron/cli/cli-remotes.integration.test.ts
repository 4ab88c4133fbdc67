import { chmod } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWorkbench, errorOf, jsonOf, type CliWorkbench } from '../testing/cli-workbench.ts';
import { startFakeProvider, type FakeProviderServer } from '../testing/fake-provider-server.ts';
import { findPlaintext } from '../testing/find-plaintext.ts';

const key = 'sk-PLANTEDplantedPLANTED';

let bench: CliWorkbench;
let server: FakeProviderServer;
let kept: readonly string[];
beforeEach(async () => {
  bench = await createCliWorkbench();
  server = await startFakeProvider({ key });
  const passphrase = await bench.file('passphrase', 'four unrelated words\n');
  await chmod(passphrase, 0o600);
  // What one command sets up is there for the next.
  kept = ['--passphrase-file', passphrase];
});
afterEach(async () => {
  await server.close();
  await bench.close();
});

describe('sotto remotes and sotto keys', () => {
  it('set a large model up, keep its key by its name, and forget both', async () => {
    const address = server.baseUrl('openai-compatible');
    const added = await bench.sotto('remotes', 'add', '--address', address, '--model', 'large', 'Gate', ...kept);
    expect(added).toMatchObject({ exitCode: 0, stdout: `Gate  cloud  openai-compatible  ${address}  large\n` });
    expect(added.stderr).toContain('sotto keys set "Gate"');
    const set = await bench.sottoWith(`${key}\n`, 'keys', 'set', 'gate', '--json', ...kept);
    expect(jsonOf(set)).toMatchObject({ keys: [{ provider: 'Gate', state: 'kept-in-database' }] });
    expect(set.stdout + set.stderr).not.toContain(key);
    expect((await bench.sotto('keys', 'status', ...kept)).stdout).toBe('hub  none\nGate  kept, encrypted\n');
    expect(await findPlaintext([bench.folder], [key])).toEqual([]);
    // Catches a test that reaches out although nobody has allowed it.
    const refused = await bench.sotto('remotes', 'test', 'Gate', '--json', ...kept);
    expect(errorOf(refused).code).toBe('egress/offline');
    expect(server.requests).toEqual([]);
    const removed = await bench.sotto('remotes', 'remove', 'GATE', '--json', ...kept);
    expect(jsonOf(removed)).toMatchObject({ remotes: [] });
    expect((await bench.sotto('keys', 'status', ...kept)).stdout).toBe('hub  none\n');
  });

  it('change a large model, whose key stays with its host', async () => {
    // Catches the key that is lost with a change of the model, and one that follows the address to another host.
    const address = server.baseUrl('openai-compatible');
    await bench.sotto('remotes', 'add', '--address', address, 'Gate', ...kept);
    await bench.sottoWith(`${key}\n`, 'keys', 'set', 'Gate', ...kept);
    const named = await bench.sotto('remotes', 'change', '--model', 'large', '--name', 'Big', 'gate', ...kept);
    expect(named).toMatchObject({ exitCode: 0, stdout: `Big  cloud  openai-compatible  ${address}  large\n` });
    expect((await bench.sotto('keys', 'status', ...kept)).stdout).toContain('Big  kept, encrypted\n');
    const wrong = await bench.sotto('remotes', 'change', '--address', 'word', 'Big', ...kept);
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '' });
    expect(wrong.stderr).toContain('has to begin with https://');
    const moved = await bench.sotto('remotes', 'change', '--address', 'https://api.example.com/v1', 'Big', ...kept);
    expect(moved.stdout).toBe('Big  cloud  openai-compatible  https://api.example.com/v1  large\n');
    expect(moved.stderr).toContain('sotto keys set "Big"');
    expect((await bench.sotto('keys', 'status', ...kept)).stdout).toBe('hub  none\nBig  none\n');
  });

  it.each([
    [['remotes', 'add', '--address', 'word', 'X'], 1, 'has to begin with https://'],
    [['remotes', 'add', '--address', 'https://api.example.com/v1?key=1', 'X'], 1, 'question mark'],
    [['remotes', 'add', '--own-server', '--address', 'http://[fe80::1%eth0]/v1', 'X'], 1, 'There is a %'],
    [['remotes', 'add', '--own-server', '--address', 'https://api.openai.com/v1', 'X'], 1, 'no server of your own'],
    [['remotes', 'add', '--address', 'http://203.0.113.7/v1', 'X'], 1, 'Without encryption'],
    [['remotes', 'add', '--kind', 'nobody', 'X'], 2, '--kind cannot be "nobody"'],
    [['remotes', 'test', 'X'], 2, 'PROVIDER cannot be "X"'],
    [['keys', 'set', 'X'], 2, 'PROVIDER cannot be "X"'],
    [['keys', 'set', 'hub'], 1, 'Check what you entered'],
  ])('says clearly what is wrong with %j', async (args, exitCode, words) => {
    const ended = await bench.sotto(...args);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stderr).toContain(words);
    expect(ended.stdout).toBe('');
  });
});
