import { shortcutStatus } from '../guards/shortcut-status.ts';
import type { Logger } from '../platform/logger.ts';
import type { ShortcutState } from '../shared/desktop.ts';

/** The part of Electron's `globalShortcut` that is used. */
export interface ShortcutRegistry {
  register(accelerator: string, onPressed: () => void): boolean;
  unregister(accelerator: string): void;
}

/** What the shortcut needs. */
export type GlobalShortcutParts = {
  readonly registry: ShortcutRegistry;
  /** Refuses keys that a person needs for typing; Electron would take them from every program. */
  readonly isAllowed: (accelerator: string) => boolean;
  readonly isWayland: boolean;
  readonly hasPortal: () => Promise<boolean | null>;
  readonly onPressed: () => void;
  readonly onChange: () => void;
  readonly logger: Logger;
};

/** The one shortcut that works from anywhere. */
export interface GlobalShortcut {
  /** The accelerator that was wished for last, and what became of it. */
  readonly state: ShortcutState;
  /** Null takes it away. The one before goes on working when the new one cannot be had. Never throws. */
  set(accelerator: string | null): Promise<void>;
  /** Gives the keys back to the system; nothing is registered afterwards. */
  close(): void;
}

/** Nothing is registered until `set`. Only after Electron is ready. */
export function createGlobalShortcut(parts: GlobalShortcutParts): GlobalShortcut {
  const { registry, logger } = parts;
  let state: ShortcutState = { accelerator: null, status: 'off' };
  let registered: string | null = null;
  let isClosed = false;
  let last: Promise<void> = Promise.resolve();

  async function change(accelerator: string | null): Promise<void> {
    const status = accelerator === null ? 'off' : await tryToRegister(accelerator);
    if (isClosed) return release();
    if (accelerator === null) release();
    state = { accelerator, status };
    logger.info('shortcut-set', { status });
    parts.onChange();
  }

  async function tryToRegister(accelerator: string): Promise<ShortcutState['status']> {
    if (!parts.isAllowed(accelerator)) return 'invalid';
    const hasPortal = parts.isWayland ? await parts.hasPortal() : null;
    if (isClosed) return 'off';
    const answer = accelerator === registered ? 'registered' : ask(accelerator);
    const status = shortcutStatus({ answer, isWayland: parts.isWayland, hasPortal });
    if (accelerator === registered) return status;
    if (status === 'registered') {
      release();
      registered = accelerator;
    } else if (answer === 'registered') {
      registry.unregister(accelerator);
    }
    return status;
  }

  function ask(accelerator: string): 'registered' | 'not-registered' | 'threw' {
    try {
      return registry.register(accelerator, parts.onPressed) ? 'registered' : 'not-registered';
    } catch {
      return 'threw';
    }
  }

  function release(): void {
    if (registered !== null) registry.unregister(registered);
    registered = null;
  }

  return {
    get state() {
      return state;
    },
    set(accelerator) {
      // In their order, because asking the desktop takes its time and the last wish counts.
      last = last.then(async () => await change(accelerator));
      return last;
    },
    close() {
      isClosed = true;
      release();
    },
  };
}
