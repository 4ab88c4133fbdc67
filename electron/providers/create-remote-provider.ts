import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { AppError } from '../shared/app-error.ts';
import type { Remote } from '../shared/remote.ts';
import { listRemoteModels } from './list-remote-models.ts';
import { readRemoteAnswer } from './read-remote-answer.ts';
import { remoteLimits } from './remote-answer-body.ts';
import type { RemoteLimits } from './remote-answer-body.ts';
import { toRemoteCallOptions } from './remote-call-options.ts';
import { remoteStreamError } from './remote-errors.ts';
import type { RemoteErrorContext } from './remote-errors.ts';
import { bytesOf, createRemoteFetch, errorContextOf } from './remote-fetch.ts';
import type { RemoteBytes } from './remote-fetch.ts';
import type {
  CapturedRequest,
  RemotePart,
  RemoteProvider,
  RemoteProviderOptions,
  RemoteRequest,
  SendOptions,
} from './remote-provider.ts';

/** Five vendors' packages take time and memory that nobody should pay who asks none of them. */
const loadModels = async (): Promise<typeof import('./create-remote-model.ts')> =>
  await import('./create-remote-model.ts');

const hostOf = (baseUrl: string): string => URL.parse(baseUrl)?.host ?? '';

function unexpected({ baseUrl }: Remote, message: string): AppError {
  return new AppError('provider/unexpected', message, { host: hostOf(baseUrl), mayBeBilled: false });
}

function modelNameOf({ baseUrl, modelName }: Remote): string {
  if (modelName !== null) return modelName;
  const details = { host: hostOf(baseUrl), modelName: '', mayBeBilled: false };
  throw new AppError('provider/unknown-model', 'No model is chosen.', details);
}

/** Names of models come from outside, and Google's stand in the address: none may lead anywhere but below the remote's own. */
function isBelow(url: string, { kind, baseUrl }: Remote): boolean {
  const [target, base] = [URL.parse(url), URL.parse(baseUrl)];
  if (target === null || base === null) return false;
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  const query = kind === 'google' ? '?alt=sse' : '';
  return (
    target.origin === base.origin &&
    target.pathname.startsWith(folder) &&
    target.search === query &&
    target.hash === '' &&
    target.href === url
  );
}

async function capture(remote: Remote, request: RemoteRequest): Promise<CapturedRequest> {
  const modelName = modelNameOf(remote);
  const last = request.turns.at(-1);
  if (last?.role !== 'user' || last.text.trim() === '') throw unexpected(remote, 'The last turn is no question.');
  const { createRemoteModel } = await loadModels();
  let written: RemoteBytes | null = null;
  const model = createRemoteModel(remote, modelName, (input, init) => {
    written = bytesOf(input, init);
    return Promise.reject(new Error('Nothing is sent yet.'));
  });
  let failure: unknown;
  try {
    await model.doStream(toRemoteCallOptions(remote.kind, request));
  } catch (error) {
    failure = error;
  }
  // Set within the call, which the compiler does not see.
  const bytes = written as RemoteBytes | null;
  if (bytes === null) {
    throw new AppError(
      'provider/unexpected',
      'The request cannot be written.',
      { host: hostOf(remote.baseUrl), mayBeBilled: false },
      { cause: failure },
    );
  }
  if (!isBelow(bytes.url, remote)) throw unexpected(remote, 'The address is not that of the remote.');
  return { remote, request, ...bytes };
}

/** Vendors' errors before the first word come from here, those after it from the stream. */
async function begin(model: LanguageModelV4, options: LanguageModelV4CallOptions, context: RemoteErrorContext) {
  try {
    return await model.doStream(options);
  } catch (error) {
    throw remoteStreamError(error, false, context);
  }
}

async function* send(
  { egress, clock, limits = remoteLimits }: CreateRemoteProviderOptions,
  captured: CapturedRequest,
  sendOptions: SendOptions,
  signal: AbortSignal,
): AsyncGenerator<RemotePart, void, void> {
  signal.throwIfAborted();
  const { remote, request, url, body } = captured;
  const { key, onEntry, ...content } = sendOptions;
  const context = errorContextOf({ remote, key, clock });
  const remoteFetch = createRemoteFetch({ url, body }, { egress, clock, limits, remote, key, content, onEntry });
  // Ends the connection when the reader leaves, whatever the SDK still does with the stream.
  const left = new AbortController();
  try {
    const { createRemoteModel } = await loadModels();
    const model = createRemoteModel(remote, modelNameOf(remote), remoteFetch.fetch);
    const options = toRemoteCallOptions(remote.kind, request);
    const abortSignal = AbortSignal.any([signal, left.signal]);
    const { stream } = await begin(model, { ...options, abortSignal }, context);
    yield* readRemoteAnswer(stream, { clock, limits, context, wantedMore: remoteFetch.wantedMore });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    left.abort();
  }
}

/** What a remote provider is made of. */
type CreateRemoteProviderOptions = RemoteProviderOptions & {
  /** Default: `remoteLimits`. */
  readonly limits?: RemoteLimits;
};

/**
 * Large models of five kinds through the AI SDK, which writes the requests and reads the answers and never sends anything
 * itself. A captured request is written a second time when it is sent and refused unless it is the same to the byte.
 */
export function createRemoteProvider(options: CreateRemoteProviderOptions): RemoteProvider {
  const { egress, clock, limits = remoteLimits } = options;
  return {
    capture,
    send: (captured, sendOptions, signal) => send(options, captured, sendOptions, signal),
    listModels: async (remote, key, signal) => await listRemoteModels({ egress, clock, limits, remote, key }, signal),
  };
}
