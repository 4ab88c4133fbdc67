import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliWorkbench, errorOf, jsonOf, type CliWorkbench } from '../testing/cli-workbench.ts';
import { startHubServer, type HubServer } from '../testing/hub-server.ts';
import { buildModelFile } from '../testing/test-models.ts';

const bytes = buildModelFile('Tiny', 24 * 1024 * 1024);

let bench: CliWorkbench;
let models: string;
let hub: HubServer;
beforeEach(async () => {
  bench = await createCliWorkbench();
  models = join(bench.folder, 'models');
  await mkdir(models);
  bench.environment['SOTTO_MODEL_DIR'] = models;
  bench.environment['HOME'] = join(bench.folder, 'home');
  const repositories = join(bench.folder, 'hub/publisher');
  for (const name of ['tiny-GGUF', 'gated-GGUF']) {
    await mkdir(join(repositories, name), { recursive: true });
    await writeFile(join(repositories, name, 'tiny-Q8_0.gguf'), bytes);
  }
  hub = await startHubServer(join(bench.folder, 'hub'));
});
afterEach(async () => {
  await hub.close();
  await bench.close();
});

const visible = async (): Promise<readonly string[]> => (await readdir(models)).filter((name) => !name.startsWith('.'));
const install = (...args: readonly string[]) => ['models', 'install', '--yes', '--hub', hub.address, ...args] as const;

describe('sotto models and the hub', () => {
  it('finds a model, shows how it fits, downloads it and knows where it came from', async () => {
    const found = jsonOf(await bench.sotto('models', 'search', '--yes', '--hub', hub.address, 'tiny', '--json'));
    expect(found['hub']).toContainEqual(expect.objectContaining({ repository: 'publisher/tiny-GGUF' }));
    const installed = await bench.sotto(...install('publisher/tiny-GGUF:Q8_0', '--json'));
    expect(installed).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/Runs well here: .* of memory/) });
    expect(jsonOf(installed)).toMatchObject({
      download: { state: 'done' },
      model: { name: 'tiny' },
      fit: { status: 'fits' },
    });
    expect(await readFile(join(models, 'tiny-Q8_0.gguf'))).toEqual(bytes);
    expect(jsonOf(await bench.sotto('models', 'info', 'tiny', '--json'))).toMatchObject({
      origin: { from: 'hub', repository: 'publisher/tiny-GGUF', path: 'tiny-Q8_0.gguf' },
    });
    const again = await bench.sotto(...install('publisher/tiny-GGUF:Q8_0', '--json'));
    expect(jsonOf(again)).toMatchObject({ isAlreadyInstalled: true });
  });

  // Catches a Ctrl+C that throws away gigabytes, and a second try that begins anew.
  it('pauses with Ctrl+C, says how to go on, and goes on from there', async () => {
    hub.setRate(2 * 1024 * 1024);
    const started = bench.start('cli', ...install('publisher/tiny-GGUF:Q8_0'));
    await started.until(/Downloading/);
    await expect.poll(() => hub.ranges.at(-1)?.sentBytes ?? 0, { timeout: 60_000 }).toBeGreaterThan(3 * 1024 * 1024);
    started.child.kill('SIGINT');
    const ended = await started.ended;
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toContain('Go on with: sotto models install publisher/tiny-GGUF:Q8_0');
    expect(await visible()).toEqual([]);
    hub.setRate(null);
    expect((await bench.sotto(...install('publisher/tiny-GGUF:Q8_0'))).stdout).toBe('tiny is ready to use.\n');
    expect(hub.ranges.at(-1)?.start).toBeGreaterThan(0);
    expect(await readFile(join(models, 'tiny-Q8_0.gguf'))).toEqual(bytes);
  });

  it.each<[string, string, string, RegExp]>([
    ['a repository that does not exist', 'publisher/none', 'hub/not-found', /127\.0\.0\.1/],
    ['a repository that wants to know who comes', 'publisher/gated-GGUF:Q8_0', 'hub/gated', /token/],
    ['a form that the repository does not have', 'publisher/tiny-GGUF:Q4_K_M', 'download/no-such-file', /Q8_0/],
    ['a path that climbs', 'publisher/tiny-GGUF/../../x.gguf', 'app/not-found', /no model/],
  ])('fails clearly for %s', async (_name, wanted, code, words) => {
    hub.gate('publisher/gated-GGUF', 'secret');
    const ended = await bench.sotto(...install(wanted, '--json'));
    expect(errorOf(ended)).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(ended.exitCode).toBe(1);
    expect(errorOf(ended).message).not.toMatch(/\{\{|undefined|\[object/);
    expect(await visible()).toEqual([]);
  });
});
