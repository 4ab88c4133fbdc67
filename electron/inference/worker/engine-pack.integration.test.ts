import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { getModuleVersion } from 'node-llama-cpp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../shared/machine.ts';
import { enginePackRecordName } from '../protocol/engine-pack.ts';
import type { EnginePackRecord } from '../protocol/engine-pack.ts';

const name = 'linux-x64-cuda';
const path = `bins/${name}/libllama.so`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-pack-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

/** A pack of one library, with code beside it that nobody may run. */
async function writePack(library: string): Promise<void> {
  const target = join(folder, name, path);
  await mkdir(dirname(target), { recursive: true });
  await mkdir(join(folder, name, 'dist'), { recursive: true });
  await writeFile(join(folder, name, 'dist', 'index.js'), "throw new Error('Code of the pack was run.');");
  await writeFile(target, 'a library');
  const { size: sizeBytes, mtimeMs } = await stat(target);
  const record: EnginePackRecord = { format: 1, library, packages: [{ name, files: [{ path, sizeBytes, mtimeMs }] }] };
  await writeFile(join(folder, enginePackRecordName), JSON.stringify(record));
}

/** What the inference library is told of the package in a process of its own, as it asks: `null` for what is not there. */
async function answerOf(backend: Backend, asked = name): Promise<unknown> {
  const module = pathToFileURL(join(import.meta.dirname, 'engine-pack.ts')).href;
  const script = `
    const { registerEnginePack } = await import(${JSON.stringify(module)});
    await registerEnginePack(${JSON.stringify({ backend, enginePackFolder: folder })});
    const found = await import('@node-llama-cpp/${asked}').catch(() => null);
    console.log(JSON.stringify(found === null ? null : found.getBinsDir()));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
  });
  return JSON.parse(stdout);
}

describe('libraries that came later than the app', { timeout: 60_000 }, () => {
  it('are found in their folder by the inference library, and no code of theirs runs', async () => {
    const library = await getModuleVersion();
    await writePack(library);
    const expected = { binsDir: join(folder, name, 'bins'), packageVersion: library };
    expect(await answerOf('cuda')).toEqual(expected);
  });

  it('change nothing for a backend that came with the app, nor for another package', async () => {
    await writePack(await getModuleVersion());
    expect(await answerOf('vulkan')).not.toMatchObject({ binsDir: join(folder, name, 'bins') });
    expect(await answerOf('cuda', 'no-such-package')).toBeNull();
  });

  // Catches an engine that loads what another program put there, or what an update of the app made too old.
  it.each(['changed', 'too old'])('are not used when they are %s', async (why) => {
    await writePack(why === 'too old' ? '0.0.1' : await getModuleVersion());
    if (why === 'changed') await writeFile(join(folder, name, path), 'another library');
    expect(await answerOf('cuda')).not.toMatchObject({ binsDir: join(folder, name, 'bins') });
  });
});
