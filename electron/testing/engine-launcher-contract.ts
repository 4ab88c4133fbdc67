import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { EngineExit, EngineLauncher, EngineProcess } from '../inference/launchers/engine-launcher.ts';

const workerPath = join(import.meta.dirname, 'echo-engine-worker.ts');

/**
 * The contract of an EngineLauncher, to be called inside a `describe`. `killedExit` is what the launcher tells about a
 * killed process.
 */
export function itKeepsTheEngineLauncherContract(
  create: (workerPath: string) => EngineLauncher,
  killedExit: EngineExit,
): void {
  const started: EngineProcess[] = [];
  afterEach(() => {
    for (const process of started.splice(0)) process.kill();
  });

  const launch = (path = workerPath): { process: EngineProcess; exit: Promise<EngineExit>; exits: EngineExit[] } => {
    const process = create(path).launch();
    started.push(process);
    const { promise: exit, resolve } = Promise.withResolvers<EngineExit>();
    const exits: EngineExit[] = [];
    process.onExit((how) => {
      exits.push(how);
      resolve(how);
    });
    return { process, exit, exits };
  };
  const next = (process: EngineProcess, count: number): Promise<unknown[]> =>
    new Promise((resolve) => {
      const messages: unknown[] = [];
      process.onMessage((message) => {
        messages.push(message);
        if (messages.length === count) resolve(messages);
      });
    });

  it('carries messages both ways in their order', async () => {
    const { process } = launch();
    const answers = next(process, 50);
    for (let value = 0; value < 50; value += 1) process.send({ type: 'echo', value: { value } });
    expect(await answers).toEqual(Array.from({ length: 50 }, (_, value) => ({ value })));
  });

  it('carries vectors as typed arrays', async () => {
    const { process } = launch();
    const answers = next(process, 1);
    process.send({ type: 'echo', value: { vectors: [Float32Array.of(0.5, -1)] } });
    expect(await answers).toEqual([{ vectors: [Float32Array.of(0.5, -1)] }]);
  });

  it('tells the code once when the process ends by itself', async () => {
    const { process, exit, exits } = launch();
    process.send({ type: 'exit', code: 3 });
    expect(await exit).toEqual({ code: 3, signal: null });
    process.kill();
    expect(exits).toHaveLength(1);
  });

  // Catches an end that the process has to agree to: one that is stuck in native code cannot.
  it('ends a process that hears nothing any more', async () => {
    const { process, exit } = launch();
    const answer = next(process, 1);
    process.send({ type: 'echo', value: { ready: true } });
    await answer;
    process.send({ type: 'spin' });
    process.kill();
    expect(await exit).toEqual(killedExit);
  });

  it('tells the end when there is no such worker', async () => {
    const { exit } = launch(join(import.meta.dirname, 'no-such-worker.ts'));
    expect((await exit).code).not.toBe(0);
  });

  it('takes messages without failing when the process is gone', async () => {
    const { process, exit } = launch();
    process.send({ type: 'exit', code: 0 });
    await exit;
    expect(() => process.send({ type: 'echo', value: { late: true } })).not.toThrow();
    expect(() => process.kill()).not.toThrow();
  });

  it('keeps other programs’ variables from the process', async () => {
    globalThis.process.env['SOTTO_TEST_SECRET'] = 'secret';
    globalThis.process.env['NODE_LLAMA_CPP_GPU'] = 'vulkan';
    try {
      const { process } = launch();
      const answers = next(process, 1);
      process.send({ type: 'environment' });
      const [names] = await answers;
      expect(names).toContain('PATH');
      expect(names).not.toContain('SOTTO_TEST_SECRET');
      expect(names).not.toContain('NODE_LLAMA_CPP_GPU');
    } finally {
      delete globalThis.process.env['SOTTO_TEST_SECRET'];
      delete globalThis.process.env['NODE_LLAMA_CPP_GPU'];
    }
  });
}
