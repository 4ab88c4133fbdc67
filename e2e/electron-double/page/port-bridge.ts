/** What crosses the link for a port: a message (with the ids of ports sent along) or its end. */
export type PortFrame =
  | { readonly kind: 'port-message'; readonly port: string; readonly data: unknown; readonly ports: readonly string[] }
  | { readonly kind: 'port-close'; readonly port: string };

/**
 * Carries MessagePorts over a link that cannot: each port gets an id, and each end of the link keeps a real local port
 * that stands for the far one. Runs in Node and in the page.
 */
export class PortBridge {
  readonly #ports = new Map<string, MessagePort>();
  readonly #side: string;
  readonly #send: (frame: PortFrame) => void;
  #lastId = 0;

  /** `side` keeps the ids of the two ends of one link apart. */
  constructor(side: string, send: (frame: PortFrame) => void) {
    this.#side = side;
    this.#send = send;
  }

  /** Takes over a port that is being sent away, and returns the id to send in its place. */
  attach(port: MessagePort): string {
    this.#lastId += 1;
    const id = `${this.#side}${this.#lastId}`;
    this.#hold(id, port);
    return id;
  }

  /** Returns the port to hand to the receiver of an id that arrived. */
  adopt(id: string): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#hold(id, port1);
    return port2;
  }

  receive(frame: PortFrame): void {
    const port = this.#ports.get(frame.port);
    if (!port) return;
    if (frame.kind === 'port-message') {
      const ports = frame.ports.map((id) => this.adopt(id));
      port.postMessage(frame.data, ports);
    } else {
      this.#ports.delete(frame.port);
      port.close();
    }
  }

  /** Ends every port, because the far end of the link is gone. */
  closeAll(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  #hold(id: string, port: MessagePort): void {
    this.#ports.set(id, port);
    port.onmessage = (event: MessageEvent<unknown>) => {
      const ports = event.ports.map((sent) => this.attach(sent));
      this.#send({ kind: 'port-message', port: id, data: event.data, ports });
    };
    port.addEventListener('close', () => {
      if (this.#ports.delete(id)) this.#send({ kind: 'port-close', port: id });
    });
  }
}
