import { describe, expect, it, vi } from 'vitest';
import type { AnswerPart } from '../../electron/shared/answer-part.ts';
import { AppError } from '../../electron/shared/app-error.ts';
import { createId, runIdSchema } from '../../electron/shared/ids.ts';
import { RunStore } from './run-store.ts';
import { eventually } from '../../electron/testing/eventually.ts';

const runId = createId(runIdSchema);
const parts: readonly AnswerPart[] = [
  { sequence: 0, type: 'run-start', runId, modelName: null, route: null },
  { sequence: 1, type: 'text-delta', text: 'One ' },
  { sequence: 2, type: 'text-delta', text: 'two ' },
  { sequence: 3, type: 'text-delta', text: 'three.' },
  { sequence: 4, type: 'run-end', reason: 'complete', usage: null },
];

/** Parts after a number; the line breaks after `limit` of them. */
async function* some(after: number, limit: number): AsyncGenerator<AnswerPart> {
  yield* parts.filter(({ sequence }) => sequence > after).slice(0, limit);
  if (limit < parts.length) throw new Error('The connection was lost.');
}

describe('RunStore', () => {
  it('goes on after the last part it saw when the line breaks', async () => {
    const asked: number[] = [];
    const onEnd = vi.fn();
    const store = new RunStore({
      follow: (_, after) => {
        asked.push(after);
        return Promise.resolve(some(after, asked.length < 3 ? 2 : 9));
      },
      whenConnected: () => Promise.resolve(),
      onEnd,
    });
    store.follow(runId);
    await eventually(() => expect(onEnd).toHaveBeenCalledTimes(1));
    expect(asked).toEqual([-1, 1, 3]);
    await eventually(() => expect(store.view(runId)?.text).toBe('One two three.'));
  });

  it('follows a run once however many ask for it', async () => {
    const follow = vi.fn(() => Promise.resolve(some(-1, 9)));
    const store = new RunStore({ follow, whenConnected: () => Promise.resolve(), onEnd: () => undefined });
    store.subscribe(runId, () => undefined);
    store.subscribe(runId, () => undefined);
    await eventually(() => expect(store.view(runId)?.state).toBe('ended'));
    expect(follow).toHaveBeenCalledTimes(1);
  });

  it('lets go of a run that the app has forgotten', async () => {
    const store = new RunStore({
      follow: () => Promise.reject(new AppError('app/not-found', 'There is no such run.')),
      whenConnected: () => Promise.resolve(),
      onEnd: () => undefined,
    });
    store.follow(runId);
    await eventually(() => expect(store.view(runId)?.state).toBe('forgotten'));
  });
});
