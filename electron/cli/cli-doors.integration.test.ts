import { readdir } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { descendantsOf, isAlive } from '../testing/built-product.ts';
import { createCliWorkbench, errorOf, jsonOf, leaseText, type CliWorkbench } from '../testing/cli-workbench.ts';

let bench: CliWorkbench;
beforeEach(async () => {
  bench = await createCliWorkbench();
});
afterEach(async () => {
  await bench.close();
});

describe('sotto, told about itself', () => {
  it('lists, imports and shows models', async () => {
    bench.environment['SOTTO_MODEL_DIR'] = join(bench.folder, 'models');
    const imported = await bench.sotto('models', 'import', bench.starterModel, '--json');
    expect(imported.exitCode).toBe(0);
    expect(jsonOf(imported)).toMatchObject({ imported: expect.stringMatching(/^sha256:/) });
    expect((await readdir(join(bench.folder, 'models'))).filter((name) => name.endsWith('.gguf'))).toHaveLength(1);
    const doctor = jsonOf(await bench.sotto('doctor', '--json'));
    expect(doctor).toMatchObject({
      cores: expect.any(Number),
      problems: [],
      dataFolder: { ownerPid: null, isWritable: true },
    });
  });

  it('has an empty ledger', async () => {
    expect(jsonOf(await bench.sotto('ledger', '--json'))).toEqual({ entries: [], total: 0 });
  });

  it('speaks German where the system does', async () => {
    bench.environment['LC_ALL'] = 'de_DE.UTF-8';
    expect((await bench.sotto('--help')).stdout).toContain('Befehle');
  });

  // Going on without the file would begin a session that keeps nothing, where somebody asked for a kept one.
  it('does nothing when the passphrase file is not there', async () => {
    const ended = await bench.sotto('ledger', '--passphrase-file', join(bench.folder, 'none'), '--json');
    expect(ended.exitCode).toBe(1);
    expect(jsonOf(ended)).toMatchObject({ error: { code: 'access/passphrase-file' } });
  });
});

describe('a data folder with two doors', () => {
  it('lets the terminal join the host and work inside it', async () => {
    const owner = await bench.host();
    const doctor = jsonOf(await bench.sotto('doctor', '--json'));
    expect(doctor).toMatchObject({ dataFolder: { ownerPid: owner.child.pid } });
    const path = await bench.file('lease.md', leaseText);
    const ended = await bench.sotto('ask', '--doc', path, 'How long is the notice period?', '--json');
    expect(jsonOf(ended)).toMatchObject({ answer: expect.stringMatching(/three months/i) });
    expect(ended.stderr).toContain(String(owner.child.pid));
  });

  it('refuses a second host, naming the first and the next step', async () => {
    const owner = await bench.host();
    const second = await bench.start('host', '--port', '0', '--no-open').ended;
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain(String(owner.child.pid));
    expect(second.stderr).toMatch(/close it/);
    // The first is unharmed.
    expect(jsonOf(await bench.sotto('doctor', '--json'))).toMatchObject({ dataFolder: { ownerPid: owner.child.pid } });
  });

  it('is taken over after its owner was killed', async () => {
    const owner = await bench.host();
    owner.child.kill('SIGKILL');
    await owner.ended;
    expect(jsonOf(await bench.sotto('doctor', '--json'))).toMatchObject({ dataFolder: { ownerPid: null } });
  });

  it('ends a joined command clearly when the owner is killed under it', async () => {
    const owner = await bench.host();
    const asking = bench.start('cli', 'ask', 'Write a very long story about the sea.', '--json');
    await asking.until(/Thinking/);
    owner.child.kill('SIGKILL');
    const ended = await asking.ended;
    expect(ended.exitCode).toBe(1);
    expect(errorOf(ended).code).toBe('app/closing');
  });

  it('runs beside the owner when it has a model of its own', async () => {
    await bench.host();
    const ended = await bench.sotto('ask', '--model', bench.starterModel, 'What is the capital of France?', '--json');
    expect(jsonOf(ended)).toMatchObject({ answer: expect.stringContaining('Paris') });
    expect(ended.stderr).toMatch(/keeps nothing/);
  });
});

describe('a host that is told to end', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends with every process that it started at %s', async (signal) => {
    const owner = await bench.host();
    await bench.sotto('ask', 'What is the capital of France?');
    const children = descendantsOf(owner.child.pid ?? -1);
    expect(children.length > 0 || process.platform !== 'linux').toBe(true);
    owner.child.kill(signal);
    expect((await owner.ended).exitCode).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it.each([0, 20, 60])('ends in order %i ms after it said that it is ready', async (delayMs) => {
    // Catches signals that are listened to only after the address was printed: the process then dies with its work open.
    const owner = await bench.host();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    owner.child.kill('SIGINT');
    expect((await owner.ended).exitCode).toBe(0);
    expect(await readdir(join(bench.folder, 'data', 'run'))).toEqual([]);
  });

  it('is started and ended by sotto host as well', async () => {
    const door = bench.start('cli', 'host', '--no-open');
    await door.until(/Sotto is ready at http:\/\/127\.0\.0\.1:\d+\/#token=/);
    const children = descendantsOf(door.child.pid ?? -1);
    const gone = once(door.child, 'exit');
    door.child.kill('SIGTERM');
    await gone;
    expect((await door.ended).exitCode).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });
});
