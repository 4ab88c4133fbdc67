import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
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
  const child = spawn(process.execPath, [program, folder, modelFolder, ending], {
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

describe('50 markers in messages, titles, names, documents, drafts, presets and settings', () => {
  it.each(['exit', 'kill', 'abort'])('are nowhere to be read after the end by %s, nor is the key', async (ending) => {
    const child = await startVictim(ending);
    const pid = child.pid ?? 0;
    const secrets = [...markers, passphrase, await keyOf()];
    const places = [join(folder, 'data'), join(folder, 'tmp')];
    expect(await findInProcesses([pid, ...descendantsOf(pid)], secrets)).toEqual([]);
    expect(await findPlaintext(places, secrets)).toEqual([]);
    const gone = once(child, 'close');
    child.kill(ending === 'kill' ? 'SIGKILL' : 'SIGUSR2');
    await gone;
    expect(await findPlaintext(places, secrets)).toEqual([]);
    // Catches a search that would find nothing anywhere.
    expect((await findPlaintext([join(folder, 'own')], markers)).length).toBeGreaterThan(1);
  });
});
