import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInferenceEngine } from '../../../electron/inference/engine-client.ts';
import type { InferenceEngine } from '../../../electron/inference/engine.ts';
import { readGgufDescription } from '../../../electron/inference/gguf/read-gguf-description.ts';
import { createChildProcessLauncher } from '../../../electron/inference/launchers/child-process-launcher.ts';
import type { EngineLauncher } from '../../../electron/inference/launchers/engine-launcher.ts';
import { writeMadeModel } from '../../../electron/inference/probe/made-model.ts';
import { runProbe } from '../../../electron/inference/probe/run-probe.ts';
import { createSystemClock } from '../../../electron/platform/system-clock.ts';
import { createFitService } from '../../../electron/services/fit/create-fit-service.ts';
import type { FitService, FitSubject } from '../../../electron/services/fit/fit-service.ts';
import { createRecordingLogger } from '../../../electron/testing/recording-logger.ts';
import type { MeasuredModel } from './measured-models.ts';

const checkout = join(import.meta.dirname, '../../..');
const clock = createSystemClock();
const logger = createRecordingLogger();
const never = new AbortController().signal;

/** A folder for made models and predictions, and the engine of the built product. */
export type Workbench = {
  readonly fit: FitService;
  /** The model's file and what is predicted from its header. */
  prepare(model: MeasuredModel): Promise<{ readonly path: string; readonly subject: FitSubject }>;
  /** A fresh engine process; `peakBytes` is its peak of resident memory so far. */
  start(): { readonly engine: InferenceEngine; peakBytes(): Promise<number> };
  close(): Promise<void>;
};

/** Needs `/proc`, as Linux has it. */
async function readPeakBytes(processId: number | null): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1_024;
}

/** Prepares the folder. Close it, and it is gone. `cores` is the upper bound of threads. */
export async function openWorkbench(cores = 2): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-predictions-'));
  const launcher = createChildProcessLauncher({ workerPath: join(checkout, 'out/main/inference-worker.js') });
  const fit = createFitService({
    dataFolder: folder,
    cores,
    clock,
    logger,
    measure: async (backend, signal) =>
      await runProbe({ launcher, clock, logger, cores, backend, temporaryFolder: folder, signal }),
    availableBytes: () => process.availableMemory(),
  });
  return {
    fit,
    async prepare(model) {
      const path = 'path' in model ? model.path : join(folder, `${model.shape.type}.gguf`);
      if ('shape' in model) {
        await rm(path, { force: true });
        await writeMadeModel(path, model.shape);
      }
      return { path, subject: { known: 'header', description: await readGgufDescription(path) } };
    },
    start() {
      let processId: number | null = null;
      const watched: EngineLauncher = {
        launch() {
          const engineProcess = launcher.launch();
          ({ processId } = engineProcess);
          return engineProcess;
        },
      };
      const engine = createInferenceEngine({ launcher: watched, clock, logger, cores });
      return { engine, peakBytes: async () => await readPeakBytes(processId) };
    },
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
}

/** One chat answer to its end. */
export async function answer(
  engine: InferenceEngine,
  { text, maxTokens, key = 'campaign' }: { readonly text: string; readonly maxTokens: number; readonly key?: string },
): Promise<{ readonly tokensPerSecond: number; readonly timeToFirstTokenMs: number; readonly inputTokens: number }> {
  const parts = engine.generate(
    {
      conversationKey: key,
      turns: [{ role: 'user', text }],
      sampling: { temperature: 0, repeatPenalty: 1 },
      maxTokens,
      priority: 'interactive',
    },
    never,
  );
  for await (const part of parts) {
    if (part.type !== 'generate-end') continue;
    const { tokensPerSecond, timeToFirstTokenMs, inputTokens } = part.usage;
    return { tokensPerSecond: tokensPerSecond ?? 0, timeToFirstTokenMs: timeToFirstTokenMs ?? 0, inputTokens };
  }
  throw new Error('The answer did not end.');
}
