import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { WindowPage } from '../shared/desktop.ts';
import { createWords } from '../shared/words.ts';
import { menuTemplate, type MenuActions, type MenuLook } from './application-menu.ts';

const systems = ['linux', 'darwin', 'win32'] as const;

function shown(change: Partial<MenuLook> = {}): {
  readonly items: readonly MenuItemConstructorOptions[];
  readonly done: readonly string[];
} {
  const done: string[] = [];
  const note = (name: string) => () => void done.push(name);
  const actions: MenuActions = {
    newChat: note('newChat'),
    openFile: note('openFile'),
    quickAsk: note('quickAsk'),
    find: note('find'),
    showPage: (page: WindowPage) => void done.push(page),
    showDataFolder: note('showDataFolder'),
    lockNow: note('lockNow'),
  };
  const t = createWords('en').getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
  const look: MenuLook = { t, operatingSystem: 'linux', isPackaged: true, quickAskShortcut: 'Alt+Space', ...change };
  return { items: flat(menuTemplate(look, actions)), done };
}

function flat(items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

/** Called as Electron does, with more than any of them looks at. */
function choose(item: MenuItemConstructorOptions | undefined): void {
  if (item?.click !== undefined) Reflect.apply(item.click, undefined, [item, undefined, {}]);
}

describe('menuTemplate', () => {
  it.each(systems)('does what its entries say on %s', (operatingSystem) => {
    const { items, done } = shown({ operatingSystem });
    const wanted = [
      'new-chat',
      'open-file',
      'quick-ask',
      'find',
      'page-models',
      'settings',
      'show-data-folder',
      'lock-now',
    ];
    for (const id of wanted) choose(items.find((item) => item.id === id));
    expect(done).toEqual([
      'newChat',
      'openFile',
      'quickAsk',
      'find',
      'models',
      'settings',
      'showDataFolder',
      'lockNow',
    ]);
  });

  // Two entries with the same keys: one of them would never be heard.
  it.each(systems)('gives no keys twice on %s', (operatingSystem) => {
    const keys = shown({ operatingSystem }).items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('CmdOrCtrl+,');
    expect(keys).toContain('CmdOrCtrl+N');
  });

  it.each(systems)('has the roles that a person of %s expects', (operatingSystem) => {
    const roles = shown({ operatingSystem }).items.flatMap(({ role }) => role ?? []);
    const everywhere = ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'zoomOut', 'resetZoom', 'quit'];
    const own =
      operatingSystem === 'darwin' ? ['about', 'services', 'hide', 'hideOthers', 'unhide', 'front'] : ['about'];
    expect(roles).toEqual(
      expect.arrayContaining([...everywhere, ...own, 'togglefullscreen', 'minimize', 'help', 'close']),
    );
  });

  // A released app lets nobody look into a chat's page.
  it('has developer tools in a checkout only', () => {
    const roles = (isPackaged: boolean) => shown({ isPackaged }).items.map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });

  // Registered by the menu as well, the shortcut would open and hide the window in one press.
  it('shows the shortcut of quick-ask without registering it, and none where none works', () => {
    const entry = (quickAskShortcut: string | null) =>
      shown({ quickAskShortcut }).items.find(({ id }) => id === 'quick-ask');
    expect(entry('Alt+Space')).toMatchObject({ accelerator: 'Alt+Space', registerAccelerator: false });
    expect(entry(null)).not.toHaveProperty('accelerator');
  });

  it('has a word for each entry in German', () => {
    const t = createWords('de').getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
    const labels = shown({ t }).items.filter(({ type }) => type !== 'separator');
    expect(labels.every(({ label }) => label !== undefined && label !== '' && !label.includes('menu:'))).toBe(true);
    expect(labels.map(({ label }) => label)).toContain('Neuer Chat');
  });
});
