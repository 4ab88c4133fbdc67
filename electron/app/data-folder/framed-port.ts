import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';

/** Bytes of one message: a call that carries a question of two million characters fits several times. */
const frameLimitBytes = 64 * 1024 * 1024;
const headerBytes = 4;

/**
 * A message port over a local socket: each message is its length in bytes (32 bits, big-endian) and its text in UTF-8.
 * What arrives before somebody listens is kept, so no message is lost between connecting and listening. A frame above
 * the limit ends the connection.
 */
export class FramedPort {
  readonly #stream: Duplex;
  readonly #events = new EventEmitter();
  #received: Buffer = Buffer.alloc(0);
  #unheard: string[] = [];
  #isClosed = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    // The close that follows is what is reported.
    stream.on('error', () => undefined);
    stream.once('close', () => {
      this.#isClosed = true;
      this.#events.emit('close');
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** `message` with `{data}`, and `close` once. In the form that message-port transports expect of Electron's ports. */
  on(event: string, listener: (event?: { readonly data: string }) => void): void {
    if (event === 'close' && this.#isClosed) return listener();
    this.#events.on(event, listener);
    if (event !== 'message') return;
    const unheard = this.#unheard;
    this.#unheard = [];
    for (const data of unheard) listener({ data });
  }

  /** The next message, or null when the other end closes first; what follows is kept for who listens then. */
  async next(): Promise<string | null> {
    const unheard = this.#unheard.shift();
    if (unheard !== undefined) return unheard;
    if (this.#isClosed) return null;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    this.#events.once('message', ({ data }: { readonly data: string }) => resolve(data));
    this.#events.once('close', () => resolve(null));
    return await promise;
  }

  /** Nothing happens when the other end has gone. Throws for anything but text, which is all that the contract sends. */
  postMessage(message: unknown): void {
    if (typeof message !== 'string') throw new TypeError('Only text travels through a local socket');
    if (this.#isClosed || !this.#stream.writable) return;
    const body = Buffer.from(message);
    const header = Buffer.alloc(headerBytes);
    header.writeUInt32BE(body.byteLength);
    this.#stream.write(Buffer.concat([header, body]));
  }

  /** Sends what is written, then closes. */
  end(): void {
    this.#stream.end();
  }

  close(): void {
    this.#stream.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.byteLength === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    while (this.#received.byteLength >= headerBytes) {
      const sizeBytes = this.#received.readUInt32BE();
      if (sizeBytes > frameLimitBytes) return this.close();
      const end = headerBytes + sizeBytes;
      if (this.#received.byteLength < end) return;
      const data = this.#received.toString('utf8', headerBytes, end);
      this.#received = this.#received.subarray(end);
      if (this.#events.listenerCount('message') === 0) this.#unheard.push(data);
      else this.#events.emit('message', { data });
    }
  }
}
