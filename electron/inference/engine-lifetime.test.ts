import { beforeEach, describe, expect, it } from 'vitest';
import { chatModel, collectParts, createEngineBench, playAnswer, question } from '../testing/engine-bench.ts';
import type { EngineBench } from '../testing/engine-bench.ts';
import type { ScriptedProcess } from '../testing/scripted-engine-launcher.ts';
import type { EngineWork } from './protocol/engine-command.ts';

const never = new AbortController().signal;
const minuteMs = 60_000;
const plenty = 64 * 1024 ** 3;
const embedder = { slot: 'embedding', path: '/models/embedder.gguf' } as const;
const chosen = {
  ...chatModel,
  contextTokens: 4_096,
  graphicsLayers: 3,
  threads: 1,
  usesFlashAttention: true,
  usesMemoryMapping: true,
  batchTokens: 64,
} as const;

describe('createInferenceEngine with models that sleep', () => {
  let minutes: number | null;
  let availableBytes: number;
  beforeEach(() => {
    minutes = 5;
    availableBytes = plenty;
  });

  const open = (play: (work: EngineWork, process: ScriptedProcess) => boolean = playAnswer): EngineBench =>
    createEngineBench(play, () => ({
      lifetime: { unloadAfterMinutes: async () => minutes, availableMemoryBytes: () => availableBytes },
    }));

  it('gives a model’s memory back after the idle time, and the process with the last one', async () => {
    const { engine, launcher, clock } = open();
    await engine.load(chatModel, { signal: never });
    await clock.advance(4 * minuteMs);
    await engine.load(embedder, { signal: never });
    expect(engine.loaded('chat')).not.toBeNull();
    await clock.advance(1.5 * minuteMs);
    expect([engine.loaded('chat'), engine.loaded('embedding')]).toMatchObject([null, { slot: 'embedding' }]);
    expect(typesOf(launcher.processes[0])).toEqual(['configure', 'load', 'load', 'unload']);
    await clock.advance(5 * minuteMs);
    expect(typesOf(launcher.processes[0])).toContain('shutdown');
    expect(engine.state).toEqual({ state: 'stopped' });
  });

  it('loads again with the same options when somebody asks', async () => {
    const { engine, launcher, clock } = open();
    await engine.load(chosen, { signal: never });
    await clock.advance(6 * minuteMs);
    expect((await collectParts(engine.generate(question, never))).error).toBeNull();
    const loads = launcher.processes.flatMap(({ received }) => received.filter(({ type }) => type === 'load'));
    expect(loads).toHaveLength(2);
    expect(loads[1]).toMatchObject(chosen);
    expect(launcher.processes).toHaveLength(2);
  });

  // Catches an answer, or a document being read for hours, that loses its model in the middle.
  it('never takes a model from work that runs or waits', async () => {
    const { engine, launcher, clock } = open((work, process) => {
      if (work.type === 'generate') process.say({ type: 'phase', id: work.id, phase: 'queued' });
      return work.type === 'generate';
    });
    await engine.load(chatModel, { signal: never });
    const stop = new AbortController();
    const answer = collectParts(engine.generate(question, stop.signal));
    await clock.advance(60 * minuteMs);
    expect(engine.loaded('chat')).not.toBeNull();
    await engine.sleep('chat');
    expect(typesOf(launcher.processes[0])).not.toContain('unload');
    stop.abort();
    await answer;
    await clock.advance(6 * minuteMs);
    expect(engine.loaded('chat')).toBeNull();
  });

  it('follows the setting while it runs, and never sleeps when it says so', async () => {
    minutes = null;
    const { engine, clock } = open();
    await engine.load(chatModel, { signal: never });
    await clock.advance(600 * minuteMs);
    expect(engine.loaded('chat')).not.toBeNull();
    minutes = 1;
    await clock.advance(minuteMs);
    expect(engine.loaded('chat')).toBeNull();
  });

  it('gives back what was idle longest when memory runs out, one model at a time', async () => {
    minutes = null;
    const { engine, clock } = open();
    await engine.load(embedder, { signal: never });
    await clock.advance(minuteMs);
    await engine.load(chatModel, { signal: never });
    availableBytes = 100 * 1024 ** 2;
    await clock.advance(10_000);
    expect([engine.loaded('embedding'), engine.loaded('chat')]).toMatchObject([null, { slot: 'chat' }]);
    availableBytes = plenty;
    await clock.advance(10 * minuteMs);
    expect(engine.loaded('chat')).not.toBeNull();
  });

  it('lets others put things away first, for a while, and stays when work comes meanwhile', async () => {
    const { engine, clock } = open((work, process) => {
      if (work.type === 'generate') process.say({ type: 'text-delta', id: work.id, text: 'Good ', tokens: 1 });
      return work.type === 'generate';
    });
    const told: string[] = [];
    let wait = Promise.withResolvers<void>();
    const stop = engine.beforeUnload(async (slot) => {
      told.push(slot);
      await wait.promise;
    });
    await engine.load(chatModel, { signal: never });
    const sleeping = engine.sleep('chat');
    const answer = engine.generate({ ...question, conversationKey: 'late' }, never)[Symbol.asyncIterator]();
    await answer.next();
    wait.resolve();
    await sleeping;
    expect(engine.loaded('chat')).not.toBeNull();
    await answer.return?.();
    wait = Promise.withResolvers<void>();
    const switched = engine.load({ ...chatModel, path: '/models/other.gguf' }, { signal: never });
    await clock.advance(5_000);
    await switched;
    stop();
    await engine.unload('chat');
    expect(told).toEqual(['chat', 'chat']);
  });

  it('hands every option to the process', async () => {
    const { engine, launcher } = open();
    await engine.load(chosen, { signal: never });
    expect(launcher.processes[0]?.received[1]).toEqual({ type: 'load', id: 1, ...chosen });
    expect(launcher.processes).toHaveLength(1);
    await engine.load({ ...chosen, threads: 2 }, { signal: never });
    expect(launcher.processes[0]?.received.at(-1)).toMatchObject({ type: 'load', threads: 2 });
  });
});

function typesOf(process: ScriptedProcess | undefined): readonly string[] {
  return process?.received.map(({ type }) => type) ?? [];
}
