import { loadavg } from 'node:os';
import type { Llama } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import type { WorkerSetup } from '../protocol/engine-command.ts';
import { registerEnginePack } from './engine-pack.ts';
import { ThreadTuner } from './thread-tuner.ts';

/** The library, its one native instance, and the choice of threads for every computation. */
export type LlamaRuntime = {
  readonly library: typeof import('node-llama-cpp');
  readonly llama: Llama;
  /** Upper bound of threads. */
  readonly cores: number;
  readonly tuner: ThreadTuner;
};

/** Programs that run or wait for a core, over the last minute, as a share of the cores. Windows does not tell. */
const busyShare = 0.75;

/**
 * Loads the native library for one backend, which it never swaps for another. Nothing is ever built or downloaded. Throws
 * `engine/start-failed` when there is no prebuilt library for this machine, or none that works here.
 */
export async function createLlamaRuntime(
  options: Pick<WorkerSetup, 'cores' | 'backend' | 'enginePackFolder'>,
): Promise<LlamaRuntime> {
  try {
    await registerEnginePack(options);
    const library = await import('node-llama-cpp');
    const llama = await library.getLlama({
      gpu: options.backend === 'cpu' ? false : options.backend,
      build: 'never',
      skipDownload: true,
      // The library's own default is at least 4, which on 2 cores is about 200 times slower.
      maxThreads: options.cores,
      logLevel: library.LlamaLogLevel.disabled,
      progressLogs: false,
    });
    return { library, llama, cores: options.cores, tuner: createTuner(options.cores) };
  } catch (error) {
    throw new AppError('engine/start-failed', 'the inference library did not load', {}, { cause: error });
  }
}

/** The same library for a model that may use fewer threads. */
export function withThreads(runtime: LlamaRuntime, threads: number | undefined): LlamaRuntime {
  const cores = Math.max(1, Math.min(runtime.cores, threads ?? runtime.cores));
  return cores === runtime.cores ? runtime : { ...runtime, cores, tuner: createTuner(cores) };
}

function createTuner(cores: number): ThreadTuner {
  const isBusy = (loadavg()[0] ?? 0) > busyShare * cores;
  return new ThreadTuner({ cores, nowMs: () => performance.now(), isBusy });
}
