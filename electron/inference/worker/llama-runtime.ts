import type { Llama } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import { ThreadTuner } from './thread-tuner.ts';
import type { WorkKind } from './thread-tuner.ts';

/** The library, its one native instance, and the choice of threads for every computation. */
export type LlamaRuntime = {
  readonly library: typeof import('node-llama-cpp');
  readonly llama: Llama;
  readonly cores: number;
  readonly tuner: ThreadTuner;
};

/**
 * Loads the native library. `gpu: 'auto'` takes a graphics processor where the prebuilt library supports one. Nothing is
 * ever built or downloaded. Throws `engine/start-failed` when there is no prebuilt library for this machine.
 */
export async function createLlamaRuntime(options: {
  readonly cores: number;
  readonly gpu: 'off' | 'auto';
}): Promise<LlamaRuntime> {
  try {
    const library = await import('node-llama-cpp');
    const llama = await library.getLlama({
      gpu: options.gpu === 'auto' ? 'auto' : false,
      build: 'never',
      skipDownload: true,
      // The library's own default is at least 4, which on 2 cores is about 200 times slower.
      maxThreads: options.cores,
      logLevel: library.LlamaLogLevel.disabled,
      progressLogs: false,
    });
    return { library, llama, cores: options.cores, tuner: new ThreadTuner(options.cores, () => performance.now()) };
  } catch (error) {
    throw new AppError('engine/start-failed', 'the inference library did not load', {}, { cause: error });
  }
}

/**
 * Sets the threads for the next computation and returns the way to report how it went. The instance's `maxThreads` is
 * the library's supported way to change the count of a living context; it is read anew for every batch.
 */
export function withTunedThreads(runtime: LlamaRuntime, kind: WorkKind): (units: number, elapsedMs: number) => void {
  const { threads } = runtime.tuner.next(kind);
  runtime.llama.maxThreads = threads;
  return (units, elapsedMs) => runtime.tuner.measured(kind, { units, elapsedMs });
}
