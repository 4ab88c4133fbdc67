import { z } from 'zod';
import { AppError } from '../shared/app-error.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { RemoteKind } from '../shared/remote.ts';
import { boundBody, readBeginning, within } from './remote-answer-body.ts';
import type { RemoteLimits } from './remote-answer-body.ts';
import { remoteConnectionError, remoteStatusError } from './remote-errors.ts';
import { errorContextOf } from './remote-fetch.ts';
import type { RemoteFetchOptions } from './remote-fetch.ts';
import { remoteHeaders } from './remote-headers.ts';
import type { ListedModel } from './remote-provider.ts';

/** What a list is asked for with. */
export type ListModelsOptions = Pick<RemoteFetchOptions, 'egress' | 'clock' | 'limits' | 'remote' | 'key'>;

const listBytes = 8 * 1024 * 1024;
const errorBytes = 16 * 1024;
const mostModels = 2_000;

/** Letters, digits, signs and inner spaces: nothing that hides, turns the line round or ends it. */
const saneName = /^[\p{L}\p{M}\p{N}\p{P}\p{S}](?:[\p{L}\p{M}\p{N}\p{P}\p{S} ]{0,198}[\p{L}\p{M}\p{N}\p{P}\p{S}])?$/u;

const contextTokensSchema = z.int().positive().nullish().catch(null);

/** What vendors and servers write about a model; the context has another name at each. */
const modelSchema = z.object({
  id: z.string().optional(),
  /** Google's, which begins with `models/`. */
  name: z.string().optional(),
  supportedGenerationMethods: z.array(z.string()).optional().catch(undefined),
  capabilities: z.object({ completion_chat: z.boolean().optional() }).optional().catch(undefined),
  context_length: contextTokensSchema,
  context_window: contextTokensSchema,
  max_context_length: contextTokensSchema,
  max_model_len: contextTokensSchema,
  max_input_tokens: contextTokensSchema,
  inputTokenLimit: contextTokensSchema,
  meta: z.object({ n_ctx: contextTokensSchema }).optional().catch(undefined),
});

/** OpenAI's `data`, Google's `models`, or the bare list that some gateways send. */
const listSchema = z.union([
  z.array(z.unknown()),
  z.object({ data: z.array(z.unknown()).nullable() }).transform(({ data }) => data ?? []),
  z.object({ models: z.array(z.unknown()) }).transform(({ models }) => models),
]);

function toListedModel(entry: unknown, kind: RemoteKind): readonly ListedModel[] {
  const parsed = modelSchema.safeParse(entry);
  if (!parsed.success) return [];
  const model = parsed.data;
  const isForChat =
    model.supportedGenerationMethods?.includes('generateContent') !== false &&
    model.capabilities?.completion_chat !== false;
  const name = kind === 'google' ? (model.name ?? '').replace(/^models\//, '') : (model.id ?? '');
  if (!isForChat || !saneName.test(name)) return [];
  const contextTokens =
    model.meta?.n_ctx ??
    model.max_model_len ??
    model.context_length ??
    model.context_window ??
    model.max_context_length ??
    model.max_input_tokens ??
    model.inputTokenLimit ??
    null;
  return [{ name, contextTokens }];
}

/** Vendors send pages, and take a size that holds all that they have. */
function pathOf(kind: RemoteKind): string {
  switch (kind) {
    case 'openai':
    case 'mistral':
    case 'openai-compatible':
      return 'models';
    case 'anthropic':
      return 'models?limit=1000';
    case 'google':
      return 'models?pageSize=1000';
    default:
      return assertNever(kind);
  }
}

async function ask({ egress, remote, key, clock, limits }: ListModelsOptions, signal: AbortSignal): Promise<Response> {
  const context = errorContextOf({ remote, key, clock });
  const { host, modelName } = context;
  const late = new AppError('provider/unreachable', 'No list came.', { host, modelName, mayBeBilled: false });
  const request = {
    url: `${remote.baseUrl.replace(/\/+$/, '')}/${pathOf(remote.kind)}`,
    purpose: 'provider',
    askedBy: 'cloud',
    headers: { ...remoteHeaders(remote.kind, key, host), accept: 'application/json' },
    content: { zone: remote.zone, isLocalOnly: false, conversationId: null },
  } as const;
  try {
    return await within(
      clock,
      listTimeMs(limits),
      late,
      async (isLate) => await egress.fetch(request, AbortSignal.any([signal, isLate])),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw unbilled(remoteConnectionError(error, context));
  }
}

/** A list is short: whoever needs longer than a minute for it is not there. */
const listTimeMs = ({ firstByteMs }: RemoteLimits): number => Math.min(firstByteMs, 60_000);

/** Nobody bills a list. */
function unbilled(error: AppError): AppError {
  return new AppError(error.code, error.message, { ...error.details, mayBeBilled: false }, { cause: error.cause });
}

function statusError(response: Response, said: string, options: ListModelsOptions): AppError {
  const error = unbilled(remoteStatusError(response, said, errorContextOf(options)));
  // Where there is no list, it is the address that is wrong and not the model.
  return error.code === 'provider/unknown-model'
    ? new AppError('provider/unexpected', error.message, error.details)
    : error;
}

async function readText(body: ReadableStream<Uint8Array>, { clock, limits }: ListModelsOptions, wrong: () => AppError) {
  const wholeMs = listTimeMs(limits);
  const bounds = { ...limits, wholeMs, firstByteMs: wholeMs, bodyBytes: listBytes, eventBytes: listBytes };
  return await new Response(boundBody(body, { clock, limits: bounds, cut: wrong, tooMuch: wrong })).text();
}

/** The models that a remote lists, at most 2,000. Throws AppError `provider/*` and `egress/*`, never billed. */
export async function listRemoteModels(
  options: ListModelsOptions,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const { clock, limits, remote } = options;
  const context = errorContextOf(options);
  const { host, modelName } = context;
  const wrong = () =>
    new AppError('provider/unexpected', 'This is no list of models.', { host, modelName, mayBeBilled: false });
  const response = await ask(options, signal);
  try {
    if (!response.ok) {
      const said = await readBeginning(response, { clock, limits, limitBytes: errorBytes });
      throw statusError(response, said, options);
    }
    const text = response.body === null ? '' : await readText(response.body, options, wrong);
    const list = listSchema.safeParse(JSON.parse(text));
    if (!list.success) throw wrong();
    const models = list.data.flatMap((entry) => toListedModel(entry, remote.kind));
    return [...new Map(models.map((model) => [model.name, model])).values()].slice(0, mostModels);
  } catch (error) {
    signal.throwIfAborted();
    if (!AppError.isInstance(error)) throw wrong();
    throw error.code.startsWith('provider/') ? error : unbilled(remoteConnectionError(error, context));
  }
}
