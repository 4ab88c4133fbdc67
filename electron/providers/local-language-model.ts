import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import type { GeneratePart, InferenceEngine } from '../inference/engine.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Usage } from '../shared/usage.ts';
import { toGenerateRequest } from './local-call-options.ts';

type GenerateEnd = Extract<GeneratePart, { type: 'generate-end' }>;
type Controller = ReadableStreamDefaultController<LanguageModelV4StreamPart>;

/** Id of the only text block of an answer. */
const textId = 'text';
/** Id of the only block of thinking, before it. */
const reasoningId = 'reasoning';

function toUsage(usage: Usage): LanguageModelV4Usage {
  return {
    inputTokens: {
      total: usage.inputTokens,
      noCache: usage.inputTokens - usage.reusedTokens,
      cacheRead: usage.reusedTokens,
      cacheWrite: undefined,
    },
    outputTokens: { total: usage.outputTokens, text: usage.outputTokens, reasoning: undefined },
    raw: { timeToFirstTokenMs: usage.timeToFirstTokenMs, tokensPerSecond: usage.tokensPerSecond },
  };
}

function toFinishReason(reason: GenerateEnd['reason']): LanguageModelV4FinishReason {
  switch (reason) {
    case 'complete':
      return { unified: 'stop', raw: reason };
    case 'length':
      return { unified: 'length', raw: reason };
    case 'stopped':
      return { unified: 'other', raw: reason };
    default:
      return assertNever(reason);
  }
}

/** Turns the engine's parts into the AI SDK's, one pull at a time, so that a reader who waits makes the engine wait. */
class EngineSource {
  readonly #parts: AsyncIterator<GeneratePart>;
  readonly #cancelled: AbortController;
  readonly #hasRaw: boolean;
  #hasText = false;
  #hasOpenReasoning = false;

  constructor(parts: AsyncIterable<GeneratePart>, cancelled: AbortController, hasRaw: boolean) {
    this.#parts = parts[Symbol.asyncIterator]();
    this.#cancelled = cancelled;
    this.#hasRaw = hasRaw;
  }

  async pull(controller: Controller): Promise<void> {
    try {
      for (let isWaiting = true; isWaiting;) {
        const { value, done } = await this.#parts.next();
        if (done === true) throw new Error('The engine ended without saying so.');
        isWaiting = !this.#enqueue(value, controller);
        if (value.type === 'generate-end') await this.#parts.return?.();
      }
    } catch (error) {
      controller.enqueue({ type: 'error', error });
      controller.close();
    }
  }

  async cancel(): Promise<void> {
    this.#cancelled.abort();
    await this.#parts.return?.();
  }

  #endReasoning(controller: Controller): void {
    if (this.#hasOpenReasoning) controller.enqueue({ type: 'reasoning-end', id: reasoningId });
    this.#hasOpenReasoning = false;
  }

  /** True when the reader got something. */
  #enqueue(part: GeneratePart, controller: Controller): boolean {
    switch (part.type) {
      case 'reasoning-delta':
        if (!this.#hasOpenReasoning) controller.enqueue({ type: 'reasoning-start', id: reasoningId });
        this.#hasOpenReasoning = true;
        controller.enqueue({ type: 'reasoning-delta', id: reasoningId, delta: part.text });
        return true;
      case 'text-delta':
        this.#endReasoning(controller);
        if (!this.#hasText) controller.enqueue({ type: 'text-start', id: textId });
        this.#hasText = true;
        controller.enqueue({ type: 'text-delta', id: textId, delta: part.text });
        return true;
      case 'prefill-progress':
        if (this.#hasRaw) controller.enqueue({ type: 'raw', rawValue: part });
        return this.#hasRaw;
      case 'generate-end':
        this.#endReasoning(controller);
        if (this.#hasText) controller.enqueue({ type: 'text-end', id: textId });
        controller.enqueue({ type: 'finish', usage: toUsage(part.usage), finishReason: toFinishReason(part.reason) });
        controller.close();
        return true;
      default:
        return assertNever(part);
    }
  }
}

/**
 * The engine's chat model as a LanguageModelV4. Conversation key, priority, `minP` and `repeatPenalty` come in
 * `providerOptions.sotto`; prefill progress comes as raw chunks when they are asked for; the engine's rates are in
 * `usage.raw`. The model must be loaded. Cancelling the stream frees the engine.
 */
export function createLocalLanguageModel(engine: Pick<InferenceEngine, 'generate'>, modelId: string): LanguageModelV4 {
  const doStream = async (options: LanguageModelV4CallOptions) => {
    const { request, warnings } = toGenerateRequest(options);
    const cancelled = new AbortController();
    const signal =
      options.abortSignal === undefined ? cancelled.signal : AbortSignal.any([options.abortSignal, cancelled.signal]);
    const source = new EngineSource(engine.generate(request, signal), cancelled, options.includeRawChunks === true);
    const stream = new ReadableStream<LanguageModelV4StreamPart>(
      {
        start: (controller) => controller.enqueue({ type: 'stream-start', warnings }),
        pull: (controller) => source.pull(controller),
        cancel: () => source.cancel(),
      },
      { highWaterMark: 0 },
    );
    return { stream };
  };

  const doGenerate = async (options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> => {
    const { stream } = await doStream({ ...options, includeRawChunks: false });
    let text = '';
    let warnings: LanguageModelV4GenerateResult['warnings'] = [];
    for await (const part of stream) {
      if (part.type === 'stream-start') warnings = part.warnings;
      if (part.type === 'text-delta') text += part.delta;
      if (part.type === 'error') throw part.error;
      if (part.type === 'finish') {
        return { content: [{ type: 'text', text }], finishReason: part.finishReason, usage: part.usage, warnings };
      }
    }
    throw new Error('The stream ended without its last part.');
  };

  return { specificationVersion: 'v4', provider: 'sotto', modelId, supportedUrls: {}, doStream, doGenerate };
}
