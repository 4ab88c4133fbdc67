import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../platform/system-clock.ts';
import type { AppError } from '../shared/app-error.ts';
import { createRealEngine, readAnswer, starterModelPath } from '../testing/real-engine.ts';
import type { RealEngine } from '../testing/real-engine.ts';
import { EngineSession } from './client/engine-session.ts';
import type { SessionEnd } from './client/engine-session.ts';
import { examineBackend } from './devices/examine-backend.ts';
import { createChildProcessLauncher } from './launchers/child-process-launcher.ts';
import { defaultDeadlines } from './supervision/deadlines.ts';

const never = new AbortController().signal;
const clock = createSystemClock();
const launcher = createChildProcessLauncher({ workerPath: join(import.meta.dirname, 'worker/index.ts') });

describe('engine with options', () => {
  let real: RealEngine | null = null;
  afterEach(async () => await real?.engine.close());

  it('loads with every option that a person may set, and anew when one changes', async () => {
    real = createRealEngine();
    const chosen = { contextTokens: 1_024, threads: 1, usesFlashAttention: true, usesMemoryMapping: true } as const;
    const request = { slot: 'chat', path: starterModelPath, ...chosen, batchTokens: 64 } as const;
    const loaded = await real.engine.load(request, { signal: never });
    expect(loaded).toMatchObject({ usesFlashAttention: true, batchTokens: 64, contextTokens: 1_024, backend: 'cpu' });
    expect(loaded.layers).toBeGreaterThan(29);
    const turns = [{ role: 'user', text: 'What is the capital of France?' }] as const;
    expect((await readAnswer(real.engine, { turns, maxTokens: 12 })).text).toContain('Paris');
    expect(await real.engine.load({ ...request, batchTokens: 128 }, { signal: never })).toMatchObject({
      batchTokens: 128,
    });
    await real.engine.sleep('chat');
    expect(real.engine.state).toEqual({ state: 'stopped' });
    expect((await readAnswer(real.engine, { turns, maxTokens: 12 })).text).toContain('Paris');
    expect(real.engine.loaded('chat')).toMatchObject({ batchTokens: 128, usesFlashAttention: true });
    expect(real.launches).toBe(2);
  });

  // The real library, whatever this machine has: a finding, never a process that stays or an error.
  it.each(['cuda', 'vulkan', 'metal'] as const)('finds out about %s in a process of its own', async (backend) => {
    const report = await examineBackend(backend, { launcher, clock, signal: never });
    expect(report.backend).toBe(backend);
    expect(report.isUsable).toBe(report.problem === null);
    expect(report.devices.length > 0).toBe(report.isUsable);
  });

  it('measures how a model is best computed, or says that it is too slow for that', async () => {
    const setup = { type: 'configure', cores: 2, backend: 'cpu', safeModeContextTokens: null } as const;
    const onCrash = ({ error }: SessionEnd): AppError => error;
    const session = new EngineSession({ launcher, clock, deadlines: defaultDeadlines, setup, onCrash });
    try {
      const load = { type: 'load', slot: 'chat', path: starterModelPath, contextTokens: 1_024 } as const;
      await session.call(load, { signal: never });
      const event = await session.call({ type: 'tune' }, { signal: never });
      expect(event).toMatchObject({ type: 'tuned' });
      const batchTokens = event.type === 'tuned' ? (event.tuning?.batchTokens ?? null) : 0;
      expect([null, 128, 256, 512]).toContain(batchTokens);
    } finally {
      await session.close();
    }
  });
});
