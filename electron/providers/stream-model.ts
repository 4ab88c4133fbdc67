import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Message,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { z } from 'zod';
import type { ChatTurn } from '../inference/engine.ts';
import { AppError } from '../shared/app-error.ts';
import type { Route } from '../shared/route.ts';
import type { Usage } from '../shared/usage.ts';
import type { ModelPart, ModelRequest } from './model-provider.ts';

/** A model, with what people are told about it. */
export type NamedModel = { readonly model: LanguageModelV4; readonly modelName: string; readonly route: Route };

const ratesSchema = z
  .object({
    timeToFirstTokenMs: z.number().nonnegative().nullable().catch(null),
    tokensPerSecond: z.number().nonnegative().nullable().catch(null),
  })
  .catch({ timeToFirstTokenMs: null, tokensPerSecond: null });

const prefillSchema = z.object({
  type: z.literal('prefill-progress'),
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
});

function toMessage({ role, text }: ChatTurn): LanguageModelV4Message {
  return role === 'system' ? { role, content: text } : { role, content: [{ type: 'text', text }] };
}

function toCallOptions(request: ModelRequest, signal: AbortSignal): LanguageModelV4CallOptions {
  const { temperature, topK, topP, seed, minP, repeatPenalty } = request.sampling;
  return {
    prompt: request.turns.map(toMessage),
    maxOutputTokens: request.maxTokens,
    temperature,
    abortSignal: signal,
    includeRawChunks: true,
    ...(topK === undefined ? {} : { topK }),
    ...(topP === undefined ? {} : { topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(request.stopStrings === undefined ? {} : { stopSequences: [...request.stopStrings] }),
    ...(request.jsonSchema === undefined ? {} : { responseFormat: { type: 'json', schema: request.jsonSchema } }),
    providerOptions: {
      sotto: {
        conversationKey: request.conversationKey,
        priority: request.priority,
        ...(minP === undefined ? {} : { minP }),
        ...(repeatPenalty === undefined ? {} : { repeatPenalty }),
      },
    },
  };
}

function toUsage({ inputTokens, outputTokens, raw }: LanguageModelV4Usage): Usage {
  return {
    inputTokens: inputTokens.total ?? 0,
    reusedTokens: inputTokens.cacheRead ?? 0,
    outputTokens: outputTokens.total ?? 0,
    ...ratesSchema.parse(raw ?? {}),
  };
}

function toEndReason(
  { unified, raw }: LanguageModelV4FinishReason,
  signal: AbortSignal,
): 'complete' | 'length' | 'stopped' {
  if (unified === 'length') return 'length';
  if (raw === 'stopped' || signal.aborted) return 'stopped';
  if (unified === 'error' || unified === 'interrupted') {
    throw new AppError('egress/failed', 'The provider ended the answer early.', { finishReason: unified });
  }
  return 'complete';
}

/** Null for what the rest of the app has no use for. */
function toModelPart(part: LanguageModelV4StreamPart, signal: AbortSignal): ModelPart | null {
  switch (part.type) {
    case 'text-delta':
      return { type: 'text-delta', text: part.delta };
    case 'reasoning-delta':
      return { type: 'reasoning-delta', text: part.delta };
    case 'raw': {
      const prefill = prefillSchema.safeParse(part.rawValue);
      return prefill.success ? prefill.data : null;
    }
    case 'finish':
      return { type: 'model-end', reason: toEndReason(part.finishReason, signal), usage: toUsage(part.usage) };
    case 'error':
      throw part.error;
    default:
      return null;
  }
}

/**
 * Streams an answer of any language model of the AI SDK as the app's own parts: `model-start` first, `model-end` last.
 * Throws what the model throws; leaving the loop cancels the model's stream.
 */
export async function* streamModel(
  { model, modelName, route }: NamedModel,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelPart, void, void> {
  yield { type: 'model-start', modelName, route };
  const { stream } = await model.doStream(toCallOptions(request, signal));
  const reader = stream.getReader();
  let hasEnded = false;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const part = toModelPart(read.value, signal);
      if (part === null) continue;
      hasEnded = part.type === 'model-end';
      yield part;
      if (hasEnded) return;
    }
    throw new AppError('egress/failed', 'The model stream ended without its last part.');
  } finally {
    if (!hasEnded) await reader.cancel();
  }
}
