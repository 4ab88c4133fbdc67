import { join } from 'node:path';
import { createInferenceEngine } from '../inference/engine-client.ts';
import type { GeneratePart, GenerateRequest, InferenceEngine } from '../inference/engine.ts';
import { createChildProcessLauncher } from '../inference/launchers/child-process-launcher.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import type { Usage } from '../shared/usage.ts';
import { noUsage } from '../shared/usage.ts';
import { createRecordingLogger } from './recording-logger.ts';

const checkout = join(import.meta.dirname, '../..');

/** The starter chat model, where the bootstrap of a checkout puts it. */
export const starterModelPath = join(
  process.env['SOTTO_MODEL_DIR'] ?? join(checkout, '.cache/models'),
  'SmolLM2-135M-Instruct.Q4_1.gguf',
);

/** The embedder that ships with the app. */
export const embedderPath = join(checkout, 'resources/models/all-MiniLM-L6-v2-Q8_0.gguf');

/** The real engine over the real worker's source in a child process. */
export type RealEngine = {
  readonly engine: InferenceEngine;
  /** Processes started so far. */
  readonly launches: number;
  /** Ends the newest process as the system would, in the middle of whatever it does. */
  kill(): void;
};

/** `cores` is the upper bound of threads; default 2. */
export function createRealEngine({ cores = 2 }: { readonly cores?: number } = {}): RealEngine {
  const launcher = createChildProcessLauncher({ workerPath: join(checkout, 'electron/inference/worker/index.ts') });
  let launches = 0;
  let kill = (): void => undefined;
  const engine = createInferenceEngine({
    launcher: {
      launch: () => {
        const engineProcess = launcher.launch();
        launches += 1;
        kill = () => engineProcess.kill();
        return engineProcess;
      },
    },
    clock: createSystemClock(),
    logger: createRecordingLogger(),
    cores,
  });
  return {
    engine,
    get launches() {
      return launches;
    },
    kill: () => kill(),
  };
}

/** What came of one generation: its text, its end, and the error that it ended with instead. */
export type Answer = {
  readonly text: string;
  readonly reason: Extract<GeneratePart, { readonly type: 'generate-end' }>['reason'] | null;
  readonly usage: Usage;
  readonly error: unknown;
};

/** Reads an answer to its end. `onText` is called with the text so far. */
export async function readAnswer(
  engine: InferenceEngine,
  request: Partial<GenerateRequest> & Pick<GenerateRequest, 'turns'>,
  options: { readonly signal?: AbortSignal; readonly onText?: (text: string) => void } = {},
): Promise<Answer> {
  const whole: GenerateRequest = {
    conversationKey: 'test',
    sampling: { temperature: 0 },
    maxTokens: 64,
    priority: 'interactive',
    ...request,
  };
  let text = '';
  try {
    for await (const part of engine.generate(whole, options.signal ?? new AbortController().signal)) {
      if (part.type === 'generate-end') return { text, reason: part.reason, usage: part.usage, error: null };
      if (part.type !== 'text-delta') continue;
      text += part.text;
      options.onText?.(text);
    }
    return { text, reason: null, usage: noUsage, error: null };
  } catch (error) {
    return { text, reason: null, usage: noUsage, error };
  }
}
