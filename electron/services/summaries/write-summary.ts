import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelPart, ModelProvider } from '../../providers/model-provider.ts';
import { fillPrompt } from '../../providers/prompt-template.ts';
import { AppError } from '../../shared/app-error.ts';
import { centralSentences, isLooping, tidySummary } from './tidy-summary.ts';

/** What writing one summary of one text needs. */
export type WriteSummaryOptions = {
  readonly provider: ModelProvider;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Work with the same key shares what the model has read of the prompt. */
  readonly conversationKey: string;
};

/** One text to be summarised. */
export type WriteSummaryRequest = {
  readonly template: string;
  readonly text: string;
  /** Sentences of the summary, at most. */
  readonly sentences: number;
  /** Called with everything that the model tells on the way. */
  readonly onPart?: (part: ModelPart) => void;
};

/** `isExtract`: the model gave nothing usable, so the most central sentences of the text stand for it. */
export type WrittenSummary = { readonly text: string; readonly isExtract: boolean };

/** Tokens that a sentence takes at most. */
const tokensPerSentence = 48;

/** A first try with the most likely words, then one that lets the model leave the rut that it was in. */
const samplings = [
  { temperature: 0, repeatPenalty: 1.1 },
  { temperature: 0.6, repeatPenalty: 1.15, seed: 7 },
] as const;

/** The engine is given so many more chances after a crash, with a pause before each. */
const crashRetries = 3;
const pauseMs = 1_000;

const isCrash = (error: AppError): boolean => error.code === 'engine/crashed' || error.code === 'engine/timeout';

async function generate(
  { template, text, sentences, onPart }: WriteSummaryRequest,
  sampling: (typeof samplings)[number],
  { provider, conversationKey }: WriteSummaryOptions,
  signal: AbortSignal,
): Promise<string> {
  const turns = fillPrompt(template, { text, sentences: `${sentences}` });
  const maxTokens = sentences * tokensPerSentence;
  let written = '';
  const request = { conversationKey, turns, sampling, maxTokens, priority: 'background' } as const;
  for await (const part of provider.stream(request, signal)) {
    onPart?.(part);
    if (part.type === 'text-delta') written += part.text;
    if (part.type === 'model-end' && part.reason === 'stopped') signal.throwIfAborted();
    if (isLooping(written)) break;
  }
  return written;
}

/** Generates once; when the engine dies meanwhile, again with a fresh one. */
async function generateThroughCrashes(
  ...[request, sampling, options, signal]: Parameters<typeof generate>
): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await generate(request, sampling, options, signal);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (signal.aborted || attempt >= crashRetries || !isCrash(error)) throw thrown;
      options.logger.warn('summary-stretch-retried', { code: error.code, attempt });
      await options.clock.delay(pauseMs * (attempt + 1), signal);
    }
  }
}

/**
 * Summarises one text that fits the model's context. Throws what the provider throws, `prompt/too-long` among it, and
 * the signal's reason.
 */
export async function writeSummary(
  request: WriteSummaryRequest,
  options: WriteSummaryOptions,
  signal: AbortSignal,
): Promise<WrittenSummary> {
  for (const sampling of samplings) {
    const raw = await generateThroughCrashes(request, sampling, options, signal);
    const text = tidySummary(raw, request.text, request.sentences);
    if (text !== '') return { text, isExtract: false };
    options.logger.info('summary-unusable', { characters: raw.length });
  }
  return { text: centralSentences(request.text, request.sentences), isExtract: true };
}
