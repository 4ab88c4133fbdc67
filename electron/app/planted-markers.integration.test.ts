import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessRecordSchema } from '../platform/access-file.ts';
import { openSealedKey } from '../platform/key-seal.ts';
import { descendantsOf } from '../testing/built-product.ts';
import { findInProcesses, findPlaintext } from '../testing/find-plaintext.ts';

const modelFolder = process.env['SOTTO_MODEL_DIR'] ?? join(import.meta.dirname, '../../.cache/models');
const markers = Array.from({ length: 50 }, () => `planted${randomBytes(12).toString('hex')}`);
const passphrase = `secret ${randomBytes(12).toString('hex')} words`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-markers-'));
  for (const name of ['own', 'tmp']) await mkdir(join(folder, name));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function startVictim(ending: string): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../testing/marker-victim.ts');
  // Somebody who looks for crashes lets them leave a core file where the program was started.
  const withCores = 'ulimit -c "$(ulimit -H -c)"; exec "$@"';
  const child = spawn('sh', ['-c', withCores, 'sh', process.execPath, program, folder, modelFolder, ending], {
    cwd: join(folder, 'tmp'),
    env: { ...process.env, TMPDIR: join(folder, 'tmp') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end([passphrase, ...markers].join('\n'));
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`The victim ended early with ${String(code)}`);
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  // Its later end is what the test waits for.
  ended.catch(() => undefined);
  return child;
}

/** The database's key, by the passphrase that the victim changed to. */
async function keyOf(): Promise<Uint8Array> {
  const record = accessRecordSchema.parse(JSON.parse(await readFile(join(folder, 'data', 'access.json'), 'utf8')));
  const key = record.keeping === 'passphrase' ? await openSealedKey(record.sealedKey, `${passphrase} again`) : null;
  if (key === null) throw new Error('The record does not open');
  return key;
}

const isEngine = (pid: number): boolean => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('inference');

describe('50 markers in messages, titles, names, documents, uploads, drafts, presets, settings and keys', () => {
  // Uploads that nobody took up are there as well, one of them half way.
  it.each(['exit', 'kill', 'abort'])('are nowhere to be read after the end by %s, nor is the key', async (ending) => {
    const child = await startVictim(ending);
    const pid = child.pid ?? 0;
    const secrets = [...markers, passphrase, await keyOf()];
    const places = [join(folder, 'data'), join(folder, 'tmp')];
    const pids = [pid, ...descendantsOf(pid)];
    expect(await findInProcesses(pids, secrets)).toEqual([]);
    // Where core files go is the system's affair; what is in them is not.
    for (const one of pids) expect(readFileSync(`/proc/${one}/coredump_filter`, 'utf8').trim()).toMatch(/^0+$/);
    expect(await findPlaintext(places, secrets)).toEqual([]);
    const gone = once(child, 'close');
    child.kill(ending === 'kill' ? 'SIGKILL' : 'SIGUSR2');
    await gone;
    expect(await findPlaintext(places, secrets)).toEqual([]);
    // Catches a search that would find nothing anywhere.
    expect((await findPlaintext([join(folder, 'own')], markers)).length).toBeGreaterThan(1);
    // Catches uploads that were never there; only a normal end removes them.
    const left = await readdir(join(folder, 'data', 'temporary', 'uploads')).catch(() => []);
    expect(left).toHaveLength(ending === 'exit' ? 0 : 3);
  });

  // What the engine had in hand must not lie in a state file that it could not remove any more.
  it('are nowhere to be read after the engine was killed in mid-answer', async () => {
    const child = await startVictim('engine');
    const over = once(child.stdout ?? child, 'data');
    const pids = descendantsOf(child.pid ?? 0).filter(isEngine);
    expect(pids).toHaveLength(1);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    expect(String(await over)).toBe('answer over\n');
    const secrets = [...markers, passphrase, await keyOf()];
    const places = [join(folder, 'data'), join(folder, 'tmp')];
    expect(await findPlaintext(places, secrets)).toEqual([]);
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
    expect(await findPlaintext(places, secrets)).toEqual([]);
  });
});
