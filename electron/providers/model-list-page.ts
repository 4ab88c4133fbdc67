import { z } from 'zod';
import { assertNever } from '../shared/assert-never.ts';
import type { RemoteKind } from '../shared/remote.ts';
import type { ListedModel } from './remote-provider.ts';

/** One page of a list of models. */
export type ModelListPage = {
  readonly models: readonly ListedModel[];
  /** What the next page is asked for with; null for the last one. */
  readonly next: string | null;
};

/** Letters, digits, signs and inner spaces: nothing that hides, turns the line round or ends it. */
const saneName = /^[\p{L}\p{M}\p{N}\p{P}\p{S}](?:[\p{L}\p{M}\p{N}\p{P}\p{S} ]{0,198}[\p{L}\p{M}\p{N}\p{P}\p{S}])?$/u;

/** A window that no model has is a mistake of whoever wrote the list. */
const mostContextTokens = 100_000_000;

/** What a model was trained with is no promise: llama.cpp's server is often started with less, and never says with how much. */
const mostTrainedTokens = 32_768;

const contextTokensSchema = z.int().positive().max(mostContextTokens).nullish().catch(null);

/** What vendors and servers write about a model; the context has another name at each. */
const modelSchema = z.object({
  id: z.string().optional(),
  /** Google's, which begins with `models/`. */
  name: z.string().optional(),
  supportedGenerationMethods: z.array(z.string()).optional().catch(undefined),
  capabilities: z.object({ completion_chat: z.boolean().optional() }).optional().catch(undefined),
  /** OpenRouter's, Together's. */
  context_length: contextTokensSchema,
  /** OpenRouter's, of the server that it sends to first: at times less than the model could read. */
  top_provider: z.object({ context_length: contextTokensSchema }).nullish().catch(null),
  /** Groq's. */
  context_window: contextTokensSchema,
  /** LM Studio's, of a model that is in memory, and of one that could be; the latter is Mistral's, too. */
  loaded_context_length: contextTokensSchema,
  max_context_length: contextTokensSchema,
  /** vLLM's. */
  max_model_len: contextTokensSchema,
  /** Anthropic's. */
  max_input_tokens: contextTokensSchema,
  /** Google's. */
  inputTokenLimit: contextTokensSchema,
  /** llama.cpp's. */
  meta: z.object({ n_ctx: contextTokensSchema, n_ctx_train: contextTokensSchema }).nullish().catch(null),
});

const modelsSchema = z.union([
  z.array(z.unknown()),
  z.object({ data: z.array(z.unknown()).nullable() }).transform(({ data }) => data ?? []),
  z.object({ models: z.array(z.unknown()) }).transform(({ models }) => models),
]);

/** A cursor is an id or an opaque word; one that is neither leads nowhere. */
const cursorSchema = z.string().min(1).max(1_000).optional().catch(undefined);
const moreSchema = z
  .object({ has_more: z.boolean().optional().catch(undefined), last_id: cursorSchema, nextPageToken: cursorSchema })
  .catch({ has_more: undefined, last_id: undefined, nextPageToken: undefined });

/** Least first: a server reads what it was started with, and a model at most what it was trained with. */
function contextTokensOf(model: z.infer<typeof modelSchema>): number | null {
  const trained = model.meta?.n_ctx_train ?? null;
  return (
    model.meta?.n_ctx ??
    model.max_model_len ??
    model.loaded_context_length ??
    model.top_provider?.context_length ??
    model.context_length ??
    model.context_window ??
    model.max_context_length ??
    model.max_input_tokens ??
    model.inputTokenLimit ??
    (trained === null ? null : Math.min(trained, mostTrainedTokens))
  );
}

function toListedModel(entry: unknown, kind: RemoteKind): readonly ListedModel[] {
  const parsed = modelSchema.safeParse(entry);
  if (!parsed.success) return [];
  const model = parsed.data;
  const isForChat =
    model.supportedGenerationMethods?.includes('generateContent') !== false &&
    model.capabilities?.completion_chat !== false;
  const name = kind === 'google' ? (model.name ?? '').replace(/^models\//, '') : (model.id ?? '');
  if (!isForChat || !saneName.test(name)) return [];
  return [{ name, contextTokens: contextTokensOf(model) }];
}

function nextOf(page: unknown, kind: RemoteKind): string | null {
  const { has_more: hasMore, last_id: lastId, nextPageToken } = moreSchema.parse(page);
  if (kind === 'google') return nextPageToken ?? null;
  return hasMore === true ? (lastId ?? null) : null;
}

/**
 * What a page says: OpenAI's `data`, Google's `models`, or the bare list that some gateways send. Null for anything else, such
 * as the page of a website.
 */
export function readModelListPage(text: string, kind: RemoteKind): ModelListPage | null {
  let page: unknown;
  try {
    page = JSON.parse(text);
  } catch {
    return null;
  }
  const list = modelsSchema.safeParse(page);
  if (!list.success) return null;
  return { models: list.data.flatMap((entry) => toListedModel(entry, kind)), next: nextOf(page, kind) };
}

/**
 * The path of a page, below the address of the remote; `next` null is the first. Vendors that send pages take a size that
 * mostly holds all that they have (Anthropic: 1 to 1,000; Google: at most 1,000).
 */
export function modelListPath(kind: RemoteKind, next: string | null): string {
  const query = (name: string, size: string): string => {
    const parameters = [size, next === null ? '' : `${name}=${encodeURIComponent(next)}`].filter((part) => part !== '');
    return parameters.length === 0 ? 'models' : `models?${parameters.join('&')}`;
  };
  switch (kind) {
    case 'openai':
    case 'mistral':
    case 'openai-compatible':
      return query('after', '');
    case 'anthropic':
      return query('after_id', 'limit=1000');
    case 'google':
      return query('pageToken', 'pageSize=1000');
    default:
      return assertNever(kind);
  }
}
