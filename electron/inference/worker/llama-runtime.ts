import { loadavg } from 'node:os';
import type { Llama } from 'node-llama-cpp';
import { AppError } from '../../shared/app-error.ts';
import { ThreadTuner } from './thread-tuner.ts';

/** The library, its one native instance, and the choice of threads for every computation. */
export type LlamaRuntime = {
  readonly library: typeof import('node-llama-cpp');
  readonly llama: Llama;
  readonly cores: number;
  readonly tuner: ThreadTuner;
};

/** Programs that run or wait for a core, over the last minute, as a share of the cores. Windows does not tell. */
const busyShare = 0.75;

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
    const { cores } = options;
    const isBusy = (loadavg()[0] ?? 0) > busyShare * cores;
    return { library, llama, cores, tuner: new ThreadTuner({ cores, nowMs: () => performance.now(), isBusy }) };
  } catch (error) {
    throw new AppError('engine/start-failed', 'the inference library did not load', {}, { cause: error });
  }
}
