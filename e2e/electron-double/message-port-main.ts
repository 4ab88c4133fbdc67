import { strictEmitter } from './strict.ts';

/** Electron's MessagePortMain over one of Node's MessagePorts. */
export class MessagePortMainDouble extends strictEmitter('MessagePortMain', ['message', 'close']) {
  #port: MessagePort | undefined;
  #isStarted = false;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.addEventListener('close', () => {
      if (this.#port !== port) return;
      this.#port = undefined;
      this.emit('close');
    });
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    this.#port?.postMessage(message, takePorts(transfer));
  }

  start(): void {
    const port = this.#port;
    if (!port || this.#isStarted) return;
    this.#isStarted = true;
    port.onmessage = (event: MessageEvent<unknown>) => {
      this.emit('message', { data: event.data, ports: event.ports.map((sent) => new MessagePortMainDouble(sent)) });
    };
  }

  close(): void {
    this.#port?.close();
  }

  /** Takes the port out, as a transfer does. Throws when it has been taken or started before. */
  static take(holder: MessagePortMainDouble): MessagePort {
    const port = holder.#port;
    if (!port || holder.#isStarted) throw new TypeError('Port at index 0 is already neutered');
    holder.#port = undefined;
    return port;
  }
}

/** Takes the ports out of a transfer list. */
export function takePorts(transfer: readonly object[] = []): MessagePort[] {
  return transfer.map((port) => {
    if (!(port instanceof MessagePortMainDouble)) throw new TypeError('Invalid value for transfer');
    return MessagePortMainDouble.take(port);
  });
}

/** Electron's MessageChannelMain. */
export class MessageChannelMainDouble {
  readonly port1: MessagePortMainDouble;
  readonly port2: MessagePortMainDouble;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMainDouble(port1);
    this.port2 = new MessagePortMainDouble(port2);
  }
}
