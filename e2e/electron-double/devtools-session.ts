import { EventEmitter } from 'node:events';
import type { CDPSession } from '@playwright/test';

/** The DevTools events that the double listens to. */
type EventName =
  | 'Browser.downloadWillBegin'
  | 'Debugger.paused'
  | 'Fetch.requestPaused'
  | 'Inspector.targetCrashed'
  | 'Page.frameNavigated'
  | 'Page.frameStartedNavigating'
  | 'Page.loadEventFired'
  | 'Page.navigatedWithinDocument'
  | 'Page.windowOpen'
  | 'Runtime.bindingCalled'
  | 'Runtime.exceptionThrown'
  | 'Runtime.executionContextCreated'
  | 'Runtime.executionContextDestroyed'
  | 'Target.detachedFromTarget';

declare const playwrightSession: CDPSession;

/** What comes with a DevTools event, as Playwright's types of the protocol declare it. */
export type DevToolsEvent<Name extends EventName> = Parameters<Parameters<typeof playwrightSession.on<Name>>[1]>[0];

/** Sends one command to Chromium, for one target or (without a session id) for the browser. */
export type SendCommand = (method: string, params: object, sessionId: string | undefined) => Promise<unknown>;

/** One attached DevTools target. */
export class DevToolsSession {
  readonly #sendCommand: SendCommand;
  /** Chromium's name for the session; the browser's own has none. */
  readonly id: string | undefined;
  readonly #events = new EventEmitter();

  constructor(sendCommand: SendCommand, id: string | undefined) {
    this.#sendCommand = sendCommand;
    this.id = id;
  }

  /** Rejects when Chromium answers with an error or goes away. */
  readonly send: CDPSession['send'] = async (method, params) => {
    const result = await this.#sendCommand(method, params ?? {}, this.id);
    // Chromium's answer has the shape that the protocol declares for this method; there is nothing to parse it with.
    return result as never;
  };

  on<Name extends EventName>(name: Name, listener: (event: DevToolsEvent<Name>) => void): void {
    this.#events.on(name, listener);
  }

  /** For the connection: passes on an event that Chromium sent to this session. */
  receive(name: string, event: object): void {
    this.#events.emit(name, event);
  }
}
