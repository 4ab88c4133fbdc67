import { Duplex, PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FramedPort } from './framed-port.ts';

/** Two ports with a wire between them that hands on pieces of so many bytes. */
function connect(pieceBytes: number): {
  readonly left: FramedPort;
  readonly right: FramedPort;
  readonly wire: PassThrough;
} {
  const [toRight, toLeft] = [new PassThrough(), new PassThrough()];
  const cut = new PassThrough();
  toRight.on('data', (chunk: Buffer) => {
    for (let start = 0; start < chunk.byteLength; start += pieceBytes)
      cut.write(chunk.subarray(start, start + pieceBytes));
  });
  const left = new FramedPort(Duplex.from({ readable: toLeft, writable: toRight }));
  const right = new FramedPort(Duplex.from({ readable: cut, writable: toLeft }));
  return { left, right, wire: cut };
}

describe('framed port', () => {
  it.each([1, 3, 7, 100_000])(
    'keeps messages whole and in order when they come in pieces of %i bytes',
    async (pieceBytes) => {
      // Catches a header that is read across a cut, a frame measured in characters, and two frames in one piece.
      const { left, right } = connect(pieceBytes);
      const messages = ['', 'a', 'Größe 🎈', 'x'.repeat(500), '{"i":1}'];
      for (const message of messages) left.postMessage(message);
      for (const message of messages) expect(await right.next()).toBe(message);
    },
  );

  it('keeps what comes before somebody listens', async () => {
    const { left, right } = connect(100);
    left.postMessage('early');
    await new Promise((resolve) => setImmediate(resolve));
    const heard: string[] = [];
    right.on('message', (event) => heard.push(event?.data ?? ''));
    left.postMessage('late');
    await expect.poll(() => heard).toEqual(['early', 'late']);
  });

  it('ends a connection that announces more than a message may have', async () => {
    const { right, wire } = connect(100);
    const header = Buffer.alloc(4);
    header.writeUInt32BE(0xffff_ffff);
    wire.write(header);
    expect(await right.next()).toBeNull();
    expect(right.isClosed).toBe(true);
  });

  it('sends nothing but text', () => {
    expect(() => connect(100).left.postMessage({ i: 1 })).toThrow(TypeError);
  });
});
