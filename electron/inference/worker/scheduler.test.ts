import { describe, expect, it } from 'vitest';
import type { ComputeTurn, WorkPriority } from './scheduler.ts';
import { ComputeScheduler } from './scheduler.ts';

const never = new AbortController().signal;
const settle = async (): Promise<void> => {
  for (let round = 0; round < 5; round += 1) await Promise.resolve();
};

/** Work that notes each of its steps, `stepMs` apart on a clock of its own. */
function createBench(): {
  readonly steps: string[];
  readonly scheduler: ComputeScheduler;
  run(name: string, priority: WorkPriority, steps: number, signal?: AbortSignal): Promise<void>;
} {
  let nowMs = 0;
  const steps: string[] = [];
  const scheduler = new ComputeScheduler(() => nowMs);
  const run = async (name: string, priority: WorkPriority, count: number, signal = never): Promise<void> => {
    const turn: ComputeTurn = await scheduler.enter({ priority, signal });
    try {
      for (let step = 0; step < count; step += 1) {
        const waiting = turn.pause();
        if (waiting !== undefined) await waiting;
        steps.push(name);
        nowMs += 100;
        await settle();
      }
    } finally {
      turn.leave();
    }
  };
  return { steps, scheduler, run };
}

describe('ComputeScheduler', () => {
  it('lets interactive work in at the next pause when background work runs', async () => {
    const { steps, run } = createBench();
    const background = run('background', 'background', 4);
    await settle();
    await Promise.all([background, run('chat', 'interactive', 2)]);
    const firstChat = steps.indexOf('chat');
    expect(firstChat).toBeLessThanOrEqual(2);
    expect(steps.slice(firstChat, firstChat + 2)).toEqual(['chat', 'chat']);
    expect(steps.filter((step) => step === 'background')).toHaveLength(4);
  });

  it('does not let background work in before interactive work has ended', async () => {
    const { steps, run } = createBench();
    const chat = run('chat', 'interactive', 12);
    await settle();
    await Promise.all([chat, run('background', 'background', 1)]);
    expect(steps.indexOf('background')).toBe(12);
  });

  // Catches a scheduler in which a long index run starves a summary, or the other way round.
  it('takes turns between work of one priority', async () => {
    const { steps, run } = createBench();
    const first = run('first', 'background', 12);
    await settle();
    await Promise.all([first, run('second', 'background', 12)]);
    const untilSecond = steps.indexOf('second');
    expect(untilSecond).toBeLessThan(12);
    expect(steps.lastIndexOf('first')).toBeGreaterThan(untilSecond);
  });

  it('leaves the queue at once when aborted while waiting', async () => {
    const { steps, run } = createBench();
    const controller = new AbortController();
    const running = run('running', 'interactive', 3);
    await settle();
    const waiting = run('waiting', 'interactive', 1, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await running;
    expect(steps).not.toContain('waiting');
  });

  // Catches a turn that is handed to work that was aborted in the same moment and is then never given back.
  it('goes on with the next when the chosen one is aborted as it is chosen', async () => {
    const { scheduler } = createBench();
    const controller = new AbortController();
    const held = await scheduler.enter({ priority: 'interactive', signal: never });
    const doomed = scheduler.enter({ priority: 'interactive', signal: controller.signal });
    const next = scheduler.enter({ priority: 'background', signal: never });
    held.leave();
    controller.abort();
    await expect(doomed).rejects.toMatchObject({ name: 'AbortError' });
    (await next).leave();
  });

  it('throws at the next pause when aborted while running', async () => {
    const { scheduler } = createBench();
    const controller = new AbortController();
    const turn = await scheduler.enter({ priority: 'interactive', signal: controller.signal });
    controller.abort();
    expect(() => turn.pause()).toThrow(expect.objectContaining({ name: 'AbortError' }));
    turn.leave();
  });
});
