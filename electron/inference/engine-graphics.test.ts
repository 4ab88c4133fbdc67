import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chatModel, collectParts, createEngineBench, playAnswer, question } from '../testing/engine-bench.ts';
import type { EngineBench } from '../testing/engine-bench.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import type { ScriptedProcess } from '../testing/scripted-engine-launcher.ts';
import { createGraphicsDevices } from './devices/create-graphics-devices.ts';
import type { EngineCommand, EngineWork } from './protocol/engine-command.ts';

const never = new AbortController().signal;
type Play = (work: EngineWork, process: ScriptedProcess) => boolean;

describe('createInferenceEngine with a graphics processor', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-graphics-'));
  });
  afterEach(async () => await rm(folder, { recursive: true }));

  /** A machine with one CUDA card; `play` plays what models do there. */
  const open = (play: Play): EngineBench =>
    createEngineBench(
      (work, process) => {
        if (work.type !== 'describe-devices') return play(work, process);
        const isCuda = backendOf(process) === 'cuda';
        const devices = isCuda ? [{ name: 'Card', memoryBytes: 8_000_000_000, freeBytes: 8_000_000_000 }] : [];
        process.say({ type: 'devices', id: work.id, found: { outcome: isCuda ? 'usable' : 'no-device', devices } });
        return true;
      },
      ({ launcher, clock }) => ({
        devices: createGraphicsDevices({
          launcher,
          clock,
          logger: createRecordingLogger(),
          operatingSystem: 'linux',
          file: join(folder, 'devices.json'),
          choice: async () => 'auto',
          fingerprint: async () => 'one',
          canHaveDevice: async () => true,
        }),
      }),
    );

  it('loads on the backend that passed its dry run', async () => {
    const { engine, launcher } = open(playAnswer);
    const loaded = await engine.load(chatModel, { signal: never });
    expect(loaded).toMatchObject({ backend: 'cuda', graphicsLayers: 31, layers: 31, graphicsProblem: null });
    expect(loadsOf(launcher.processes)).toEqual(['cuda all']);
  });

  it('tries a load that ends the process with half of the layers, then on the processor, and remembers it', async () => {
    const { engine, launcher } = open(crashOnGraphics);
    const loaded = await engine.load(chatModel, { signal: never });
    // The played model has one block, and its output counts as another.
    expect(loadsOf(launcher.processes)).toEqual(['cuda all', 'cuda 1', 'cpu all']);
    expect(loaded).toMatchObject({ backend: 'cpu', graphicsLayers: 0, graphicsProblem: 'crashed-before' });
    expect((await collectParts(engine.generate(question, never))).error).toBeNull();
    const next = open(crashOnGraphics);
    expect(await next.engine.load(chatModel, { signal: never })).toMatchObject({ backend: 'cpu' });
    expect(loadsOf(next.launcher.processes)).toEqual(['cpu all']);
  });

  it('keeps the half of the layers that went well', async () => {
    const { engine, launcher } = open((work, process) => {
      if (work.type !== 'load' || work.graphicsLayers !== undefined) return playAnswer(work, process);
      process.say({ type: 'phase', id: work.id, phase: 'load' });
      setImmediate(() => process.exit());
      return true;
    });
    const loaded = await engine.load(chatModel, { signal: never });
    expect(loadsOf(launcher.processes)).toEqual(['cuda all', 'cuda 1']);
    expect(loaded).toMatchObject({ backend: 'cuda', graphicsLayers: 1, graphicsProblem: 'crashed-before' });
  });

  // A driver’s crash is answered by going elsewhere; counted twice it would also shrink every window for good.
  it('does not go into safe mode over it', async () => {
    const { engine } = open(crashOnGraphics);
    const states: string[] = [];
    engine.onState(({ state }) => states.push(state));
    await engine.load(chatModel, { signal: never });
    expect(engine.state).toEqual({ state: 'ready', isSafeMode: false });
    expect(states).not.toContain('restarting');
  });

  // Many drivers take the weights and fall over at the first computation.
  it('holds a crash of the first answer against the backend too', async () => {
    const { engine, launcher } = open((work, process) => {
      if (work.type !== 'generate' || backendOf(process) === 'cpu') return playAnswer(work, process);
      process.say({ type: 'phase', id: work.id, phase: 'prefill' });
      setImmediate(() => process.exit());
      return true;
    });
    await engine.load(chatModel, { signal: never });
    for (let round = 0; round < 2; round += 1) {
      expect((await collectParts(engine.generate(question, never))).error).toMatchObject({ code: 'engine/crashed' });
    }
    expect((await collectParts(engine.generate(question, never))).error).toBeNull();
    expect(loadsOf(launcher.processes)).toEqual(['cuda all', 'cuda 1', 'cpu all']);
  });

  it('forgives a crash after an answer was completed', async () => {
    let answers = 0;
    const { engine, launcher } = open((work, process) => {
      if (work.type !== 'generate') return false;
      answers += 1;
      if (answers !== 2) return playAnswer(work, process);
      process.say({ type: 'phase', id: work.id, phase: 'prefill' });
      setImmediate(() => process.exit());
      return true;
    });
    await engine.load(chatModel, { signal: never });
    for (let round = 0; round < 3; round += 1) await collectParts(engine.generate(question, never));
    expect(loadsOf(launcher.processes)).toEqual(['cuda all', 'cuda all']);
  });

  it('loads a model that a person keeps off the card into the same process, on the processor', async () => {
    const { engine, launcher } = open(playAnswer);
    await engine.load(chatModel, { signal: never });
    const embedder = { slot: 'embedding', path: '/models/embedder.gguf', backend: 'cpu' } as const;
    const loaded = await engine.load(embedder, { signal: never });
    expect(loaded).toMatchObject({ backend: 'cpu', graphicsProblem: 'not-chosen' });
    expect(loadsOf(launcher.processes)).toEqual(['cuda all', 'cuda 0']);
    expect(engine.loaded('chat')).toMatchObject({ backend: 'cuda' });
  });

  it('measures a new model once while nobody waits, and uses what came of it at the next load', async () => {
    let tunings = 0;
    const { engine, launcher, clock } = open((work, process) => {
      if (work.type !== 'tune') return playAnswer(work, process);
      tunings += 1;
      process.say({ type: 'tuned', id: work.id, tuning: { usesFlashAttention: true, batchTokens: 1_024 } });
      return true;
    });
    await engine.load(chatModel, { signal: never });
    expect(tunings).toBe(0);
    await clock.advance(6_000);
    await engine.sleep('chat');
    await collectParts(engine.generate(question, never));
    await clock.advance(60_000);
    expect(tunings).toBe(1);
    expect(engine.loaded('chat')).toMatchObject({ usesFlashAttention: true, batchTokens: 1_024 });
    await engine.load({ ...chatModel, usesFlashAttention: false }, { signal: never });
    expect(lastLoad(launcher.processes)).toMatchObject({ usesFlashAttention: false, batchTokens: 1_024 });
  });
});

function crashOnGraphics(work: EngineWork, process: ScriptedProcess): boolean {
  if (work.type !== 'load' || backendOf(process) === 'cpu') return playAnswer(work, process);
  process.say({ type: 'phase', id: work.id, phase: 'load' });
  setImmediate(() => process.exit({ code: null, signal: 'SIGSEGV' }));
  return true;
}

function backendOf({ received }: ScriptedProcess): string {
  const [setup] = received;
  return setup?.type === 'configure' ? setup.backend : 'none';
}

type Load = Extract<EngineCommand, { readonly type: 'load' }>;
const isLoad = (command: EngineCommand): command is Load => command.type === 'load';

function lastLoad(processes: readonly ScriptedProcess[]): Load | undefined {
  return processes.flatMap(({ received }) => received.filter(isLoad)).at(-1);
}

function loadsOf(processes: readonly ScriptedProcess[]): readonly string[] {
  return processes.flatMap((process) =>
    process.received.filter(isLoad).map(({ graphicsLayers }) => `${backendOf(process)} ${graphicsLayers ?? 'all'}`),
  );
}
