import { existsSync } from 'node:fs';
import { clipboard, ClipboardItem, systemPreferences } from 'electron';
import type { Clock } from '../platform/clock.ts';
import { createFrontApp, type FrontAppAccess, type FrontClipboard } from '../platform/front-app/create-front-app.ts';
import type { FrontAppSystem } from '../platform/front-app/front-app-reach.ts';
import { sendKeys } from '../platform/front-app/send-keys.ts';

/** Presses keys on X11, where a distribution has it; named absolutely, so that no other folder can stand in. */
const keyProgramPath = '/usr/bin/xdotool';
/** What is put back after the clipboard was lent; other formats are made from these by the systems themselves. */
const keptFormats: readonly string[] = ['text/plain', 'text/html', 'text/rtf', 'image/png'];

/** The system as it is now. */
export function frontAppSystem(operatingSystem: NodeJS.Platform): FrontAppSystem {
  const hasKeyProgram = operatingSystem === 'linux' && existsSync(keyProgramPath);
  return { operatingSystem, environment: process.env, keyProgramPath: hasKeyProgram ? keyProgramPath : null };
}

/** How quick-ask makes way for the app in front. */
export type FrontAppWindow = { readonly stepAside: () => void; readonly comeBack: () => void };

/** The app in front, by Electron's clipboard and the system's own programs. */
export function createElectronFrontApp(system: FrontAppSystem, clock: Clock, window: FrontAppWindow): FrontAppAccess {
  const { operatingSystem } = system;
  return createFrontApp({
    system,
    clock,
    clipboard: electronClipboard(operatingSystem),
    sendKeys: async (command) => await sendKeys(command, operatingSystem),
    asksForKeys: () => operatingSystem !== 'darwin' || systemPreferences.isTrustedAccessibilityClient(true),
    stepAside: window.stepAside,
    comeBack: window.comeBack,
  });
}

function electronClipboard(operatingSystem: NodeJS.Platform): FrontClipboard {
  return {
    readText: async () => await clipboard.readText(),
    readSelection: async () => (operatingSystem === 'linux' ? await clipboard.selection.readText() : ''),
    writeText: async (text) => await clipboard.writeText(text),
    clear: () => clipboard.clear(),
    keep: keepClipboard,
  };
}

async function keepClipboard(): Promise<() => Promise<void>> {
  const kept = await readFormats();
  return async () => {
    if (Object.keys(kept).length === 0) clipboard.clear();
    else await clipboard.write([new ClipboardItem(kept)]);
  };
}

async function readFormats(): Promise<Record<string, Blob>> {
  const kept: Record<string, Blob> = {};
  for (const item of await clipboard.read()) {
    for (const type of item.types) {
      if (!keptFormats.includes(type) || kept[type] !== undefined) continue;
      const data = await item.getType(type);
      if (data instanceof Blob) kept[type] = data;
    }
  }
  return kept;
}
