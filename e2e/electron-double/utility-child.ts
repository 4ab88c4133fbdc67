/** `node utility-child.ts MODULE [arguments]`: runs a module as a utility process, with Electron's `process.parentPort`. */
import { pathToFileURL } from 'node:url';
import type Electron from 'electron';
import { MessagePortMainDouble } from './message-port-main.ts';
import { PortBridge, type PortFrame } from './page/port-bridge.ts';
import type { Extra, None, Partly } from './partial-electron.ts';
import { strictEmitter } from './strict.ts';
import type { UtilityMessage } from './utility-process.ts';

const send = process.send?.bind(process);
const bridge = new PortBridge('utility', (frame) => void send?.(frame));

/** Electron's ParentPort. What arrives before the first listener waits for it. */
class ParentPortDouble extends strictEmitter('ParentPort', ['message', 'newListener']) {
  readonly #early: object[] = [];

  constructor() {
    super();
    this.on('newListener', (event: string) => {
      if (event === 'message') queueMicrotask(() => this.#deliverEarly());
    });
  }

  postMessage(data: unknown): void {
    send?.({ kind: 'message', data, ports: [] } satisfies UtilityMessage);
  }

  static deliver(port: ParentPortDouble, event: object): void {
    if (port.listenerCount('message') > 0) port.emit('message', event);
    else port.#early.push(event);
  }

  #deliverEarly(): void {
    for (const event of this.#early.splice(0)) this.emit('message', event);
  }
}

const parentPort = new ParentPortDouble() satisfies Partly<Electron.ParentPort>;

/** Fails to compile when the double has a member that Electron's port has not. */
export type OnlyParentPortMembers = None<Extra<ParentPortDouble, Electron.ParentPort>>;

process.on('message', (received) => {
  // utility-process.ts sends nothing else.
  const message = received as UtilityMessage | PortFrame;
  if (message.kind !== 'message') return bridge.receive(message);
  const ports = message.ports.map((id) => new MessagePortMainDouble(bridge.adopt(id)));
  ParentPortDouble.deliver(parentPort, { data: message.data, ports });
});

// The main process is gone, however it ended. As in Electron this process ends at once, whatever it is doing.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

// As in Electron there is a parent port, and not the channel of child_process.
Object.defineProperties(process, { parentPort: { value: parentPort }, send: { value: undefined } });

// The module sees itself as the script, and what it forks gets none of this: hence no `--import`, which is inherited.
const [, , modulePath = ''] = process.argv;
process.argv.splice(1, 1);
await import(pathToFileURL(modulePath).href);
