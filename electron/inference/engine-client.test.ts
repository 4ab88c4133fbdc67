import { describe, expect, it } from 'vitest';
import type { Usage } from '../shared/usage.ts';
import { createFakeClock, settle } from '../testing/fake-clock.ts';
import type { FakeClock } from '../testing/fake-clock.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createScriptedEngineLauncher } from '../testing/scripted-engine-launcher.ts';
import type { ScriptedLauncher, ScriptedProcess } from '../testing/scripted-engine-launcher.ts';
import { createInferenceEngine } from './engine-client.ts';
import type { GeneratePart, GenerateRequest, InferenceEngine } from './engine.ts';
import type { EngineWork } from './protocol/engine-command.ts';

const never = new AbortController().signal;
const usage: Usage = {
  inputTokens: 5,
  reusedTokens: 2,
  outputTokens: 2,
  timeToFirstTokenMs: 1,
  tokensPerSecond: 9,
};
const request: GenerateRequest = {
  conversationKey: 'chat',
  turns: [{ role: 'user', text: 'hello' }],
  sampling: { temperature: 0 },
  maxTokens: 9,
  priority: 'interactive',
};
const chat = { slot: 'chat', path: '/models/chat.gguf' } as const;

type Bench = { readonly engine: InferenceEngine; readonly launcher: ScriptedLauncher; readonly clock: FakeClock };

function createBench(onWork?: (work: EngineWork, process: ScriptedProcess) => boolean): Bench {
  const clock = createFakeClock();
  const launcher = createScriptedEngineLauncher(onWork);
  return {
    clock,
    launcher,
    engine: createInferenceEngine({ launcher, clock, logger: createRecordingLogger(), cores: 2 }),
  };
}

function answers(work: EngineWork, process: ScriptedProcess): boolean {
  if (work.type !== 'generate') return false;
  const { id } = work;
  process.say({ type: 'phase', id, phase: 'prefill' });
  process.say({ type: 'prefill-progress', id, done: 5, total: 5, reused: 2 });
  process.say({ type: 'text-delta', id, text: 'Good ', tokens: 1 });
  process.say({ type: 'text-delta', id, text: 'day', tokens: 1 });
  process.say({ type: 'generate-end', id, reason: 'complete', usage });
  return true;
}

/** Says one word, then lets the process end. */
function crashes(work: EngineWork, process: ScriptedProcess): boolean {
  if (work.type !== 'generate') return false;
  process.say({ type: 'text-delta', id: work.id, text: 'Good ', tokens: 1 });
  setImmediate(() => process.exit());
  return true;
}

async function collect(parts: AsyncIterable<GeneratePart>): Promise<{ parts: GeneratePart[]; error: unknown }> {
  const collected: GeneratePart[] = [];
  try {
    for await (const part of parts) collected.push(part);
    return { parts: collected, error: null };
  } catch (error) {
    return { parts: collected, error };
  }
}

describe('createInferenceEngine', () => {
  it('starts no process before a model is loaded', async () => {
    const { engine, launcher } = createBench(answers);
    expect(engine.state).toEqual({ state: 'no-model' });
    const { error } = await collect(engine.generate(request, never));
    expect(error).toMatchObject({ code: 'model/none' });
    expect(launcher.processes).toHaveLength(0);
  });

  it('yields the parts of an answer in order', async () => {
    const { engine } = createBench(answers);
    await engine.load(chat, { signal: never });
    const { parts } = await collect(engine.generate(request, never));
    expect(parts).toEqual([
      { type: 'prefill-progress', done: 5, total: 5, reused: 2 },
      { type: 'text-delta', text: 'Good ', tokens: 1 },
      { type: 'text-delta', text: 'day', tokens: 1 },
      { type: 'generate-end', reason: 'complete', usage },
    ]);
    expect(engine.state).toEqual({ state: 'ready', isSafeMode: false });
  });

  it('shows starting, loading and ready while a model is loaded', async () => {
    const { engine } = createBench((work, process) => {
      if (work.type === 'load') process.say({ type: 'load-progress', id: work.id, fraction: 0.5 });
      return false;
    });
    const states: string[] = [];
    engine.onState(({ state }) => states.push(state));
    await engine.load(chat, { signal: never });
    expect(states).toEqual(['starting', 'loading', 'loading', 'ready']);
  });

  it('keeps the partial answer and says engine/crashed when the process ends in the middle', async () => {
    const { engine } = createBench(crashes);
    await engine.load(chat, { signal: never });
    const { parts, error } = await collect(engine.generate(request, never));
    expect(parts).toEqual([{ type: 'text-delta', text: 'Good ', tokens: 1 }]);
    expect(error).toMatchObject({ code: 'engine/crashed' });
    expect(engine.state).toEqual({ state: 'stopped' });
    expect(engine.loaded('chat')).toBeNull();
  });

  it('starts a fresh process and loads again when called after a crash', async () => {
    const { engine, launcher } = createBench((work, process) =>
      launcher.processes.length === 1 ? crashes(work, process) : answers(work, process),
    );
    await engine.load(chat, { signal: never });
    await collect(engine.generate(request, never));
    const { parts, error } = await collect(engine.generate(request, never));
    expect(error).toBeNull();
    expect(parts.at(-1)).toMatchObject({ type: 'generate-end' });
    expect(launcher.processes).toHaveLength(2);
    expect(launcher.processes[1]?.received.map(({ type }) => type)).toEqual(['configure', 'load', 'generate']);
  });

  it('goes to safe mode after three crashes and gives up after one more', async () => {
    const { engine, launcher } = createBench(crashes);
    await engine.load(chat, { signal: never });
    const codes: unknown[] = [];
    for (let round = 0; round < 4; round += 1) {
      const { error } = await collect(engine.generate(request, never));
      codes.push(error);
    }
    expect(codes).toMatchObject([
      { code: 'engine/crashed' },
      { code: 'engine/crashed' },
      { code: 'engine/crashed' },
      { code: 'engine/gave-up', details: { crashes: 4 } },
    ]);
    expect(launcher.processes.map(({ received }) => received[0])).toMatchObject([
      { safeModeContextTokens: null },
      { safeModeContextTokens: null },
      { safeModeContextTokens: null },
      { safeModeContextTokens: 2_048, gpu: 'off' },
    ]);
    expect(engine.state).toMatchObject({ state: 'failed', error: { code: 'engine/gave-up' } });
    const { error } = await collect(engine.generate(request, never));
    expect(error).toMatchObject({ code: 'engine/gave-up' });
    expect(launcher.processes).toHaveLength(4);
  });

  it('tries again in normal mode when a model is loaded after giving up', async () => {
    const { engine, launcher } = createBench((work, process) =>
      launcher.processes.length <= 4 ? crashes(work, process) : answers(work, process),
    );
    await engine.load(chat, { signal: never });
    for (let round = 0; round < 4; round += 1) await collect(engine.generate(request, never));
    expect(await engine.load(chat, { signal: never })).toMatchObject({ isSafeMode: false });
    expect((await collect(engine.generate(request, never))).error).toBeNull();
  });

  // Catches a budget that counts crashes over a whole day of good answers.
  it('forgets crashes when an answer was completed between them', async () => {
    let generations = 0;
    const { engine, launcher } = createBench((work, process) => {
      if (work.type === 'generate') generations += 1;
      return generations % 3 === 0 ? answers(work, process) : crashes(work, process);
    });
    await engine.load(chat, { signal: never });
    for (let round = 0; round < 9; round += 1) await collect(engine.generate(request, never));
    expect(
      launcher.processes.every(
        ({ received }) => received[0]?.type === 'configure' && received[0].safeModeContextTokens === null,
      ),
    ).toBe(true);
  });

  it('forgets crashes that are longer ago than five minutes', async () => {
    const { engine, clock } = createBench(crashes);
    await engine.load(chat, { signal: never });
    for (let round = 0; round < 6; round += 1) {
      expect((await collect(engine.generate(request, never))).error).toMatchObject({ code: 'engine/crashed' });
      await clock.advance(3 * 60_000);
    }
  });

  it('ends the answer at once with what was counted when it is aborted', async () => {
    const { engine, launcher } = createBench((work, process) => {
      if (work.type !== 'generate') return false;
      process.say({ type: 'prefill-progress', id: work.id, done: 5, total: 5, reused: 2 });
      process.say({ type: 'text-delta', id: work.id, text: 'Good ', tokens: 1 });
      return true;
    });
    await engine.load(chat, { signal: never });
    const controller = new AbortController();
    const parts: GeneratePart[] = [];
    for await (const part of engine.generate(request, controller.signal)) {
      parts.push(part);
      if (part.type === 'text-delta') controller.abort();
    }
    expect(parts.at(-1)).toMatchObject({
      type: 'generate-end',
      reason: 'stopped',
      usage: { inputTokens: 5, reusedTokens: 2, outputTokens: 1 },
    });
    await settle();
    expect(launcher.processes[0]?.received.map(({ type }) => type)).toContain('abort');
    expect(engine.state).toEqual({ state: 'ready', isSafeMode: false });
  });

  it('stops the work when the reader leaves the loop', async () => {
    const { engine, launcher } = createBench((work, process) => {
      if (work.type === 'generate') process.say({ type: 'text-delta', id: work.id, text: 'a', tokens: 1 });
      return work.type === 'generate';
    });
    await engine.load(chat, { signal: never });
    for await (const part of engine.generate(request, never)) if (part.type === 'text-delta') break;
    expect(launcher.processes[0]?.received.map(({ type }) => type)).toContain('abort');
  });

  it.each([
    { phase: 'prefill', limitMs: 90_000 },
    { phase: 'token', limitMs: 60_000 },
  ] as const)('ends the process with engine/timeout when $phase shows no progress', async ({ phase, limitMs }) => {
    const { engine, launcher, clock } = createBench((work, process) => {
      if (work.type === 'generate') process.say({ type: 'phase', id: work.id, phase });
      return work.type === 'generate';
    });
    await engine.load(chat, { signal: never });
    const answer = collect(engine.generate(request, never));
    await clock.advance(limitMs - 6_000);
    expect(launcher.processes[0]?.isKilled).toBe(false);
    await clock.advance(12_000);
    expect((await answer).error).toMatchObject({ code: 'engine/timeout' });
    expect(launcher.processes[0]?.isKilled).toBe(true);
  });

  it('keeps waiting when the work is queued behind other work', async () => {
    const { engine, launcher, clock } = createBench((work, process) => {
      if (work.type === 'generate') process.say({ type: 'phase', id: work.id, phase: 'queued' });
      return work.type === 'generate';
    });
    await engine.load(chat, { signal: never });
    const controller = new AbortController();
    const answer = collect(engine.generate(request, controller.signal));
    await clock.advance(3_600_000);
    expect(launcher.processes[0]?.isKilled).toBe(false);
    controller.abort();
    await answer;
  });

  it('ends the process when it does not let go of an aborted command', async () => {
    const clock = createFakeClock();
    const launcher = createScriptedEngineLauncher((work) => work.type === 'generate');
    const deaf = {
      launch: () => {
        const process = launcher.launch();
        return { ...process, send: (message: unknown) => void (isAbort(message) || process.send(message)) };
      },
    };
    const engine = createInferenceEngine({ launcher: deaf, clock, logger: createRecordingLogger(), cores: 1 });
    await engine.load(chat, { signal: never });
    const controller = new AbortController();
    const answer = collect(engine.generate(request, controller.signal));
    await settle();
    controller.abort();
    await answer;
    await clock.advance(70_000);
    expect(launcher.processes[0]?.isKilled).toBe(true);
  });

  it('ends a process that does not keep to the protocol', async () => {
    const { engine, launcher } = createBench((work, process) => {
      if (work.type === 'generate') process.sayAnything({ type: 'text-delta', id: work.id, text: 7 });
      return work.type === 'generate';
    });
    await engine.load(chat, { signal: never });
    const { error } = await collect(engine.generate(request, never));
    expect(error).toMatchObject({ code: 'engine/crashed' });
    expect(launcher.processes[0]?.isKilled).toBe(true);
  });

  it('does not try a file again that the engine refused', async () => {
    const { engine, launcher } = createBench((work, process) => {
      if (work.type !== 'load') return false;
      process.say({ type: 'failed', id: work.id, error: { code: 'model/load-failed', message: 'no', details: {} } });
      return true;
    });
    await expect(engine.load(chat, { signal: never })).rejects.toMatchObject({ code: 'model/load-failed' });
    expect((await collect(engine.generate(request, never))).error).toMatchObject({ code: 'model/none' });
    expect(engine.state).toEqual({ state: 'no-model' });
    expect(launcher.processes[0]?.received.filter(({ type }) => type === 'load')).toHaveLength(1);
  });

  it('puts vectors together when they come in several messages', async () => {
    const { engine } = createBench((work, process) => {
      if (work.type !== 'embed') return false;
      process.say({ type: 'embeddings', id: work.id, offset: 0, vectors: [Float32Array.of(1, 0)] });
      process.say({ type: 'embeddings', id: work.id, offset: 1, vectors: [Float32Array.of(0, 1)] });
      process.say({ type: 'done', id: work.id });
      return true;
    });
    await engine.load({ slot: 'embedding', path: '/models/embedder.gguf' }, { signal: never });
    const done: number[] = [];
    const vectors = await engine.embed(['a', 'b'], {
      priority: 'background',
      signal: never,
      onProgress: (count) => done.push(count),
    });
    expect(vectors).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
    expect(done).toEqual([1, 2]);
  });

  it('begins nothing after it was closed', async () => {
    const { engine, launcher } = createBench(answers);
    await engine.load(chat, { signal: never });
    await engine.close();
    await expect(engine.load(chat, { signal: never })).rejects.toMatchObject({ code: 'engine/closed' });
    expect((await collect(engine.generate(request, never))).error).toMatchObject({ code: 'engine/closed' });
    expect(launcher.processes).toHaveLength(1);
  });
});

function isAbort(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'abort';
}
