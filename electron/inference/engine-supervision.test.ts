import { describe, expect, it } from 'vitest';
import {
  chatModel,
  collectParts,
  createEngineBench,
  createPlayedEngine,
  playAnswer,
  playCrash,
  question,
} from '../testing/engine-bench.ts';
import { createFakeClock, settle } from '../testing/fake-clock.ts';
import { createScriptedEngineLauncher } from '../testing/scripted-engine-launcher.ts';

const never = new AbortController().signal;

describe('createInferenceEngine with a failing process', () => {
  it('keeps the partial answer and says engine/crashed when the process ends in the middle', async () => {
    const { engine } = createEngineBench(playCrash);
    await engine.load(chatModel, { signal: never });
    const { parts, error } = await collectParts(engine.generate(question, never));
    expect(parts).toEqual([{ type: 'text-delta', text: 'Good ', tokens: 1 }]);
    expect(error).toMatchObject({ code: 'engine/crashed' });
    expect(engine.state).toEqual({ state: 'stopped' });
    expect(engine.loaded('chat')).toBeNull();
  });

  it('starts a fresh process and loads again when called after a crash', async () => {
    const { engine, launcher } = createEngineBench((work, process) =>
      launcher.processes.length === 1 ? playCrash(work, process) : playAnswer(work, process),
    );
    await engine.load(chatModel, { signal: never });
    await collectParts(engine.generate(question, never));
    const { parts, error } = await collectParts(engine.generate(question, never));
    expect(error).toBeNull();
    expect(parts.at(-1)).toMatchObject({ type: 'generate-end' });
    expect(launcher.processes).toHaveLength(2);
    expect(launcher.processes[1]?.received.map(({ type }) => type)).toEqual(['configure', 'load', 'generate']);
  });

  // Catches a question that fails because the process ended, unnoticed, just before it was asked.
  it('asks again when the process ended before it heard the question', async () => {
    const { engine, launcher } = createEngineBench((work, process) => {
      if (work.type !== 'generate' || launcher.processes.length > 1) return playAnswer(work, process);
      process.exit();
      return true;
    });
    await engine.load(chatModel, { signal: never });
    const { parts, error } = await collectParts(engine.generate(question, never));
    expect(error).toBeNull();
    expect(parts.at(-1)).toMatchObject({ type: 'generate-end' });
    expect(launcher.processes).toHaveLength(2);
  });

  it('goes to safe mode after three crashes and gives up after one more', async () => {
    const { engine, launcher } = createEngineBench(playCrash);
    await engine.load(chatModel, { signal: never });
    const codes: unknown[] = [];
    for (let round = 0; round < 4; round += 1) {
      const { error } = await collectParts(engine.generate(question, never));
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
      { safeModeContextTokens: 2_048, backend: 'cpu' },
    ]);
    expect(engine.state).toMatchObject({ state: 'failed', error: { code: 'engine/gave-up' } });
    const { error } = await collectParts(engine.generate(question, never));
    expect(error).toMatchObject({ code: 'engine/gave-up' });
    expect(launcher.processes).toHaveLength(4);
  });

  it('tries again in normal mode when a model is loaded after giving up', async () => {
    const { engine, launcher } = createEngineBench((work, process) =>
      launcher.processes.length <= 4 ? playCrash(work, process) : playAnswer(work, process),
    );
    await engine.load(chatModel, { signal: never });
    for (let round = 0; round < 4; round += 1) await collectParts(engine.generate(question, never));
    expect(await engine.load(chatModel, { signal: never })).toMatchObject({ isSafeMode: false });
    expect((await collectParts(engine.generate(question, never))).error).toBeNull();
  });

  // Catches a budget that counts crashes over a whole day of good answers.
  it('forgets crashes when an answer was completed between them', async () => {
    let generations = 0;
    const { engine, launcher } = createEngineBench((work, process) => {
      if (work.type === 'generate') generations += 1;
      return generations % 3 === 0 ? playAnswer(work, process) : playCrash(work, process);
    });
    await engine.load(chatModel, { signal: never });
    for (let round = 0; round < 9; round += 1) await collectParts(engine.generate(question, never));
    expect(
      launcher.processes.every(
        ({ received }) => received[0]?.type === 'configure' && received[0].safeModeContextTokens === null,
      ),
    ).toBe(true);
  });

  it('forgets crashes that are longer ago than five minutes', async () => {
    const { engine, clock } = createEngineBench(playCrash);
    await engine.load(chatModel, { signal: never });
    for (let round = 0; round < 6; round += 1) {
      expect((await collectParts(engine.generate(question, never))).error).toMatchObject({ code: 'engine/crashed' });
      await clock.advance(3 * 60_000);
    }
  });

  it.each([
    { phase: 'prefill', limitMs: 90_000 },
    { phase: 'token', limitMs: 60_000 },
  ] as const)('ends the process with engine/timeout when $phase shows no progress', async ({ phase, limitMs }) => {
    const { engine, launcher, clock } = createEngineBench((work, process) => {
      if (work.type === 'generate') process.say({ type: 'phase', id: work.id, phase });
      return work.type === 'generate';
    });
    await engine.load(chatModel, { signal: never });
    const answer = collectParts(engine.generate(question, never));
    await clock.advance(limitMs - 6_000);
    expect(launcher.processes[0]?.isKilled).toBe(false);
    await clock.advance(12_000);
    expect((await answer).error).toMatchObject({ code: 'engine/timeout' });
    expect(launcher.processes[0]?.isKilled).toBe(true);
  });

  it('keeps waiting when the work is queued behind other work', async () => {
    const { engine, launcher, clock } = createEngineBench((work, process) => {
      if (work.type === 'generate') process.say({ type: 'phase', id: work.id, phase: 'queued' });
      return work.type === 'generate';
    });
    await engine.load(chatModel, { signal: never });
    const controller = new AbortController();
    const answer = collectParts(engine.generate(question, controller.signal));
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
    const engine = createPlayedEngine(deaf, clock);
    await engine.load(chatModel, { signal: never });
    const controller = new AbortController();
    const answer = collectParts(engine.generate(question, controller.signal));
    await settle();
    controller.abort();
    await answer;
    await clock.advance(70_000);
    expect(launcher.processes[0]?.isKilled).toBe(true);
  });

  it('ends a process that does not keep to the protocol', async () => {
    const { engine, launcher } = createEngineBench((work, process) => {
      if (work.type === 'generate') process.sayAnything({ type: 'text-delta', id: work.id, text: 7 });
      return work.type === 'generate';
    });
    await engine.load(chatModel, { signal: never });
    const { error } = await collectParts(engine.generate(question, never));
    expect(error).toMatchObject({ code: 'engine/crashed' });
    expect(launcher.processes[0]?.isKilled).toBe(true);
  });
});

function isAbort(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'abort';
}
