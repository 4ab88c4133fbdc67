import type { Egress, EgressContent } from '../egress/egress.ts';
import type { Clock } from '../platform/clock.ts';
import { AppError } from '../shared/app-error.ts';
import type { LedgerEntryId } from '../shared/ids.ts';
import type { Remote } from '../shared/remote.ts';
import { boundBody, readBeginning, within } from './remote-answer-body.ts';
import type { RemoteLimits } from './remote-answer-body.ts';
import { remoteConnectionError, remoteStatusError } from './remote-errors.ts';
import type { RemoteErrorContext } from './remote-errors.ts';
import { remoteHeaders } from './remote-headers.ts';

/** What content was made from, as the policy wants to know it. */
export type RemoteContent = Omit<EgressContent, 'zone'>;

/** The request as it leaves. */
export type RemoteBytes = { readonly url: string; readonly body: string };

/** What a request is sent with. */
export type RemoteFetchOptions = {
  readonly egress: Egress;
  readonly clock: Clock;
  readonly limits: RemoteLimits;
  readonly remote: Remote;
  readonly key: string | null;
  readonly content: RemoteContent;
  /** Told of the entry in the ledger before anything leaves. */
  readonly onEntry: (id: LedgerEntryId) => void;
};

/** How much of an answer that is an error is read to tell which one. */
const errorBytes = 16 * 1024;

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

/** What errors of a request to this remote are told with. */
export function errorContextOf({
  remote,
  key,
  clock,
}: Pick<RemoteFetchOptions, 'remote' | 'key' | 'clock'>): RemoteErrorContext {
  const { baseUrl, modelName } = remote;
  return { host: hostOf(baseUrl), modelName: modelName ?? '', hasKey: key !== null, nowMs: clock.now() };
}

/** The bytes that an SDK wants to send. Throws `provider/unexpected` for anything but a text. */
export function bytesOf(...[input, init]: Parameters<typeof globalThis.fetch>): RemoteBytes {
  const body = init?.body;
  if (init?.method !== 'POST' || typeof body !== 'string') {
    throw new AppError('provider/unexpected', 'The request is no text.', { host: '' });
  }
  return { url: input instanceof Request ? input.url : String(input), body };
}

/** A way out for one request. */
export type RemoteFetch = {
  readonly fetch: typeof globalThis.fetch;
  /** True once another request was asked for and refused, after the first had been sent. */
  readonly wantedMore: () => boolean;
};

/**
 * Sends the bytes that were shown and nothing else, once: the SDK's own request is compared with them byte for byte. Its
 * headers are not sent at all. Throws AppError `provider/*` and `egress/*`; the body of the answer is bounded.
 */
export function createRemoteFetch(shown: RemoteBytes, options: RemoteFetchOptions): RemoteFetch {
  let isSent = false;
  let isAskedAgain = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { url, body } = bytesOf(input, init);
    if (url !== shown.url || body !== shown.body || isSent) {
      isAskedAgain = isSent;
      const details = { host: hostOf(shown.url), mayBeBilled: isSent };
      throw new AppError('provider/unexpected', 'The request is not the one that was shown.', details);
    }
    isSent = true;
    return await send(shown, options, init?.signal ?? new AbortController().signal);
  };
  return { fetch, wantedMore: () => isAskedAgain };
}

async function send(shown: RemoteBytes, options: RemoteFetchOptions, signal: AbortSignal): Promise<Response> {
  const { clock, limits } = options;
  const context = errorContextOf(options);
  const { host, modelName } = context;
  const cut = () => new AppError('provider/cut', 'The answer stopped.', { host, modelName, mayBeBilled: true });
  const response = await ask(shown, options, signal);
  if (!response.ok) {
    throw remoteStatusError(
      response,
      await readBeginning(response, { clock, limits, limitBytes: errorBytes }),
      context,
    );
  }
  const type = response.headers.get('content-type') ?? '';
  if (response.body === null || !/^(?:text\/event-stream|$)/i.test(type)) {
    await response.body?.cancel();
    const details = { host, modelName, mayBeBilled: true };
    throw new AppError('provider/unexpected', 'The answer is no stream of events.', details);
  }
  const tooMuch = () =>
    new AppError('provider/unexpected', 'The answer is too long.', { host, modelName, mayBeBilled: true });
  const bounded = boundBody(response.body, { clock, limits, cut, tooMuch });
  return new Response(bounded, { status: response.status, headers: response.headers });
}

async function ask(shown: RemoteBytes, options: RemoteFetchOptions, signal: AbortSignal): Promise<Response> {
  const { egress, clock, limits, remote, key, content, onEntry } = options;
  const context = errorContextOf(options);
  const { host, modelName } = context;
  const late = new AppError('provider/unreachable', 'The remote does not answer.', {
    host,
    modelName,
    mayBeBilled: true,
  });
  const headers = remoteHeaders(remote.kind, key, host);
  try {
    return await within(clock, limits.firstByteMs, late, async (isLate) =>
      egress.fetch(
        {
          url: shown.url,
          body: shown.body,
          purpose: 'provider',
          askedBy: 'cloud',
          method: 'POST',
          headers: {
            ...headers,
            'content-type': 'application/json',
            accept: 'text/event-stream',
          },
          content: { zone: remote.zone, ...content },
          onEntry,
        },
        AbortSignal.any([signal, isLate]),
      ),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw remoteConnectionError(error, context);
  }
}
