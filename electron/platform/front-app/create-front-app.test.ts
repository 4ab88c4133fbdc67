import { describe, expect, it } from 'vitest';
import { createFakeClock, settle } from '../../testing/fake-clock.ts';
import { createFrontApp, type FrontAppAccess, type FrontAppParts } from './create-front-app.ts';
import type { FrontAppSystem } from './front-app-reach.ts';
import type { KeysOutcome } from './send-keys.ts';

type Scene = {
  readonly system?: FrontAppSystem;
  /** What is selected in the app in front. */
  readonly selected?: string;
  readonly clipboard?: string;
  readonly keys?: KeysOutcome;
  readonly isTrusted?: boolean;
  /** How often the clipboard is looked at before the slow app has copied. */
  readonly slowLooks?: number;
};

const mac: FrontAppSystem = { operatingSystem: 'darwin', environment: {}, keyProgramPath: null };
const x11: FrontAppSystem = { operatingSystem: 'linux', environment: { DISPLAY: ':0' }, keyProgramPath: null };
const wayland: FrontAppSystem = { ...x11, environment: { WAYLAND_DISPLAY: 'wayland-0' } };

/** An app in front with a selection, and what it and quick-ask did to each other, in order. */
function stage({ system = mac, selected = '', clipboard = '', keys = 'sent', isTrusted = true, slowLooks = 0 }: Scene) {
  const events: string[] = [];
  let held = clipboard;
  let pending: { readonly text: string; looks: number } | null = null;
  const clock = createFakeClock();
  const parts: FrontAppParts = {
    system,
    clock,
    clipboard: {
      readText: async () => {
        if (pending !== null && pending.looks-- <= 0) {
          held = pending.text;
          pending = null;
        }
        return held;
      },
      readSelection: async () => selected,
      writeText: async (text) => void (held = text),
      clear: () => void (held = ''),
      keep: async () => {
        const kept = held;
        return async () => void (held = kept);
      },
    },
    sendKeys: async ({ arguments: given }) => {
      const isPaste = given.join(' ').includes('"v"') || given.includes('ctrl+v');
      events.push(isPaste ? `pasted: ${held}` : 'copied');
      if (keys === 'sent' && !isPaste && selected !== '') pending = { text: selected, looks: slowLooks };
      return keys;
    },
    asksForKeys: () => isTrusted,
    stepAside: () => void events.push('aside'),
    comeBack: () => void events.push('back'),
  };
  const frontApp = createFrontApp(parts);
  async function play<Result>(work: (access: FrontAppAccess) => Promise<Result>): Promise<Result> {
    let isDone = false;
    const result = work(frontApp).finally(() => (isDone = true));
    for (let turn = 0; turn < 400 && !isDone; turn += 1) {
      await clock.advance(25);
      await settle();
    }
    return await result;
  }
  return { events, play, frontApp, clock, clipboard: () => held };
}

describe('takeText', () => {
  it('copies the selection and puts the clipboard back', async () => {
    const { play, events, clipboard } = stage({ selected: 'Dear all', clipboard: 'a password' });
    expect(await play(async ({ takeText }) => await takeText('selection'))).toEqual({
      status: 'taken',
      from: 'selection',
      text: 'Dear all',
      isCut: false,
    });
    expect(events).toEqual(['aside', 'copied', 'back']);
    expect(clipboard()).toBe('a password');
  });

  // Without emptying the clipboard first, an old copy would pass for the selection.
  it('is empty when nothing is selected, whatever was copied before', async () => {
    const { play, events, clipboard } = stage({ clipboard: 'old' });
    expect(await play(async ({ takeText }) => await takeText('selection'))).toEqual({ status: 'empty' });
    expect(clipboard()).toBe('old');
    expect(events.at(-1)).toBe('back');
  });

  it('waits for an app that copies slowly', async () => {
    const { play } = stage({ selected: 'late', slowLooks: 12 });
    expect(await play(async ({ takeText }) => await takeText('selection'))).toMatchObject({ text: 'late' });
  });

  it('touches nothing when the system gives no right to press keys', async () => {
    const { play, events, clipboard } = stage({ selected: 'x', clipboard: 'kept', isTrusted: false });
    expect(await play(async ({ takeText }) => await takeText('selection'))).toEqual({ status: 'refused' });
    expect(events).toEqual([]);
    expect(clipboard()).toBe('kept');
  });

  it.each([
    ['refused', 'refused'],
    ['failed', 'unavailable'],
  ] as const)('comes back with the clipboard as it was when the keys are %s', async (keys, status) => {
    const { play, events, clipboard } = stage({ keys, clipboard: 'kept' });
    expect(await play(async ({ takeText }) => await takeText('selection'))).toEqual({ status });
    expect(events).toEqual(['aside', 'copied', 'back']);
    expect(clipboard()).toBe('kept');
  });

  it('reads the selection of X11 without a key and without stepping aside', async () => {
    const { play, events } = stage({ system: x11, selected: 'primary', clipboard: 'other' });
    expect(await play(async ({ takeText }) => await takeText('selection'))).toMatchObject({ text: 'primary' });
    expect(events).toEqual([]);
  });

  it('has no selection on Wayland, only what was copied', async () => {
    const { play } = stage({ system: wayland, selected: 'x', clipboard: 'copied' });
    expect(await play(async ({ takeText }) => await takeText('selection'))).toEqual({ status: 'unavailable' });
    expect(await play(async ({ takeText }) => await takeText('clipboard'))).toMatchObject({ text: 'copied' });
  });

  it('cuts what is too long between two characters', async () => {
    const { play } = stage({ clipboard: `${'a'.repeat(19_999)}😀 and more` });
    const taken = await play(async ({ takeText }) => await takeText('clipboard'));
    expect(taken).toMatchObject({ status: 'taken', isCut: true, text: 'a'.repeat(19_999) });
  });

  it('is empty for white space and whole for halves of characters', async () => {
    expect(await stage({ clipboard: ' \n\t' }).play(async ({ takeText }) => await takeText('clipboard'))).toEqual({
      status: 'empty',
    });
    const { play } = stage({ clipboard: 'half \uD83D' });
    expect(await play(async ({ takeText }) => await takeText('clipboard'))).toMatchObject({ text: 'half \uFFFD' });
  });

  // The owner of a clipboard is another program; while it hangs, reading never ends.
  it('gives up a clipboard that does not answer', async () => {
    const clock = createFakeClock();
    const frontApp = createFrontApp({
      system: wayland,
      clock,
      clipboard: {
        readText: () => new Promise(() => undefined),
        readSelection: async () => '',
        writeText: () => new Promise(() => undefined),
        clear: () => undefined,
        keep: async () => async () => undefined,
      },
      sendKeys: async () => 'failed',
      asksForKeys: () => true,
      stepAside: () => undefined,
      comeBack: () => undefined,
    });
    const taken = frontApp.takeText('clipboard');
    const pasted = frontApp.paste('x');
    await clock.advance(2_000);
    expect(await taken).toEqual({ status: 'unavailable' });
    await clock.advance(2_000);
    expect(await pasted).toBe('failed');
  });
});

describe('paste', () => {
  it('puts the text where the cursor was, and leaves it on the clipboard', async () => {
    const { play, events, clipboard } = stage({ clipboard: 'old' });
    expect(await play(async ({ paste }) => await paste('answer'))).toBe('pasted');
    expect(events).toEqual(['aside', 'pasted: answer']);
    expect(clipboard()).toBe('answer');
  });

  it.each(['refused', 'failed'] as const)('only copies, and says so in sight, when the keys are %s', async (keys) => {
    const { play, events } = stage({ keys });
    expect(await play(async ({ paste }) => await paste('answer'))).toBe('copied');
    expect(events.at(-1)).toBe('back');
  });

  it.each([wayland, x11])('only copies where no program presses keys', async (system) => {
    const { play, events, clipboard } = stage({ system });
    expect(await play(async ({ paste }) => await paste('answer'))).toBe('copied');
    expect(events).toEqual([]);
    expect(clipboard()).toBe('answer');
  });

  // Both at once would paste the selection, or take the answer for what is selected.
  it('waits for a selection that is being taken', async () => {
    const { play, clipboard } = stage({ selected: 'one', clipboard: 'old', slowLooks: 3 });
    const both = await play(async ({ takeText, paste }) => await Promise.all([takeText('selection'), paste('answer')]));
    expect(both).toMatchObject([{ text: 'one' }, 'pasted']);
    expect(clipboard()).toBe('answer');
  });
});
