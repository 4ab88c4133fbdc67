import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../electron/shared/app-error.ts';
import { createId, fileTicketSchema } from '../../electron/shared/ids.ts';
import { createBrowserDoor } from './browser-door.ts';
import type { Surroundings } from './browser-door.ts';
import { DoorRefusedError } from './door.ts';

/** A socket that opens at the next turn, and counts what a page would open. */
class SocketDouble extends EventTarget {
  readonly readyState = 1;
  send(): void {}
  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

function surroundings(hash: string, answer: Response): Surroundings & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    opened,
    location: { href: `http://127.0.0.1:4000/app/${hash}`, hash, pathname: '/app/', search: '' },
    replaceAddress: vi.fn(),
    request: vi.fn(() => Promise.resolve(answer)),
    createSocket: (address) => {
      opened.push(address);
      const socket = new SocketDouble();
      queueMicrotask(() => socket.dispatchEvent(new Event('open')));
      // Only what the link uses of a socket is there.
      return socket as unknown as WebSocket;
    },
  };
}

afterEach(() => vi.restoreAllMocks());

describe('createBrowserDoor', () => {
  it('exchanges the token once and takes it out of the address', async () => {
    const around = surroundings('#token=secret', new Response(null, { status: 204 }));
    await createBrowserDoor(around).open();
    expect(around.request).toHaveBeenCalledExactlyOnceWith(
      './session',
      expect.objectContaining({ method: 'POST', body: '{"token":"secret"}' }),
    );
    expect(around.replaceAddress).toHaveBeenCalledExactlyOnceWith('/app/');
    expect(around.opened).toEqual(['ws://127.0.0.1:4000/app/api']);
  });

  it('goes straight to the socket when the page has its session already', async () => {
    const around = surroundings('#/documents', new Response(null));
    await createBrowserDoor(around).open();
    expect(around.request).not.toHaveBeenCalled();
    expect(around.replaceAddress).not.toHaveBeenCalled();
  });

  it('gives up when the token is refused, and still takes it out of the address', async () => {
    const around = surroundings('#token=used', new Response(null, { status: 401 }));
    await expect(createBrowserDoor(around).open()).rejects.toBeInstanceOf(DoorRefusedError);
    expect(around.replaceAddress).toHaveBeenCalledTimes(1);
    expect(around.opened).toEqual([]);
  });

  it('hands a file over by name and gets its ticket', async () => {
    const ticket = createId(fileTicketSchema);
    const around = surroundings('', Response.json({ ticket, name: 'a b.txt', sizeBytes: 3 }));
    const file = new File(['abc'], 'a b.txt');
    expect(await createBrowserDoor(around).ticketFor(file)).toEqual({ ticket, name: 'a b.txt', sizeBytes: 3 });
    expect(around.request).toHaveBeenCalledExactlyOnceWith(
      './files?name=a%20b.txt',
      expect.objectContaining({ method: 'POST', body: file }),
    );
  });

  it('tells the error that the host answered when a file is refused', async () => {
    const error = { code: 'file/too-large', message: 'Too large.', details: { limitBytes: 5 } };
    const around = surroundings('', Response.json(error, { status: 413 }));
    const failure = await createBrowserDoor(around)
      .ticketFor(new File([], 'x'))
      .catch((thrown: unknown) => thrown);
    expect(AppError.isInstance(failure) && failure.code).toBe('file/too-large');
  });
});
