import { describe, expect, it } from 'vitest';
import type { AccessState } from '../../shared/access.ts';
import { earlySettingsSchema } from '../../shared/settings.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createScriptedDesktop } from '../../testing/scripted-desktop.ts';
import type { DesktopScript } from '../../testing/scripted-desktop.ts';
import { holdWhileClosed } from './hold-while-closed.ts';

const opening: AccessState = { state: 'opening' };
const locked: AccessState = { state: 'locked', keeping: 'passphrase', reason: 'passphrase' };
const open: AccessState = {
  state: 'open',
  keeping: 'passphrase',
  isChosen: true,
  isBesideKept: false,
  isReadOnly: false,
  lostCommits: 0,
};

async function hold(states: readonly AccessState[], script: DesktopScript = {}) {
  const desktop = createScriptedDesktop(script);
  const logger = createRecordingLogger();
  async function* watch(): AsyncGenerator<AccessState, void, void> {
    yield* states;
  }
  const early = () => Promise.resolve(earlySettingsSchema.parse({ quickAskShortcut: 'Alt+J', closesToTray: true }));
  await holdWhileClosed({ desktop, access: { watch }, early, logger }, new AbortController().signal);
  return { desktop, logger };
}

describe('holdWhileClosed', () => {
  it('brings the shortcut before anybody unlocks, and shows nothing but that it is locked', async () => {
    // Catches a shortcut that is dead until the window was opened and the passphrase typed.
    const { desktop } = await hold([opening, locked]);
    expect(desktop.calls).toEqual([
      { call: 'setClosesToTray', isOn: true },
      { call: 'setShortcut', accelerator: 'Alt+J' },
    ]);
    expect(desktop.activities).toEqual([
      { modelName: null, state: 'locked', isOffline: true, isIndexingPaused: false, progress: null },
    ]);
  });

  it('leaves the settings to the open chats, and what they said stands after locking', async () => {
    // Catches the shortcut of an older file coming back when the app locks.
    const { desktop } = await hold([opening, open, locked]);
    expect(desktop.calls).toEqual([]);
    expect(desktop.activities.map(({ state }) => state)).toEqual(['locked']);
  });

  it('does not fail with its desktop', async () => {
    const { logger } = await hold([locked], { failure: new Error('No bus') });
    expect(logger.lines.map(({ fields }) => fields.call)).toEqual(['showActivity', 'setClosesToTray', 'setShortcut']);
  });
});
