import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection.ts';
import type { ConnectionState } from './connection.ts';
import { DoorRefusedError } from './door.ts';
import type { Door, Line } from './door.ts';

function lineNamed(name: string): Line & { readonly close: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { link: { call: () => Promise.resolve(name) }, closed: promise, close: resolve };
}

const doorOf = (open: () => Promise<Line>): Door => ({
  kind: 'browser',
  open,
  ticketFor: () => Promise.reject(new Error('No files here.')),
});

const ask = (connection: Connection) => connection.link.call(['x'], {}, { context: {} });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Connection', () => {
  it('opens another line when one is lost, and lets calls wait for it', async () => {
    const first = lineNamed('first');
    const lines = [first, lineNamed('second')];
    const connection = new Connection(doorOf(() => Promise.resolve(lines.shift() ?? lineNamed('none'))));
    const states: ConnectionState[] = [];
    connection.subscribe(() => states.push(connection.state));
    void connection.run();
    await expect(ask(connection)).resolves.toBe('first');
    first.close();
    await vi.advanceTimersByTimeAsync(1);
    const waiting = ask(connection);
    await vi.advanceTimersByTimeAsync(5_000);
    await expect(waiting).resolves.toBe('second');
    expect(states).toEqual(['connected', 'lost', 'connected']);
    connection.close();
  });

  it('stops at once when the door refuses', async () => {
    const open = vi.fn(() => Promise.reject(new DoorRefusedError('Used.')));
    const connection = new Connection(doorOf(open));
    await connection.run();
    expect(connection.state).toBe('refused');
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('keeps trying for as long as it takes when it was connected before', async () => {
    // Catches a host that restarts slowly being taken for one that refuses.
    const first = lineNamed('first');
    const open = vi
      .fn<() => Promise<Line>>()
      .mockResolvedValueOnce(first)
      .mockRejectedValue(new Error('Nobody there.'));
    const connection = new Connection(doorOf(open));
    void connection.run();
    await ask(connection);
    first.close();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(connection.state).toBe('lost');
    expect(open.mock.calls.length).toBeGreaterThan(10);
    connection.close();
  });
});
