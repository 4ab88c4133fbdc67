import { describe, expect, it } from 'vitest';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createGlobalShortcut, type GlobalShortcutParts } from './global-shortcut.ts';

/** Keys as the system gives them out: `taken` belong to another program, `unknown` make Electron throw. */
function createKeys(taken: readonly string[] = [], unknown: readonly string[] = []) {
  const held = new Map<string, () => void>();
  return {
    held,
    register(accelerator: string, onPressed: () => void): boolean {
      if (unknown.includes(accelerator)) throw new TypeError('Error processing argument at index 0');
      if (taken.includes(accelerator) || held.has(accelerator)) return false;
      held.set(accelerator, onPressed);
      return true;
    },
    unregister(accelerator: string): void {
      held.delete(accelerator);
    },
  };
}

function open(keys: ReturnType<typeof createKeys>, changed: Partial<GlobalShortcutParts> = {}) {
  const counts = { presses: 0, changes: 0 };
  const shortcut = createGlobalShortcut({
    registry: keys,
    isAllowed: (accelerator) => accelerator.includes('+'),
    isWayland: false,
    hasPortal: async () => null,
    onPressed: () => void (counts.presses += 1),
    onChange: () => void (counts.changes += 1),
    logger: createRecordingLogger(),
    ...changed,
  });
  return { shortcut, counts };
}

describe('createGlobalShortcut', () => {
  it('registers, tells when it is pressed, and gives the keys back at the end', async () => {
    const keys = createKeys();
    const { shortcut, counts } = open(keys);
    expect(shortcut.state).toEqual({ accelerator: null, status: 'off' });
    await shortcut.set('Alt+Space');
    expect(shortcut.state).toEqual({ accelerator: 'Alt+Space', status: 'registered' });
    keys.held.get('Alt+Space')?.();
    expect(counts).toEqual({ presses: 1, changes: 1 });
    shortcut.close();
    expect([...keys.held.keys()]).toEqual([]);
  });

  // The old keys left registered would keep two shortcuts, of which the settings show one.
  it('lets go of the one before when the new one works', async () => {
    const keys = createKeys();
    const { shortcut } = open(keys);
    await shortcut.set('Alt+Space');
    await shortcut.set('Control+Alt+K');
    expect([...keys.held.keys()]).toEqual(['Control+Alt+K']);
  });

  it.each([
    ['taken', 'Alt+F2', 'taken'],
    ['unknown to Electron', 'Alt+Nonsense', 'invalid'],
    // Registered, it would take the letter from every program.
    ['a letter', 'K', 'invalid'],
  ])('keeps the one before when the new one is %s', async (_name, accelerator, status) => {
    const keys = createKeys(['Alt+F2'], ['Alt+Nonsense']);
    const { shortcut } = open(keys);
    await shortcut.set('Alt+Space');
    await shortcut.set(accelerator);
    expect(shortcut.state).toEqual({ accelerator, status });
    expect([...keys.held.keys()]).toEqual(['Alt+Space']);
    // Back to the one that still works: it is registered, so the system would refuse it a second time.
    await shortcut.set('Alt+Space');
    expect(shortcut.state).toEqual({ accelerator: 'Alt+Space', status: 'registered' });
  });

  it('is off after null', async () => {
    const keys = createKeys();
    const { shortcut } = open(keys);
    await shortcut.set('Alt+Space');
    await shortcut.set(null);
    expect(shortcut.state).toEqual({ accelerator: null, status: 'off' });
    expect(keys.held.size).toBe(0);
  });

  it('is refused, and registers nothing, on a Wayland desktop without the portal', async () => {
    const keys = createKeys();
    const { shortcut } = open(keys, { isWayland: true, hasPortal: async () => false });
    await shortcut.set('Alt+Space');
    expect(shortcut.state).toEqual({ accelerator: 'Alt+Space', status: 'refused' });
    expect(keys.held.size).toBe(0);
  });

  it('follows the last of several wishes', async () => {
    const keys = createKeys();
    const { shortcut } = open(keys, { isWayland: true, hasPortal: async () => true });
    const wishes = [shortcut.set('Alt+A'), shortcut.set(null), shortcut.set('Alt+B')];
    await Promise.all(wishes);
    expect(shortcut.state.accelerator).toBe('Alt+B');
    expect([...keys.held.keys()]).toEqual(['Alt+B']);
  });

  // What is registered after the end stays with a process that is about to go, and its listener with a closed app.
  it('registers nothing when it is closed while the desktop is asked', async () => {
    const keys = createKeys();
    const { shortcut } = open(keys, { isWayland: true, hasPortal: async () => true });
    const wish = shortcut.set('Alt+A');
    shortcut.close();
    await wish;
    expect(keys.held.size).toBe(0);
  });
});
