import { AppError } from '../shared/app-error.ts';
import { modelListPath, readModelListPage } from './model-list-page.ts';
import type { ModelListPage } from './model-list-page.ts';
import { boundBody, readBeginning, within } from './remote-answer-body.ts';
import type { RemoteLimits } from './remote-answer-body.ts';
import { remoteConnectionError, remoteStatusError } from './remote-errors.ts';
import { errorContextOf } from './remote-fetch.ts';
import type { RemoteFetchOptions } from './remote-fetch.ts';
import { remoteHeaders } from './remote-headers.ts';
import type { ListedModel } from './remote-provider.ts';

/** What a list is asked for with. */
export type ListModelsOptions = Pick<RemoteFetchOptions, 'egress' | 'clock' | 'limits' | 'remote' | 'key'>;

/** Of all pages together; OpenRouter's hundreds of models are about 1 MB. */
const listBytes = 8 * 1024 * 1024;
const errorBytes = 16 * 1024;
const mostModels = 2_000;

/** Pages of the smallest size that anybody sends hold more models than are taken; a list that goes on is going round. */
const mostPages = 50;

/** What is left of what a list may take, over all its pages. */
type ListBounds = { readonly leftMs: number; readonly leftBytes: number };

async function ask(
  { egress, remote, key, clock }: ListModelsOptions,
  path: string,
  { leftMs }: ListBounds,
  signal: AbortSignal,
): Promise<Response> {
  const context = errorContextOf({ remote, key, clock });
  const { host, modelName } = context;
  const late = new AppError('provider/unreachable', 'No list came.', { host, modelName, mayBeBilled: false });
  const request = {
    url: `${remote.baseUrl.replace(/\/+$/, '')}/${path}`,
    purpose: 'provider',
    askedBy: 'cloud',
    headers: { ...remoteHeaders(remote.kind, key, host), accept: 'application/json' },
    content: { zone: remote.zone, isLocalOnly: false, conversationId: null },
  } as const;
  try {
    return await within(
      clock,
      leftMs,
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

async function readPage(
  path: string,
  options: ListModelsOptions,
  bounds: ListBounds,
  signal: AbortSignal,
): Promise<ModelListPage & { readonly bytes: number }> {
  const { clock, limits, remote } = options;
  const context = errorContextOf(options);
  const { host, modelName } = context;
  const wrong = () =>
    new AppError('provider/unexpected', 'This is no list of models.', { host, modelName, mayBeBilled: false });
  const response = await ask(options, path, bounds, signal);
  try {
    if (!response.ok) {
      const said = await readBeginning(response, { clock, limits, limitBytes: errorBytes });
      throw statusError(response, said, options);
    }
    const { leftMs: wholeMs, leftBytes: bodyBytes } = bounds;
    const pageLimits = { ...limits, wholeMs, firstByteMs: wholeMs, bodyBytes, eventBytes: bodyBytes };
    const body =
      response.body === null
        ? null
        : boundBody(response.body, { clock, limits: pageLimits, cut: wrong, tooMuch: wrong });
    const bytes = await new Response(body).arrayBuffer();
    const page = readModelListPage(new TextDecoder().decode(bytes), remote.kind);
    if (page === null) throw wrong();
    return { ...page, bytes: bytes.byteLength };
  } catch (error) {
    signal.throwIfAborted();
    if (!AppError.isInstance(error)) throw wrong();
    throw error.code.startsWith('provider/') ? error : unbilled(remoteConnectionError(error, context));
  }
}

/**
 * The models that a remote lists, at most 2,000, over all its pages: at most 50 of them, 8 MiB and a minute together. Throws
 * AppError `provider/*` and `egress/*`, never billed; a page that fails fails the list.
 */
export async function listRemoteModels(
  options: ListModelsOptions,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const { clock, limits, remote } = options;
  const endMs = clock.monotonicMs() + listTimeMs(limits);
  const models = new Map<string, ListedModel>();
  let leftBytes = listBytes;
  let next: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const bounds = { leftMs: Math.max(0, endMs - clock.monotonicMs()), leftBytes };
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(
      modelListPath(remote.kind, next),
      options,
      bounds,
      signal,
    );
    const known = models.size;
    for (const model of page.models) models.set(model.name, model);
    leftBytes -= page.bytes;
    // A server that does not know pages sends the first one again, whatever it is asked for.
    const isGoingOn = page.next !== null && page.next !== next && (models.size > known || page.models.length === 0);
    if (!isGoingOn || models.size >= mostModels) break;
    next = page.next;
  }
  return [...models.values()].slice(0, mostModels);
}
