import { EventEmitter } from 'node:events';
import type { BrowserWindowDouble } from './browser-window.ts';
import { addToDesk } from './desk.ts';

/** The windows of this process in the order of their making, and which of them was focused last. */
class WindowRegistry {
  readonly #windows = new Map<number, BrowserWindowDouble>();
  readonly #events = new EventEmitter();
  #lastId = 0;
  /** Who had the keys, the latest last; `undefined` is another app. */
  #focusOrder: readonly (BrowserWindowDouble | undefined)[] = [undefined];

  add(window: BrowserWindowDouble): number {
    this.#lastId += 1;
    this.#windows.set(this.#lastId, window);
    this.#events.emit('created', window);
    return this.#lastId;
  }

  remove(window: BrowserWindowDouble): void {
    const hadFocus = this.focused === window;
    this.#windows.delete(window.id);
    this.#focusOrder = this.#focusOrder.filter((held) => held !== window);
    // It has nothing to lose any more; the one before it gets the keys.
    if (hadFocus) this.focused?.emit('focus');
  }

  /** The window that had the keys is told that it lost them, before the other one gets them. */
  setFocused(window: BrowserWindowDouble | undefined): void {
    const before = this.focused;
    if (before === window) return;
    this.#focusOrder = [...this.#focusOrder.filter((held) => held !== window), window];
    // A window that is going has nothing to lose.
    if (before?.isDestroyed() === false) before.emit('blur');
    window?.emit('focus');
  }

  /** A window went out of sight: who had the keys before has them again. */
  yieldFocus(window: BrowserWindowDouble): void {
    const hadFocus = this.focused === window;
    this.#focusOrder = this.#focusOrder.filter((held) => held !== window);
    if (!hadFocus) return;
    window.emit('blur');
    this.focused?.emit('focus');
  }

  get focused(): BrowserWindowDouble | undefined {
    return this.#focusOrder.at(-1);
  }

  list(): BrowserWindowDouble[] {
    return [...this.#windows.values()];
  }

  /** Called when a window has said that it is closed. */
  announceClosed(): void {
    this.#events.emit('closed');
  }

  onClosed(listener: () => void): void {
    this.#events.on('closed', listener);
  }

  onCreated(listener: (window: BrowserWindowDouble) => void): void {
    this.#events.on('created', listener);
  }
}

export const windowRegistry = new WindowRegistry();

addToDesk({ focusElsewhere: () => windowRegistry.setFocused(undefined) });
