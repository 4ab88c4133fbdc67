import type { ClientContext, ClientLink } from '@orpc/client';
import { DoorRefusedError } from './door.ts';
import type { Door, Line } from './door.ts';

/** `refused`: only a new address from the app helps. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused';

const retryDelaysMs = [150, 400, 1_000, 2_000, 4_000];
/** Without a connection ever, this many refusals to answer mean that this page has no session. */
const firstAttempts = 4;

/**
 * Keeps one line to the app open for as long as the window lives. Calls made while the line is down wait for the next
 * one, so a restart of the host is a pause and not a page of errors.
 */
export class Connection {
  readonly #door: Door;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  #line = Promise.withResolvers<Line>();
  #isClosed = false;

  constructor(door: Door) {
    this.#door = door;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A link that always uses the line of the moment. */
  readonly link: ClientLink<ClientContext> = {
    call: async (path, input, options) => {
      const line = await this.#line.promise;
      return line.link.call(path, input, options);
    },
  };

  /** Resolves at once when connected, else with the next line. */
  async whenConnected(): Promise<void> {
    await this.#line.promise;
  }

  /** Opens the line and keeps it open; returns when closed or refused. */
  async run(): Promise<void> {
    let failures = 0;
    let wasConnected = false;
    while (!this.#isClosed) {
      try {
        const line = await this.#door.open();
        failures = 0;
        wasConnected = true;
        this.#line.resolve(line);
        this.#setState('connected');
        await line.closed;
        this.#line = Promise.withResolvers<Line>();
        this.#setState('lost');
      } catch (error) {
        failures += 1;
        if (error instanceof DoorRefusedError || (!wasConnected && failures >= firstAttempts)) {
          this.#setState('refused');
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)]));
    }
  }

  /** Stops reconnecting. */
  close(): void {
    this.#isClosed = true;
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
