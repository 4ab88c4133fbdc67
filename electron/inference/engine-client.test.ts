import { describe, expect, it } from 'vitest';
import {
  chatModel,
  collectParts,
  createEngineBench,
  playAnswer,
  playedUsage,
  question,
} from '../testing/engine-bench.ts';
import { settle } from '../testing/fake-clock.ts';
import type { GeneratePart } from './engine.ts';

const never = new AbortController().signal;

describe('createInferenceEngine', () => {
  it('starts no process before a model is loaded', async () => {
    const { engine, launcher } = createEngineBench(playAnswer);
    expect(engine.state).toEqual({ state: 'no-model' });
    const { error } = await collectParts(engine.generate(question, never));
    expect(error).toMatchObject({ code: 'model/none' });
    expect(launcher.processes).toHaveLength(0);
  });

  it('yields the parts of an answer in order', async () => {
    const { engine } = createEngineBench(playAnswer);
    await engine.load(chatModel, { signal: never });
    const { parts } = await collectParts(engine.generate(question, never));
    expect(parts).toEqual([
      { type: 'prefill-progress', done: 5, total: 5, reused: 2 },
      { type: 'text-delta', text: 'Good ', tokens: 1 },
      { type: 'text-delta', text: 'day', tokens: 1 },
      { type: 'generate-end', reason: 'complete', usage: playedUsage },
    ]);
    expect(engine.state).toEqual({ state: 'ready', isSafeMode: false });
  });

  it('shows starting, loading and ready while a model is loaded', async () => {
    const { engine } = createEngineBench((work, process) => {
      if (work.type === 'load') process.say({ type: 'load-progress', id: work.id, fraction: 0.5 });
      return false;
    });
    const states: string[] = [];
    engine.onState(({ state }) => states.push(state));
    await engine.load(chatModel, { signal: never });
    expect(states).toEqual(['starting', 'loading', 'loading', 'ready']);
  });

  it('ends the answer at once with what was counted when it is aborted', async () => {
    const { engine, launcher } = createEngineBench((work, process) => {
      if (work.type !== 'generate') return false;
      process.say({ type: 'prefill-progress', id: work.id, done: 5, total: 5, reused: 2 });
      process.say({ type: 'text-delta', id: work.id, text: 'Good ', tokens: 1 });
      return true;
    });
    await engine.load(chatModel, { signal: never });
    const controller = new AbortController();
    const parts: GeneratePart[] = [];
    for await (const part of engine.generate(question, controller.signal)) {
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
    const { engine, launcher } = createEngineBench((work, process) => {
      if (work.type === 'generate') process.say({ type: 'text-delta', id: work.id, text: 'a', tokens: 1 });
      return work.type === 'generate';
    });
    await engine.load(chatModel, { signal: never });
    for await (const part of engine.generate(question, never)) if (part.type === 'text-delta') break;
    expect(launcher.processes[0]?.received.map(({ type }) => type)).toContain('abort');
  });

  it('does not try a file again that the engine refused', async () => {
    const { engine, launcher } = createEngineBench((work, process) => {
      if (work.type !== 'load') return false;
      process.say({ type: 'failed', id: work.id, error: { code: 'model/load-failed', message: 'no', details: {} } });
      return true;
    });
    await expect(engine.load(chatModel, { signal: never })).rejects.toMatchObject({ code: 'model/load-failed' });
    expect((await collectParts(engine.generate(question, never))).error).toMatchObject({ code: 'model/none' });
    expect(engine.state).toEqual({ state: 'no-model' });
    expect(launcher.processes[0]?.received.filter(({ type }) => type === 'load')).toHaveLength(1);
  });

  it('puts vectors together when they come in several messages', async () => {
    const { engine } = createEngineBench((work, process) => {
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
    const { engine, launcher } = createEngineBench(playAnswer);
    await engine.load(chatModel, { signal: never });
    await engine.close();
    await expect(engine.load(chatModel, { signal: never })).rejects.toMatchObject({ code: 'engine/closed' });
    expect((await collectParts(engine.generate(question, never))).error).toMatchObject({ code: 'engine/closed' });
    expect(launcher.processes).toHaveLength(1);
  });
});
