import type { Clock } from '../../platform/clock.ts';
import type { BareProgram } from '../engine.ts';
import type { EngineLauncher } from '../launchers/engine-launcher.ts';
import { defaultDeadlines } from '../supervision/deadlines.ts';
import { peakMemoryOf } from './engine-answer.ts';
import { EngineSession } from './engine-session.ts';

/** Runs a bare program in a process of its own; its peak of resident memory in bytes. */
export async function runBareProgram(
  program: BareProgram,
  options: {
    readonly launcher: EngineLauncher;
    readonly clock: Clock;
    readonly cores: number;
    readonly signal: AbortSignal;
  },
): Promise<number> {
  const { launcher, clock, cores, signal } = options;
  const session = new EngineSession({
    launcher,
    clock,
    setup: { type: 'configure', cores, backend: 'cpu', safeModeContextTokens: null },
    deadlines: defaultDeadlines,
    onCrash: ({ error }) => error,
  });
  try {
    return peakMemoryOf(await session.call({ type: 'bare-program', ...program }, { signal }));
  } finally {
    await session.close();
  }
}
