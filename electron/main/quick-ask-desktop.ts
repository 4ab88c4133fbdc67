import { app, BrowserWindow, globalShortcut, screen } from 'electron';
import { stepForShortcut } from '../guards/quick-ask-focus.ts';
import { withPortalFeatures } from '../guards/shortcut-status.ts';
import type { Desktop } from '../platform/desktop.ts';
import { frontAppReach, isWayland } from '../platform/front-app/front-app-reach.ts';
import type { Platform } from '../platform/platform.ts';
import { hasShortcutPortal } from '../platform/shortcut-portal.ts';
import { checkAccelerator } from '../shared/accelerator.ts';
import type { FrontApp, ShortcutState, WindowRequest } from '../shared/desktop.ts';
import { createWindow } from './create-window.ts';
import { createElectronFrontApp, frontAppSystem } from './front-app.ts';
import { createGlobalShortcut } from './global-shortcut.ts';
import { createQuickAskTiming } from './quick-ask-timing.ts';
import { createQuickAskWindow, type QuickAskWindow } from './quick-ask-window.ts';

/** What quick-ask needs of the shell. */
export type QuickAskParts = {
  /** Absolute path of the built preload script. */
  readonly preloadPath: string;
  readonly platform: Pick<Platform, 'operatingSystem' | 'clock' | 'logger'>;
  /** The chats are closed, or not open yet. */
  readonly isLocked: () => boolean;
  /** Brings the main window forward, or opens it, where the chats can be opened. */
  readonly showMainWindow: () => void;
  /** Asks something of quick-ask's own page. */
  readonly ask: (request: WindowRequest) => void;
  /** The shortcut has become another one, or something else became of it. */
  readonly onChange: () => void;
};

/** The part of the desktop that is quick-ask's, and what the shell does with it. */
export interface QuickAskDesktop extends Pick<
  Desktop,
  'hideQuickAsk' | 'setQuickAskHeight' | 'takeText' | 'paste' | 'setShortcut'
> {
  readonly shortcut: ShortcutState;
  readonly frontApp: FrontApp;
  /** Whether a window is quick-ask's: it neither keeps the app open nor is shown in place of the main one. */
  owns(window: BrowserWindow): boolean;
  /** Loads the window, hidden; after the main window has painted. */
  prepare(): void;
  /** As the shortcut does, but never hides: for the tray and the menu. */
  show(): void;
  /** Gives the keys back and ends the window; before the app quits. */
  close(): void;
}

/** Lets a Wayland desktop be asked for the shortcut; before Electron is ready, because Chromium reads its switches then. */
export function allowPortalShortcuts(operatingSystem: NodeJS.Platform): void {
  if (operatingSystem !== 'linux') return;
  const { commandLine } = app;
  commandLine.appendSwitch('enable-features', withPortalFeatures(commandLine.getSwitchValue('enable-features')));
}

/** Only after Electron is ready. No shortcut and no window until they are asked for. */
export function createQuickAskDesktop(parts: QuickAskParts): QuickAskDesktop {
  const { operatingSystem, clock, logger } = parts.platform;
  const system = frontAppSystem(operatingSystem);
  const window = openWindow(parts, () => timing.shown());
  const timing = createQuickAskTiming(clock, logger, () => window.isPrepared);
  const frontApp = createElectronFrontApp(system, clock, window);
  const shortcut = createGlobalShortcut({
    registry: globalShortcut,
    isAllowed: (accelerator) => checkAccelerator(accelerator, operatingSystem).status === 'fits',
    isWayland: isWayland(system),
    hasPortal: async () => await hasShortcutPortal(),
    onPressed: press,
    onChange: parts.onChange,
    logger,
  });

  function press(): void {
    timing.pressed();
    const { isVisible, isFocused } = window;
    const step = stepForShortcut({ isVisible, isFocused, isLocked: parts.isLocked() });
    if (step === 'show') return window.show();
    timing.dropped();
    if (step === 'hide') window.hide();
    else unlock();
  }

  function unlock(): void {
    window.hide();
    parts.showMainWindow();
  }

  return {
    get shortcut() {
      return shortcut.state;
    },
    frontApp: frontAppReach(system),
    owns: (other) => window.owns(other),
    prepare: () => window.prepare(),
    show: () => (parts.isLocked() ? unlock() : window.show()),
    hideQuickAsk: () => window.hide(),
    setQuickAskHeight: (heightPixels) => window.setHeight(heightPixels),
    takeText: async (from) => await frontApp.takeText(from),
    paste: async (text) => await frontApp.paste(text),
    setShortcut: async (accelerator) => await shortcut.set(accelerator),
    close() {
      shortcut.close();
      window.close();
    },
  };
}

function openWindow({ preloadPath, platform, ask }: QuickAskParts, onDrawn: () => void): QuickAskWindow {
  const { operatingSystem, clock, logger } = platform;
  let count = 0;
  return createQuickAskWindow({
    makeWindow: (bounds) => createWindow({ preloadPath, operatingSystem, shape: { kind: 'quick-ask', bounds } }),
    screen,
    operatingSystem,
    clock,
    logger,
    hasOtherVisibleWindow: (own) =>
      BrowserWindow.getAllWindows().some((other) => other !== own && other.isVisible() && !other.isMinimized()),
    hideApp: () => app.hide(),
    unhideApp: () => {
      if (app.isHidden()) app.show();
    },
    onDrawn,
    onShown: () => {
      count += 1;
      ask({ type: 'quick-ask-shown', count });
    },
  });
}
