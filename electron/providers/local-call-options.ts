import { UnsupportedFunctionalityError } from '@ai-sdk/provider';
import type { LanguageModelV4CallOptions, LanguageModelV4Message, SharedV4Warning } from '@ai-sdk/provider';
import { z } from 'zod';
import type { ChatTurn, GenerateRequest } from '../inference/engine.ts';

/** What the engine can do beyond the AI SDK's options; under the key `sotto` of `providerOptions`. */
const localOptionsSchema = z
  .object({
    conversationKey: z.string().min(1).max(200).default('generate'),
    priority: z.enum(['interactive', 'background']).default('interactive'),
    minP: z.number().min(0).max(1).optional(),
    repeatPenalty: z.number().min(0.1).max(10).optional(),
  })
  .strict()
  .readonly();

/** Tokens of an answer when a caller of the AI SDK names no limit. */
const defaultAnswerTokens = 1_024;

const samplingSchema = z.object({
  temperature: z.number().min(0).max(2).default(0.3),
  topK: z.int().min(1).max(1_000).optional(),
  topP: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
  maxOutputTokens: z.int().positive().default(defaultAnswerTokens),
  stopSequences: z.array(z.string().min(1).max(1_000)).max(64).default([]),
});

const jsonSchemaSchema = z.record(z.string(), z.unknown());

function toTurn(message: LanguageModelV4Message): ChatTurn {
  if (message.role === 'system') return { role: 'system', text: message.content };
  if (message.role === 'tool') throw new UnsupportedFunctionalityError({ functionality: 'tool messages' });
  const texts = message.content.map((part) => {
    if (part.type !== 'text') throw new UnsupportedFunctionalityError({ functionality: `${part.type} parts` });
    return part.text;
  });
  return { role: message.role, text: texts.join('\n\n') };
}

function findUnsupported(options: LanguageModelV4CallOptions): SharedV4Warning[] {
  const features = [
    ...(options.tools === undefined || options.tools.length === 0 ? [] : ['tools']),
    ...(options.presencePenalty === undefined ? [] : ['presencePenalty']),
    ...(options.frequencyPenalty === undefined ? [] : ['frequencyPenalty']),
    ...(options.responseFormat?.type === 'json' && options.responseFormat.schema === undefined
      ? ['responseFormat without a schema']
      : []),
  ];
  return features.map((feature) => ({ type: 'unsupported', feature }));
}

type Defined<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** Leaves out what is undefined, which an optional field of the engine may not be. */
function defined<Value extends object>(value: Value): Defined<Value> {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  // Object.fromEntries forgets the keys; they are those of `value`.
  return Object.fromEntries(entries) as Defined<Value>;
}

/**
 * The AI SDK's options as the engine wants them, and what of them it cannot honour. Throws ZodError for values out of
 * range and UnsupportedFunctionalityError for parts that are not text.
 */
export function toGenerateRequest(options: LanguageModelV4CallOptions): {
  readonly request: GenerateRequest;
  readonly warnings: SharedV4Warning[];
} {
  const { conversationKey, priority, ...ownSampling } = localOptionsSchema.parse(
    options.providerOptions?.['sotto'] ?? {},
  );
  const { maxOutputTokens, stopSequences, ...sampling } = samplingSchema.parse(options);
  const format = options.responseFormat;
  const schema = format?.type === 'json' && format.schema !== undefined ? jsonSchemaSchema.parse(format.schema) : null;
  const request: GenerateRequest = {
    conversationKey,
    priority,
    turns: options.prompt.map(toTurn),
    sampling: { ...defined(sampling), ...defined(ownSampling) },
    maxTokens: maxOutputTokens,
    ...(stopSequences.length === 0 ? {} : { stopStrings: stopSequences }),
    ...(schema === null ? {} : { jsonSchema: schema }),
  };
  return { request, warnings: findUnsupported(options) };
}
