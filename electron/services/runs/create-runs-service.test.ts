import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../shared/answer-part.ts';
import { AppError } from '../../shared/app-error.ts';
import { createId, runIdSchema } from '../../shared/ids.ts';
import type { RunId } from '../../shared/ids.ts';
import { createFakeClock, settle } from '../../testing/fake-clock.ts';
import type { FakeClock } from '../../testing/fake-clock.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createRunsService } from './create-runs-service.ts';
import type { RunsService, RunWriter } from './runs-service.ts';

const complete = { reason: 'complete', usage: null } as const;
const text = (parts: readonly AnswerPart[]): string =>
  parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : [])).join('');

/** Work that says what the test tells it to, until it is told to end or is aborted. */
function createSteered() {
  const ready = Promise.withResolvers<{ writer: RunWriter; signal: AbortSignal }>();
  const ended = Promise.withResolvers<typeof complete>();
  return {
    ready: ready.promise,
    end: () => ended.resolve(complete),
    fail: (error: Error) => ended.reject(error),
    work: (writer: RunWriter, signal: AbortSignal) => {
      writer.write({ type: 'run-start', runId: writer.runId, modelName: 'Small', route: null });
      ready.resolve({ writer, signal });
      signal.addEventListener('abort', () => ended.reject(signal.reason as Error));
      return ended.promise;
    },
  };
}

describe('runs service', () => {
  let clock: FakeClock;
  let runs: RunsService;
  let leaving: AbortController;

  beforeEach(() => {
    clock = createFakeClock();
    leaving = new AbortController();
    runs = createRunsService({ clock, logger: createRecordingLogger() });
  });
  afterEach(async () => {
    leaving.abort();
    await runs.close();
  });

  const collect = async (runId: RunId, after = -1, signal = leaving.signal): Promise<readonly AnswerPart[]> =>
    Array.fromAsync(runs.follow(runId, after, signal));

  it('numbers the parts from 0 and ends with what the work returned', async () => {
    const runId = runs.start(async (writer) => {
      writer.write({ type: 'run-start', runId: writer.runId, modelName: 'Small', route: null });
      writer.write({ type: 'text-delta', text: 'Hello' });
      return { reason: 'length', usage: null };
    });
    expect(await collect(runId)).toEqual([
      { sequence: 0, type: 'run-start', runId, modelName: 'Small', route: null },
      { sequence: 1, type: 'text-delta', text: 'Hello' },
      { sequence: 2, type: 'run-end', reason: 'length', usage: null },
    ]);
  });

  it('hands out the id before the work writes anything', async () => {
    let seen: RunId | null = null;
    const runId = runs.start(async (writer) => {
      seen = writer.runId;
      return complete;
    });
    expect(seen).toBeNull();
    await runs.finished(runId);
    expect(seen).toBe(runId);
  });

  it('puts a run-start before work that fails at once', async () => {
    const runId = runs.start(async () => {
      throw new AppError('model/none', 'There is no model.');
    });
    expect((await collect(runId)).map(({ type }) => type)).toEqual(['run-start', 'run-error']);
  });

  it('tells an error that is not an AppError as unexpected', async () => {
    const runId = runs.start(async () => {
      throw new TypeError('x is not a function');
    });
    expect((await collect(runId)).at(-1)).toMatchObject({ type: 'run-error', error: { code: 'app/unexpected' } });
  });

  it('resumes after the last part that a reloaded window saw, without loss or repetition', async () => {
    const steered = createSteered();
    const runId = runs.start(steered.work);
    const { writer } = await steered.ready;
    for (const word of ['one ', 'two ', 'three ']) writer.write({ type: 'text-delta', text: word });
    const first: AnswerPart[] = [];
    for await (const part of runs.follow(runId, -1, leaving.signal)) {
      first.push(part);
      if (text(first) === 'one two ') break;
    }
    const second = collect(runId, first.at(-1)!.sequence);
    await settle();
    writer.write({ type: 'text-delta', text: 'four' });
    steered.end();
    expect(text(first) + text(await second)).toBe('one two three four');
  });

  it('gives several followers the same parts, the slow and the late one too', async () => {
    const steered = createSteered();
    const runId = runs.start(steered.work);
    const { writer } = await steered.ready;
    const early = collect(runId);
    for (let index = 0; index < 50; index += 1) writer.write({ type: 'text-delta', text: `${index},` });
    const late = collect(runId);
    await settle();
    steered.end();
    expect(await late).toEqual(await early);
    expect(await collect(runId)).toEqual(await early);
  });

  it('stops at once when asked and says so', async () => {
    const steered = createSteered();
    const runId = runs.start(steered.work);
    const parts = collect(runId);
    const { signal } = await steered.ready;
    runs.stop(runId);
    expect(signal.aborted).toBe(true);
    expect((await parts).at(-1)).toMatchObject({ type: 'run-end', reason: 'stopped' });
    runs.stop(runId);
  });

  it('keeps what the work says when it ends by itself after a stop', async () => {
    const steered = createSteered();
    const runId = runs.start(async (writer, signal) => {
      await steered.work(writer, signal).catch(() => undefined);
      return {
        reason: 'stopped',
        usage: { inputTokens: 3, reusedTokens: 0, outputTokens: 2, timeToFirstTokenMs: 1, tokensPerSecond: 9 },
      };
    });
    await steered.ready;
    runs.stop(runId);
    expect((await collect(runId)).at(-1)).toMatchObject({ reason: 'stopped', usage: { outputTokens: 2 } });
  });

  it('aborts a run 20 s after its last follower left', async () => {
    const steered = createSteered();
    const runId = runs.start(steered.work);
    const { signal } = await steered.ready;
    const stay = new AbortController();
    const leave = new AbortController();
    const [stays, leaves] = [collect(runId, -1, stay.signal), collect(runId, -1, leave.signal)];
    await settle();
    leave.abort();
    await leaves;
    await clock.advance(60_000);
    expect(signal.aborted).toBe(false);
    stay.abort();
    await stays;
    await clock.advance(19_999);
    expect(signal.aborted).toBe(false);
    await clock.advance(1);
    expect(signal.aborted).toBe(true);
  });

  it('goes on when a follower comes back within the grace period', async () => {
    const steered = createSteered();
    const runId = runs.start(steered.work);
    const { signal } = await steered.ready;
    const reloading = new AbortController();
    const before = collect(runId, -1, reloading.signal);
    await settle();
    reloading.abort();
    await before;
    await clock.advance(15_000);
    const after = collect(runId);
    await clock.advance(60_000);
    expect(signal.aborted).toBe(false);
    steered.end();
    expect((await after).at(-1)).toMatchObject({ reason: 'complete' });
  });

  it('lets a run that nobody follows go on to its end', async () => {
    const steered = createSteered();
    const runId = runs.start(steered.work);
    const { signal } = await steered.ready;
    await clock.advance(600_000);
    expect(signal.aborted).toBe(false);
    steered.end();
    await runs.finished(runId);
    expect((await collect(runId)).at(-1)).toMatchObject({ reason: 'complete' });
  });

  it('forgets the parts five minutes after the end', async () => {
    const runId = runs.start(async () => complete);
    await runs.finished(runId);
    await clock.advance(299_999);
    expect(await collect(runId)).toHaveLength(2);
    await clock.advance(1);
    expect(() => runs.follow(runId, -1, leaving.signal)).toThrow(expect.objectContaining({ code: 'app/not-found' }));
    await expect(runs.finished(runId)).resolves.toBeUndefined();
  });

  it('keeps no more ended runs than it may', async () => {
    const few = createRunsService({ clock, logger: createRecordingLogger(), keptRuns: 2 });
    const ids: RunId[] = [];
    for (let index = 0; index < 4; index += 1) {
      const runId = few.start(async () => complete);
      ids.push(runId);
      await few.finished(runId);
      await settle();
    }
    expect(() => few.follow(ids[1]!, -1, leaving.signal)).toThrow('There is no such run.');
    expect(await Array.fromAsync(few.follow(ids[2]!, -1, leaving.signal))).toHaveLength(2);
    await few.close();
  });

  it('refuses an unknown run', () => {
    expect(() => runs.follow(createId(runIdSchema), -1, leaving.signal)).toThrow(
      expect.objectContaining({ code: 'app/not-found' }),
    );
  });

  it('aborts all runs and waits for their work when it closes', async () => {
    let isCleanedUp = false;
    const steered = createSteered();
    runs.start(async (writer, signal) => {
      try {
        return await steered.work(writer, signal);
      } finally {
        await settle();
        isCleanedUp = true;
      }
    });
    await steered.ready;
    await runs.close();
    expect(isCleanedUp).toBe(true);
    expect(() => runs.start(async () => complete)).toThrow(expect.objectContaining({ code: 'app/closing' }));
  });

  // Work for quiet times begins and ends by this: a second run must not look like the first or the last.
  it('tells when the first run begins and when the last has ended', async () => {
    const told: boolean[] = [];
    const stop = runs.onBusy((isBusy) => told.push(isBusy));
    const [one, other] = [createSteered(), createSteered()];
    const ids = [runs.start(one.work), runs.start(other.work)];
    expect([told, runs.isBusy]).toEqual([[true], true]);
    one.end();
    await runs.finished(ids[0] ?? createId(runIdSchema));
    expect(told).toEqual([true]);
    other.fail(new Error('broken'));
    await runs.finished(ids[1] ?? createId(runIdSchema));
    await settle();
    expect([told, runs.isBusy]).toEqual([[true, false], false]);
    stop();
    runs.start(createSteered().work);
    expect(told).toHaveLength(2);
  });
});
