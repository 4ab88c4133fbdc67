import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider';
import type { Clock } from '../platform/clock.ts';
import { AppError } from '../shared/app-error.ts';
import { within } from './remote-answer-body.ts';
import type { RemoteLimits } from './remote-answer-body.ts';
import { remoteStreamError } from './remote-errors.ts';
import type { RemoteErrorContext } from './remote-errors.ts';
import type { RemotePart } from './remote-provider.ts';
import { createWholeCharacters } from './whole-characters.ts';

type RemoteEnd = Extract<RemotePart, { type: 'remote-end' }>;
type DeltaType = Exclude<RemotePart['type'], 'remote-end'>;

/** What an answer is read with. */
export type RemoteAnswerOptions = {
  readonly clock: Clock;
  readonly limits: Pick<RemoteLimits, 'textLength'>;
  readonly context: RemoteErrorContext;
  /** True once the SDK wanted to go on with a second request, which is never sent. */
  readonly wantedMore: () => boolean;
};

/** For what a vendor sends after its last word, in milliseconds. */
const restMs = 1_000;

/** Counts come from outside; one that no answer can have is one that nobody gave. A vendor that gave none reads as 0. */
const tokensOf = (count: number | undefined): number | null =>
  count !== undefined && Number.isSafeInteger(count) && count > 0 ? count : null;

function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage) {
  const input = tokensOf(inputTokens.total);
  return {
    inputTokens: input,
    outputTokens: tokensOf(outputTokens.total),
    reusedTokens: Math.min(tokensOf(inputTokens.cacheRead) ?? 0, input ?? 0),
  };
}

/** Null for an end that is none. */
function endReasonOf({ unified, raw }: LanguageModelV4FinishReason): RemoteEnd['reason'] | null {
  switch (unified) {
    case 'length':
      return 'length';
    case 'content-filter':
      return 'refused';
    case 'error':
    case 'interrupted':
      return null;
    case 'stop':
    case 'tool-calls':
      return 'complete';
    default:
      // A reason of the vendor's own ends an answer; without any the connection just closed.
      if (raw === undefined) return null;
      return /filter|refus|safety|moderat/i.test(raw) ? 'refused' : 'complete';
  }
}

/** Turns the SDK's parts into ours, and knows how far the answer got. */
class RemoteAnswer {
  readonly #options: RemoteAnswerOptions;
  readonly #characters = { 'text-delta': createWholeCharacters(), 'reasoning-delta': createWholeCharacters() };
  #length = 0;
  #toolStarts = 0;
  #toolCalls = 0;

  constructor(options: RemoteAnswerOptions) {
    this.#options = options;
  }

  get hasText(): boolean {
    return this.#length > 0;
  }

  *read(part: LanguageModelV4StreamPart): Generator<RemotePart, void, void> {
    switch (part.type) {
      case 'text-delta':
      case 'reasoning-delta':
        return yield* this.#say(part.type, this.#characters[part.type].add(part.delta));
      case 'tool-input-start':
        this.#toolStarts += 1;
        return;
      case 'tool-call':
        this.#toolCalls += 1;
        return;
      case 'finish':
        return yield* this.#end(part.finishReason, part.usage);
      case 'error':
        // The vendor's own way to go on is a second request: what came is an answer that reached its limit.
        if (this.#options.wantedMore() && this.hasText) return;
        throw part.error;
      default:
        // Sources, files and metadata: nobody asked for them, and none of them is part of what the model says.
        return;
    }
  }

  *#say(type: DeltaType, text: string): Generator<RemotePart, void, void> {
    if (text === '') return;
    this.#length += text.length;
    if (this.#length > this.#options.limits.textLength) throw this.#error('provider/cut', 'The answer is too long.');
    yield { type, text };
  }

  *#end(finishReason: LanguageModelV4FinishReason, usage: LanguageModelV4Usage): Generator<RemotePart, void, void> {
    for (const type of ['reasoning-delta', 'text-delta'] as const) yield* this.#say(type, this.#characters[type].end());
    const reason = this.#options.wantedMore() ? 'length' : endReasonOf(finishReason);
    if (reason === null) {
      const isCut = finishReason.unified !== 'error' || this.hasText;
      throw this.#error(isCut ? 'provider/cut' : 'provider/unexpected', 'The answer ended early.');
    }
    const ignoredToolCalls = Math.max(this.#toolStarts, this.#toolCalls);
    yield { type: 'remote-end', reason, ...usageOf(usage), ignoredToolCalls };
  }

  #error(code: 'provider/cut' | 'provider/unexpected', message: string): AppError {
    const { host, modelName } = this.#options.context;
    return new AppError(code, message, { host, modelName, mayBeBilled: true });
  }
}

/** Reads what is left and keeps none of it. */
async function drain(reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>): Promise<void> {
  for (let step = await reader.read(); !step.done; step = await reader.read());
}

/**
 * What a vendor's stream says, `remote-end` last. Throws AppError `provider/*` and `egress/*` for a stream that fails,
 * ends without an end or says too much. Leaving the loop lets go of the stream.
 */
export async function* readRemoteAnswer(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  options: RemoteAnswerOptions,
): AsyncGenerator<RemotePart, void, void> {
  const { host, modelName } = options.context;
  const late = new AppError('provider/cut', 'The connection stays open.', { host, modelName, mayBeBilled: true });
  const answer = new RemoteAnswer(options);
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      for (const part of answer.read(step.value)) {
        // Some vendors end before their connection does: an answer that is whole is not one that was broken off.
        if (part.type === 'remote-end')
          await within(options.clock, restMs, late, () => drain(reader)).catch(() => undefined);
        yield part;
        if (part.type === 'remote-end') return;
      }
    }
    throw new Error('The stream ended without a finish reason.');
  } catch (error) {
    throw remoteStreamError(error, answer.hasText, options.context);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
