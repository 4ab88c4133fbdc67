import { EventEmitter } from 'node:events';
import type { BrowserWindowDouble } from './browser-window.ts';

/** The windows of this process in the order of their making, and which of them was focused last. */
class WindowRegistry {
  readonly #windows = new Map<number, BrowserWindowDouble>();
  readonly #events = new EventEmitter();
  #lastId = 0;
  #focused: BrowserWindowDouble | undefined;

  add(window: BrowserWindowDouble): number {
    this.#lastId += 1;
    this.#windows.set(this.#lastId, window);
    this.#events.emit('created', window);
    return this.#lastId;
  }

  remove(window: BrowserWindowDouble): void {
    this.#windows.delete(window.id);
    if (this.#focused === window) this.#focused = undefined;
  }

  setFocused(window: BrowserWindowDouble): void {
    this.#focused = window;
  }

  get focused(): BrowserWindowDouble | undefined {
    return this.#focused;
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
