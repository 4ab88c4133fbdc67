import { expect, describe, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { guardStalls } from './guard-stalls.ts';

const piece = new TextEncoder().encode('piece');

function open() {
  const seen: { controller?: ReadableStreamDefaultController<Uint8Array>; reason?: unknown } = {};
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (seen.controller = controller),
    cancel: (reason) => void (seen.reason = reason),
  });
  const clock = createFakeClock();
  const reader = guardStalls(body, { clock, stallMs: 30_000 }).getReader();
  return { seen, clock, reader };
}

describe('guardStalls', () => {
  // A connection that died without a word would be waited for until somebody looks.
  it('lets go of a body that brings nothing for a while', async () => {
    const { seen, clock, reader } = open();
    seen.controller?.enqueue(piece);
    expect((await reader.read()).value).toEqual(piece);
    const waiting = reader.read();
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'download/stalled' }), clock.advance(30_000)]);
    expect(seen.reason).toMatchObject({ code: 'download/stalled' });
  });

  it('counts anew from every piece, and not while nobody reads', async () => {
    const { seen, clock, reader } = open();
    for (let pieces = 0; pieces < 3; pieces += 1) {
      const waiting = reader.read();
      await clock.advance(20_000);
      seen.controller?.enqueue(piece);
      expect((await waiting).value).toEqual(piece);
      await clock.advance(60_000);
    }
    seen.controller?.close();
    expect((await reader.read()).done).toBe(true);
  });

  it('hands on an error, and the leaving of its reader', async () => {
    const failing = open();
    failing.seen.controller?.error(new Error('cut'));
    await expect(failing.reader.read()).rejects.toThrow('cut');
    const left = open();
    await left.reader.cancel('enough');
    expect(left.seen.reason).toBe('enough');
  });
});
