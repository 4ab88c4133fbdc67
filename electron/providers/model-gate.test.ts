import { describe, expect, it } from 'vitest';
import { settle } from '../testing/fake-clock.ts';
import { ModelGate } from './model-gate.ts';

const signal = new AbortController().signal;

describe('ModelGate', () => {
  it('lets work on one model run side by side, and another wait for the last of it', async () => {
    const gate = new ModelGate();
    const leaveFirst = await gate.enter('a', signal);
    const leaveSecond = await gate.enter('a', signal);
    const order: string[] = [];
    const other = gate.run('b', signal, async () => void order.push('b'));
    leaveFirst();
    await settle();
    expect(order).toEqual([]);
    leaveSecond();
    await other;
    expect(order).toEqual(['b']);
  });

  // Without turns, two conversations with two models would never let each other in.
  it('lets those who wait in by the order of their models', async () => {
    const gate = new ModelGate();
    const leave = await gate.enter('a', signal);
    const order: string[] = [];
    const run = (path: string, name: string) => gate.run(path, signal, async () => void order.push(name));
    const all = [run('b', 'b1'), run('c', 'c1'), run('b', 'b2')];
    leave();
    await Promise.all(all);
    expect(order).toEqual(['b1', 'b2', 'c1']);
    await run('a', 'a1');
    expect(order.at(-1)).toBe('a1');
  });

  it('forgets a waiter that was aborted, and leaves when the work throws', async () => {
    const gate = new ModelGate();
    const leave = await gate.enter('a', signal);
    const stop = new AbortController();
    const aborted = gate.run('b', stop.signal, async () => Promise.resolve());
    stop.abort();
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    leave();
    const failing = gate.run('b', signal, async () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    await gate.run('c', signal, async () => Promise.resolve());
  });
});
