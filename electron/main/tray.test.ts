import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { describe, expect, it } from 'vitest';
import type { DesktopActivity } from '../platform/desktop.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createWords } from '../shared/words.ts';
import { createTray, trayIconName, trayTemplate, trayToolTip, type TrayActions, type TrayParts } from './tray.ts';

const t = createWords('en').getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
const nothing = (): void => undefined;
const actions: TrayActions = {
  open: nothing,
  newChat: nothing,
  quickAsk: nothing,
  toggleIndexingPause: nothing,
  showSettings: nothing,
  lockNow: nothing,
  quit: nothing,
};
const idle: DesktopActivity = {
  modelName: 'SmolLM2 135M',
  state: 'idle',
  isOffline: true,
  isIndexingPaused: false,
  progress: null,
};

/** Labels that can be seen, with a minus for those that cannot be chosen. */
function labels(activity: DesktopActivity): readonly string[] {
  return trayTemplate({ t, activity, quickAskShortcut: 'Alt+Space' }, actions)
    .filter(({ type, visible }) => type !== 'separator' && visible !== false)
    .map(({ label, enabled }) => `${enabled === false ? '-' : ''}${label ?? ''}`);
}

class TrayFake extends EventEmitter {
  readonly toolTips: string[] = [];
  menus = 0;
  isDestroyed = false;
  setToolTip(text: string): void {
    this.toolTips.push(text);
  }
  setContextMenu(): void {
    this.menus += 1;
  }
  destroy(): void {
    this.isDestroyed = true;
  }
}

function parts(change: {
  readonly isEmpty?: boolean;
  readonly failure?: Error;
  readonly trays?: TrayFake[];
}): TrayParts {
  const { isEmpty = false, failure, trays = [] } = change;
  const fakes = {
    Tray: class extends TrayFake {
      constructor() {
        super();
        if (failure !== undefined) throw failure;
        trays.push(this);
      }
    },
    Menu: { buildFromTemplate: (template: unknown) => template },
    nativeImage: { createFromPath: () => ({ isEmpty: () => isEmpty, setTemplateImage: nothing }) },
  };
  return {
    // The members that are used, as electron.d.ts has them.
    ...(fakes as unknown as Pick<typeof Electron, 'Tray' | 'Menu' | 'nativeImage'>),
    iconPath: '/icons/tray.png',
    operatingSystem: 'linux',
    actions,
    logger: createRecordingLogger(),
  };
}

describe('trayTemplate', () => {
  it('says how things stand', () => {
    expect(labels(idle).slice(0, 3)).toEqual(['-Ready', '-Model: SmolLM2 135M', '-Offline lock is on']);
    const busy = { ...idle, state: 'busy', modelName: null, isOffline: false, isIndexingPaused: true } as const;
    expect(labels(busy)).toEqual([
      '-Working',
      '-No model yet',
      '-Offline lock is off',
      'Open Sotto',
      'New chat',
      'Quick-ask',
      'Continue indexing',
      'Settings…',
      'Lock now',
      'Quit Sotto',
    ]);
  });

  // Behind the lock nobody learns what a person works with, nor starts anything that needs the chats.
  it('tells nothing while locked', () => {
    expect(labels({ ...idle, state: 'locked' })).toEqual([
      '-Locked',
      'Open Sotto',
      '-New chat',
      'Quick-ask',
      '-Pause indexing',
      '-Settings…',
      '-Lock now',
      'Quit Sotto',
    ]);
  });

  // A file name of a model is from anywhere; `&` is the mark of a key in a menu.
  it('shows a hostile name as text on one line', () => {
    expect(labels({ ...idle, modelName: 'a&b\n\u202eevil' })[1]).toBe('-Model: a＆b evil');
  });
});

describe('trayToolTip', () => {
  it.each([
    ['idle', null, 'Sotto · Ready'],
    ['busy', 0.426, 'Sotto · Working · 42 %'],
    ['busy', 'unknown', 'Sotto · Working'],
    ['locked', 0.5, 'Sotto · Locked'],
  ] as const)('is for %s at %s: %s', (state, progress, text) => {
    expect(trayToolTip({ t, activity: { ...idle, state, progress } })).toBe(text);
  });
});

describe('createTray', () => {
  // A menu that is set anew closes under the pointer, and progress changes often.
  it('sets its menu only when it has become another', () => {
    const trays: TrayFake[] = [];
    const tray = createTray(parts({ trays }));
    for (const progress of [0.1, 0.101, 0.2])
      tray?.show({ t, activity: { ...idle, state: 'busy', progress }, quickAskShortcut: null });
    expect([trays[0]?.menus, trays[0]?.toolTips.length]).toEqual([1, 2]);
    tray?.show({ t, activity: idle, quickAskShortcut: null });
    expect(trays[0]?.menus).toBe(2);
    tray?.close();
    expect(trays[0]?.isDestroyed).toBe(true);
  });

  // Then a window that is closed has to end the app: nothing would bring it back.
  it('is none where the desktop refuses, or where the icon is empty', () => {
    expect(createTray(parts({ failure: new Error('No tray') }))).toBeNull();
    const trays: TrayFake[] = [];
    expect(createTray(parts({ isEmpty: true, trays }))).toBeNull();
    expect(trays).toEqual([]);
  });
});

describe('trayIconName', () => {
  it.each([
    ['darwin', 'trayTemplate.png'],
    ['win32', 'tray.ico'],
    ['linux', 'tray.png'],
  ] as const)('is on %s %s', (operatingSystem, name) => expect(trayIconName(operatingSystem)).toBe(name));
});
