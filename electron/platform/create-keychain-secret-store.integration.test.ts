import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keychainStateSchema } from '../shared/access.ts';
import { missingKeyringPrograms, openKeyringSession } from '../testing/keyring-session.ts';
import type { KeyringSession, KeyringSessionOptions } from '../testing/keyring-session.ts';
import { createKeychainSecretStore } from './create-keychain-secret-store.ts';
import type { KeychainSecretStoreOptions } from './create-keychain-secret-store.ts';
import { eventually } from '../testing/eventually.ts';

const realProcess = join(import.meta.dirname, 'keychain-process', 'index.ts');
const silent = { state: 'refused', reason: 'no-answer' } as const;
const absent = { state: 'absent', reason: 'no-service' } as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-keychain-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A store whose process is played by a program of the test's. */
async function playedStore(source: string, options: Omit<KeychainSecretStoreOptions, 'processPath'> = {}) {
  const processPath = join(folder, 'process.mjs');
  await writeFile(processPath, source);
  return createKeychainSecretStore({ processPath, ...options });
}

const loaded = 'process.send({ status: "loaded" });';

describe('createKeychainSecretStore', () => {
  it('finds one of the known states on this machine, with a library or without', async () => {
    const state = await createKeychainSecretStore({ processPath: realProcess, timeoutMs: 20_000 }).probe();
    expect(keychainStateSchema.safeParse(state).success).toBe(true);
    // Silence would mean that the process itself did not run.
    expect(state).not.toEqual(silent);
  });

  it('takes a keychain that blocks its whole process for a refusal', async () => {
    const store = await playedStore(`${loaded} for (;;);`, { timeoutMs: 300, promptTimeoutMs: 300 });
    expect(await store.probe()).toEqual(silent);
    expect(await store.get('a')).toEqual({ status: 'unavailable', keychain: silent });
  });

  it('takes a library that crashes for none, and one that crashes in the call for silence', async () => {
    expect(await (await playedStore('process.abort();')).probe()).toEqual({ state: 'absent', reason: 'no-library' });
    const crashing = await playedStore(`process.send({ status: "loaded" }, () => process.abort());`);
    expect(await crashing.set('a', 'b')).toEqual({ status: 'unavailable', keychain: silent });
  });

  it('says so when there is no process to start', async () => {
    const store = createKeychainSecretStore({ processPath: join(folder, 'gone.js') });
    expect(await store.get('a')).toEqual({
      status: 'unavailable',
      keychain: { state: 'absent', reason: 'no-library' },
    });
  });

  // An answer to another question must not become "done": that would be a key that nobody has.
  it.each(['{ status: "wonderful" }', 'null', '{ status: "found" }', '{ status: "loaded", x: 1 }'])(
    'does not believe the answer %s',
    async (answer) => {
      const store = await playedStore(`process.send(${answer}); process.on('message', () => process.send(0));`);
      expect(await store.probe()).toEqual(silent);
      expect(await store.set('a', 'b')).toEqual({ status: 'unavailable', keychain: silent });
    },
  );

  it('does not take an answer to one question for the answer to another', async () => {
    const found = await playedStore(`process.send({ status: "found", secret: "x" }); process.on('message', () => {});`);
    expect(await found.set('a', 'b')).toEqual({ status: 'unavailable', keychain: silent });
    const done = await playedStore(`process.send({ status: "done" }); process.on('message', () => {});`);
    expect(await done.get('a')).toEqual({ status: 'unavailable', keychain: silent });
    expect(await done.list('a')).toEqual({ status: 'unavailable', keychain: silent });
  });

  it('gives the secret neither to the arguments nor to the environment, and leaves no process', async () => {
    const secret = randomBytes(32).toString('base64');
    const store = await playedStore(
      `import { readFileSync, writeFileSync } from 'node:fs';
       process.on('message', ({ secret }) => {
         const seen = [process.argv.join(' '), process.execArgv.join(' '), JSON.stringify(process.env)];
         writeFileSync(${JSON.stringify(join(folder, 'seen.json'))}, JSON.stringify({ pid: process.pid, seen, secret }));
         process.send({ status: 'done' });
       });`,
    );
    expect(await store.set('a', secret)).toEqual({ status: 'done' });
    const text = await readFile(join(folder, 'seen.json'), 'utf8');
    // Once: where it was received.
    expect(text.split(secret)).toHaveLength(2);
    const pid = Number(/"pid":(\d+)/.exec(text)?.[1]);
    await eventually(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
  });
});

const missing = missingKeyringPrograms();
if (missing.length > 0) process.stderr.write(`Not tested with a real keyring: ${missing.join(', ')} not installed.\n`);

vi.setConfig({ testTimeout: 30_000 });
describe.skipIf(missing.length > 0)('createKeychainSecretStore with a real gnome-keyring', () => {
  let session: KeyringSession | null = null;
  const open = async (options?: KeyringSessionOptions): Promise<KeyringSession> => {
    session = await openKeyringSession(options);
    for (const [name, value] of Object.entries(session.environment)) vi.stubEnv(name, value);
    return session;
  };
  afterEach(async () => {
    vi.unstubAllEnvs();
    await session?.close();
    session = null;
  });
  const realStore = (promptTimeoutMs = 20_000) =>
    createKeychainSecretStore({ processPath: realProcess, timeoutMs: promptTimeoutMs, promptTimeoutMs });

  it('keeps, replaces and removes secrets in one that is present', async () => {
    await open();
    const store = realStore();
    expect(await store.probe()).toEqual({ state: 'available' });
    expect(await store.get('database:1')).toEqual({ status: 'missing' });
    const secret = 'ä€😀 with spaces\nand lines';
    expect(await store.set('database:1', 'old')).toEqual({ status: 'done' });
    expect(await store.set('database:1', secret)).toEqual({ status: 'done' });
    expect(await store.set('provider:x', 'other')).toEqual({ status: 'done' });
    for (const unkeepable of ['', 'a\0b', '\ud800']) {
      expect(await store.set('database:1', unkeepable)).toMatchObject({ status: 'unavailable' });
    }
    expect(await store.get('database:1')).toEqual({ status: 'found', secret });
    expect(await store.remove('database:1')).toEqual({ status: 'done' });
    expect(await store.remove('database:1')).toEqual({ status: 'done' });
    expect(await store.get('database:1')).toEqual({ status: 'missing' });
    expect(await store.get('provider:x')).toEqual({ status: 'found', secret: 'other' });
  });

  // Erasing removes what it finds by this list: what is missing here would stay for ever.
  it('lists whose secrets it has, and not a secret', async () => {
    const { lock } = await open();
    const store = realStore();
    for (const account of ['key:1:a', 'key:1:b', 'key:2:a', 'database:1'])
      await store.set(account, `secret of ${account}`);
    const listed = await store.list('key:1:');
    expect(listed).toMatchObject({ status: 'listed' });
    expect(listed.status === 'listed' && listed.accounts.toSorted()).toEqual(['key:1:a', 'key:1:b']);
    expect(await store.list('key:3:')).toEqual({ status: 'listed', accounts: [] });
    await lock();
    // Catches a locked one whose secrets are left out without a word.
    expect(await store.list('key:1:')).toMatchObject({ status: 'unavailable' });
  });

  // libsecret says "no such secret" here: a key taken for lost, or an erasure "proved", when it is only locked.
  it('does not take a locked one for an empty one', async () => {
    const { lock } = await open();
    const store = realStore();
    await store.set('database:1', 'secret');
    await lock();
    const denied = { state: 'refused', reason: 'denied' };
    expect(await store.probe()).toEqual(denied);
    expect(await store.get('database:1')).toEqual({ status: 'unavailable', keychain: denied });
    expect(await store.set('database:2', 'x')).toEqual({ status: 'unavailable', keychain: denied });
    expect(await store.remove('database:1')).toEqual({ status: 'unavailable', keychain: denied });
  });

  it('gives up on a dialog that nobody answers', async () => {
    const { lock } = await open({ prompter: 'silent' });
    await realStore().set('database:1', 'secret');
    await lock();
    const store = realStore(700);
    expect(await store.probe()).toEqual(silent);
    expect(await store.get('database:1')).toEqual({ status: 'unavailable', keychain: silent });
  });

  it('answers when the daemon is killed in the middle of a call, and calls it absent afterwards', async () => {
    const { lock, killDaemon } = await open({ prompter: 'silent' });
    const store = realStore();
    await store.set('database:1', 'secret');
    await lock();
    // The dialog that nobody answers holds the call open until the daemon dies.
    const answer = realStore(2_500).get('database:1');
    await vi.waitFor(async () => expect(await hasPrompter(session)).toBe(true), { timeout: 2_000 });
    killDaemon();
    // libsecret waits for ever for the dialog of a daemon that has died.
    expect(await answer).toEqual({ status: 'unavailable', keychain: silent });
    expect(await store.get('database:1')).toEqual({ status: 'unavailable', keychain: absent });
  });

  // A process that hangs in the keychain's library would outlive the app, with the key in its memory.
  it('leaves no process behind when the app is killed in the middle of a call', async () => {
    const { lock } = await open({ prompter: 'silent' });
    await realStore().set('database:1', 'secret');
    await lock();
    const store = JSON.stringify(join(import.meta.dirname, 'create-keychain-secret-store.ts'));
    const script = `
      const { createKeychainSecretStore } = await import(${store});
      await createKeychainSecretStore({ processPath: ${JSON.stringify(realProcess)} }).get('database:1');
    `;
    const app = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
    await vi.waitFor(async () => expect(await hasPrompter(session)).toBe(true), { timeout: 10_000 });
    expect(await isRunning(session, realProcess)).toBe(true);
    app.kill('SIGKILL');
    await vi.waitFor(async () => expect(await isRunning(session, realProcess)).toBe(false), { timeout: 10_000 });
  });

  it('finds out by reading what came of a change whose process was killed', async () => {
    await open();
    const store = realStore();
    await store.set('database:1', 'old');
    for (const promptTimeoutMs of [1, 30, 60, 90, 120]) await realStore(promptTimeoutMs).set('database:1', 'new');
    expect(['old', 'new'].map((secret) => ({ status: 'found', secret }))).toContainEqual(await store.get('database:1'));
  });

  it('calls a bus on which nobody keeps secrets absent, and no bus as well', async () => {
    await open({ keyring: 'none' });
    expect(await realStore().probe()).toEqual(absent);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', '');
    expect(await realStore().get('database:1')).toEqual({ status: 'unavailable', keychain: absent });
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${join(folder, 'nobody')}`);
    expect(await realStore().set('database:1', 'x')).toEqual({ status: 'unavailable', keychain: absent });
  });
});

/** Whether the bus has started the dialog of this session. */
const hasPrompter = (session: KeyringSession | null): Promise<boolean> => isRunning(session, 'dbus-monitor');

/** Whether a program with this in its command line runs in the session. */
async function isRunning(session: KeyringSession | null, words: string): Promise<boolean> {
  const address = session?.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  for (const entry of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${entry}/environ`, 'utf8').catch(() => '');
    if (!environment.includes(address)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (command.split('\0').some((word) => word === words)) return true;
  }
  return false;
}
