import { join } from 'node:path';
import { createInferenceEngine } from '../inference/engine-client.ts';
import type { GeneratePart, GenerateRequest, InferenceEngine } from '../inference/engine.ts';
import { createChildProcessLauncher } from '../inference/launchers/child-process-launcher.ts';
import type { EngineProcess } from '../inference/launchers/engine-launcher.ts';
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
  /** Of the newest process; null before the first. */
  readonly processId: number | null;
  /** Ends the newest process as the system would, in the middle of whatever it does. */
  kill(): void;
};

/** The engine, with a chat window of this many tokens: a small one is filled in no time. */
function withContextTokens(engine: InferenceEngine, contextTokens: number): InferenceEngine {
  return new Proxy(engine, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (key === 'load') {
        const load: InferenceEngine['load'] = (request, options) =>
          target.load(request.slot === 'chat' ? { ...request, contextTokens } : request, options);
        return load;
      }
      // Its private fields are the target's, so its methods must be too.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** `cores` is the upper bound of threads, default 2; `contextTokens` the window of the chat model, default the usual one. */
export function createRealEngine({
  cores = 2,
  contextTokens,
}: { readonly cores?: number; readonly contextTokens?: number } = {}): RealEngine {
  const launcher = createChildProcessLauncher({ workerPath: join(checkout, 'electron/inference/worker/index.ts') });
  let launches = 0;
  let newest: EngineProcess | null = null;
  const engine = createInferenceEngine({
    launcher: {
      launch: () => {
        const engineProcess = launcher.launch();
        launches += 1;
        newest = engineProcess;
        return engineProcess;
      },
    },
    clock: createSystemClock(),
    logger: createRecordingLogger(),
    cores,
  });
  return {
    engine: contextTokens === undefined ? engine : withContextTokens(engine, contextTokens),
    get launches() {
      return launches;
    },
    get processId() {
      return newest?.processId ?? null;
    },
    kill: () => newest?.kill(),
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
