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
  #chunks: Buffer[] = [];
  #receivedBytes = 0;
  /** Bytes without which there is nothing to do: a header, or the frame that it announced. */
  #wantedBytes = headerBytes;
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
    this.#chunks.push(chunk);
    this.#receivedBytes += chunk.byteLength;
    while (this.#receivedBytes >= this.#wantedBytes) {
      // Put together only when a whole frame is there: a long one comes in many chunks.
      const received = Buffer.concat(this.#chunks);
      const end = headerBytes + received.readUInt32BE();
      if (end - headerBytes > frameLimitBytes) return this.close();
      this.#wantedBytes = received.byteLength < end ? end : headerBytes;
      const rest = received.byteLength < end ? received : received.subarray(end);
      this.#chunks = [rest];
      this.#receivedBytes = rest.byteLength;
      if (received.byteLength < end) return;
      this.#deliver(received.toString('utf8', headerBytes, end));
    }
  }

  #deliver(data: string): void {
    if (this.#events.listenerCount('message') === 0) this.#unheard.push(data);
    else this.#events.emit('message', { data });
  }
}
