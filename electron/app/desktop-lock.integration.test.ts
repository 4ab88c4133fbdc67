import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp } from '../testing/open-test-app.ts';
import type { TestApp } from '../testing/open-test-app.ts';
import { createScriptedDesktop } from '../testing/scripted-desktop.ts';
import type { ScriptedDesktop } from '../testing/scripted-desktop.ts';
import { toAppError } from './app-client.ts';
import { eventually } from '../testing/eventually.ts';

const passphrase = 'four unrelated words';
let folder: string;
let opened: TestApp | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-desktop-'));
});
afterEach(async () => {
  await opened?.app.close();
  opened = null;
  await rm(folder, { recursive: true, force: true });
});

async function open(desktop: ScriptedDesktop): Promise<TestApp> {
  opened = await openTestApp({ dataFolder: join(folder, 'data'), platform: { desktop, door: 'window' } });
  return opened;
}

async function close(): Promise<void> {
  await opened?.app.close();
  opened = null;
}

const shortcuts = ({ calls }: ScriptedDesktop) => calls.filter(({ call }) => call === 'setShortcut');

describe('the desktop over locking and unlocking', { timeout: 30_000 }, () => {
  it('shows that the chats are locked, hears nothing meanwhile, and then what was asked', async () => {
    // Catches a link that is lost, or answered, while a stranger sits before the locked app.
    const desktop = createScriptedDesktop();
    const { client } = await open(desktop);
    await client.access.keep({ keeping: 'passphrase', passphrase });
    await eventually(() => expect(desktop.activities.at(-1)).toMatchObject({ state: 'idle' }));
    await client.access.lock();
    await eventually(() => expect(desktop.activities.at(-1)).toMatchObject({ modelName: null, state: 'locked' }));

    desktop.request('main', { type: 'prefill', text: 'From a link' });
    const locked = await client.desktop
      .requests({ window: 'main' })
      .then(async (requests) => await requests.next().then(() => null, toAppError), toAppError);
    expect(locked).toMatchObject({ code: 'access/locked' });

    await client.access.unlock({ passphrase });
    const requests = await client.desktop.requests({ window: 'main' });
    expect((await requests.next()).value).toEqual({ type: 'prefill', text: 'From a link' });
    await requests.return();
    await eventually(() => expect(desktop.activities.at(-1)).toMatchObject({ state: 'idle' }));
  });

  it('has the shortcut of the last run before anybody unlocks, and registers it once', async () => {
    const first = createScriptedDesktop();
    const { client } = await open(first);
    await client.access.keep({ keeping: 'passphrase', passphrase });
    await client.settings.update({ quickAskShortcut: 'Alt+J', startsAtLogin: true });
    await eventually(() => expect(shortcuts(first).at(-1)).toMatchObject({ accelerator: 'Alt+J' }));
    await close();

    const second = createScriptedDesktop({ state: { startsAtLogin: true } });
    const { client: locked, state } = await open(second);
    expect(state).toMatchObject({ state: 'locked' });
    await eventually(() => expect(shortcuts(second)).toEqual([{ call: 'setShortcut', accelerator: 'Alt+J' }]));
    await locked.access.unlock({ passphrase });
    await eventually(() => expect(second.calls.map(({ call }) => call)).toContain('setLocksWithScreen'));
    expect(second.calls.map(({ call }) => call)).not.toContain('setStartsAtLogin');
    expect(shortcuts(second)).toHaveLength(1);
  });

  it('keeps the login item of a person whose chats are not kept', async () => {
    // Catches a session that begins with defaults and takes away what the person set the day before.
    const first = createScriptedDesktop();
    const { client } = await open(first);
    await client.settings.update({ startsAtLogin: true, quickAskShortcut: null });
    await eventually(() => expect(first.calls).toContainEqual({ call: 'setStartsAtLogin', isOn: true }));
    await close();
    const second = createScriptedDesktop({ state: { startsAtLogin: true } });
    await open(second);
    await eventually(() => expect(second.calls.map(({ call }) => call)).toContain('setLocksWithScreen'));
    expect(second.calls.map(({ call }) => call)).not.toContain('setStartsAtLogin');
    expect(shortcuts(second)).toEqual([]);
  });
});
