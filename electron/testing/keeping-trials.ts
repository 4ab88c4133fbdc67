import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeepingChoice } from '../shared/access.ts';
import { accountsIn, createFileSecretStore } from './file-secret-store.ts';
import { openTestApp, type TestApp } from './open-test-app.ts';

const passphrase = 'four unrelated words';
const title = 'Written before the change';
const hubKey = 'hf_set_before_the_change';

/** A change of how chats are kept, from the way that `before` leads to. */
export type KeepingTrial = {
  readonly name: string;
  /** What is kept at first, beginning with a keychain. */
  readonly before: readonly KeepingChoice[];
  readonly change: KeepingChoice | 'erase';
};

const byPassphrase: KeepingChoice = { keeping: 'passphrase', passphrase };
const byKeychain: KeepingChoice = { keeping: 'keychain', currentPassphrase: passphrase };
const nothing: KeepingChoice = { keeping: 'session-only', currentPassphrase: passphrase };

/** Changes without a passphrase, which cost no scrypt. */
export const quickTrials: readonly KeepingTrial[] = [
  { name: 'keychain to nothing', before: [], change: nothing },
  { name: 'nothing to keychain', before: [nothing], change: byKeychain },
  { name: 'erasing what a keychain keeps', before: [], change: 'erase' },
];

/** Every change there is. */
export const allTrials: readonly KeepingTrial[] = [
  ...quickTrials,
  { name: 'keychain to passphrase', before: [], change: byPassphrase },
  { name: 'passphrase to keychain', before: [byPassphrase], change: byKeychain },
  { name: 'passphrase to nothing', before: [byPassphrase], change: nothing },
  { name: 'nothing to passphrase', before: [nothing], change: byPassphrase },
  { name: 'erasing what a passphrase keeps', before: [byPassphrase], change: 'erase' },
];

async function open(folder: string): Promise<TestApp> {
  const secrets = createFileSecretStore(join(folder, 'secrets'));
  return await openTestApp({ dataFolder: join(folder, 'data'), secrets });
}

async function prepare(folder: string, { before }: KeepingTrial): Promise<void> {
  const { app, client } = await open(folder);
  const { id } = await client.conversations.create({ documentIds: [] });
  await client.conversations.rename({ id, title });
  await client.keys.set({ owner: 'hub', secret: hubKey });
  for (const choice of before) await client.access.keep(choice);
  await app.close();
}

/** Steps that were taken, or null for a program that was killed. */
async function runVictim(folder: string, { change }: KeepingTrial, killAt: number): Promise<number | null> {
  const given = JSON.stringify({ passphrase, next: change });
  const program = join(import.meta.dirname, 'keeping-victim.ts');
  const child = spawn(process.execPath, [program, folder, given, String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0 && child.signalCode !== 'SIGKILL') throw new Error(`The victim ended with ${String(code)}`);
  return code === 0 ? Number(output) : null;
}

/** What is wrong with the folder after the crash; empty when the old way or the new one is whole. */
async function examine(folder: string, { before, change }: KeepingTrial): Promise<readonly string[]> {
  const wasKept = before.at(-1)?.keeping !== 'session-only';
  const { app, client } = await open(folder);
  try {
    if (app.access.state.state === 'locked') await client.access.unlock({ passphrase });
    const { state } = app.access;
    if (state.state !== 'open') return [`is ${state.state}`];
    const titles = (await client.conversations.list()).map((conversation) => conversation.title);
    // A key is not lost, and moves to where it belongs when it is used.
    const key = await app.services.keys.read('hub');
    // An erasure may not have begun, or be over; then chats are kept anew.
    const hasKey = change === 'erase' ? key !== null : wasKept && state.keeping !== 'session-only';
    const record = state.keeping === 'keychain' ? (hasKey ? 2 : 1) : 0;
    const secrets = (await accountsIn(join(folder, 'secrets'))).length;
    const hasDatabase = existsSync(join(folder, 'data', 'sotto.db'));
    const isKept = state.keeping !== 'session-only';
    return [
      ...(secrets === record ? [] : [`${secrets} secrets for ${state.keeping}`]),
      ...(key === (hasKey ? hubKey : null) ? [] : [`a key of ${String(key?.length)} letters`]),
      ...(hasDatabase === isKept ? [] : [`a database for ${state.keeping}: ${String(hasDatabase)}`]),
      ...(existsSync(join(folder, 'data', 'access-change.json')) ? ['a change that never ends'] : []),
      ...(wasKept && change !== 'erase' && isKept && titles.join() !== title ? [`titles: ${titles.join()}`] : []),
    ];
  } finally {
    await app.close();
  }
}

/** One kill. Null when the change took fewer steps than `killAt`; otherwise what was wrong afterwards. */
export async function tryKeeping(trial: KeepingTrial, killAt: number): Promise<readonly string[] | null> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-keeping-'));
  try {
    await prepare(folder, trial);
    const steps = await runVictim(folder, trial, killAt);
    return steps === null ? await examine(folder, trial) : null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
