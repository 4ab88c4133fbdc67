import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeychainSecretStore } from './create-keychain-secret-store.ts';
import { keychainStateSchema } from './secret-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-keychain-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function probeWith(source: string, timeoutMs?: number) {
  const probePath = join(folder, 'probe.mjs');
  await writeFile(probePath, source);
  return createKeychainSecretStore({ probePath, ...(timeoutMs !== undefined && { timeoutMs }) }).probe();
}

describe('createKeychainSecretStore', () => {
  it('finds one of the known states on this machine, with a library or without', async () => {
    const probePath = join(import.meta.dirname, 'keychain-probe', 'index.ts');
    const state = await createKeychainSecretStore({ probePath, timeoutMs: 20_000 }).probe();
    expect(keychainStateSchema.safeParse(state).success).toBe(true);
    // Silence would mean that the probe itself did not run.
    expect(state).not.toEqual({ state: 'refused', reason: 'no-answer' });
  });

  it('takes a keychain that blocks its whole process for a refusal', async () => {
    expect(await probeWith('for (;;);', 200)).toEqual({ state: 'refused', reason: 'no-answer' });
  });

  it('takes a library that crashes for none', async () => {
    expect(await probeWith('process.abort();')).toEqual({ state: 'absent', reason: 'no-library' });
  });

  it('does not believe an answer that is none', async () => {
    const answer = await probeWith('process.send({ state: "wonderful" });');
    expect(answer).toEqual({ state: 'refused', reason: 'no-answer' });
  });
});
