import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createMistral } from '@ai-sdk/mistral';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { assertNever } from '../shared/assert-never.ts';
import type { Remote } from '../shared/remote.ts';

/** The SDK wants a key and would look for one in the environment; its headers are never sent. */
const apiKey = 'not-sent';

/** The SDK's model of a remote, which reaches nothing but `fetch`. */
export function createRemoteModel(
  { kind, baseUrl: baseURL }: Pick<Remote, 'kind' | 'baseUrl'>,
  modelName: string,
  fetch: typeof globalThis.fetch,
): LanguageModelV4 {
  switch (kind) {
    case 'openai':
      // Of its two interfaces the one that gateways speak too; models that reason and models that do not both have it.
      return createOpenAI({ apiKey, baseURL, fetch }).chat(modelName);
    case 'anthropic':
      return createAnthropic({ apiKey, baseURL, fetch }).languageModel(modelName);
    case 'google':
      return createGoogle({ apiKey, baseURL, fetch }).languageModel(modelName);
    case 'mistral':
      return createMistral({ apiKey, baseURL, fetch }).languageModel(modelName);
    case 'openai-compatible':
      return createOpenAICompatible({ name: 'compatible', apiKey, baseURL, fetch, includeUsage: true }).chatModel(
        modelName,
      );
    default:
      return assertNever(kind);
  }
}
