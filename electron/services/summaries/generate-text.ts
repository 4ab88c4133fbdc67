import type { ChatTurn } from '../../inference/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelPart, ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { isLooping, usableSentences } from './usable-sentences.ts';

/** What writing needs. */
export type GenerateOptions = {
  readonly provider: ModelProvider;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called with everything that the model tells on the way. */
  readonly onPart: (part: ModelPart) => void;
};

/** One text to be written. */
export type GenerateRequest = {
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number;
  /** Whole sentences after which the rest is not waited for. */
  readonly sentences: number;
  /** 0 is the first try; 1 lets the model leave the rut that it was in. */
  readonly attempt: 0 | 1;
};

const samplings = [
  { temperature: 0, repeatPenalty: 1.1 },
  { temperature: 0.6, repeatPenalty: 1.15, seed: 7 },
] as const;

/** Work with the same key shares what the model has read of the prompt. */
const conversationKey = 'summaries';

/** The engine is given so many more chances after a crash, with a pause before each. */
const crashRetries = 3;
const pauseMs = 1_000;

const isCrash = (error: AppError): boolean => error.code === 'engine/crashed' || error.code === 'engine/timeout';

async function generate(
  { turns, maxTokens, sentences, attempt }: GenerateRequest,
  { provider, onPart }: GenerateOptions,
  signal: AbortSignal,
): Promise<string> {
  const request = { conversationKey, turns, sampling: samplings[attempt], maxTokens, priority: 'background' } as const;
  // Stopped rather than left, so that the model still tells what it cost.
  const enough = new AbortController();
  let written = '';
  for await (const part of provider.stream(request, AbortSignal.any([signal, enough.signal]))) {
    onPart(part);
    if (part.type === 'model-end' && part.reason === 'stopped') signal.throwIfAborted();
    if (part.type !== 'text-delta' || enough.signal.aborted) continue;
    written += part.text;
    const isWritten = /[.!?\n]/.test(part.text) && usableSentences(written).length >= sentences;
    if (isWritten || isLooping(written)) enough.abort();
  }
  return written;
}

/**
 * Generates once; when the engine dies meanwhile, again with a fresh one. Ends early when the model repeats itself.
 * Throws what the provider throws, `prompt/too-long` among it, and the signal's reason.
 */
export async function generateText(
  request: GenerateRequest,
  options: GenerateOptions,
  signal: AbortSignal,
): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await generate(request, options, signal);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (signal.aborted || attempt >= crashRetries || !isCrash(error)) throw thrown;
      options.logger.warn('summary-stretch-retried', { code: error.code, attempt });
      await options.clock.delay(pauseMs * (attempt + 1), signal);
    }
  }
}
