import { createHash } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import { AppError } from '../shared/app-error.ts';
import { createId, ledgerEntryIdSchema } from '../shared/ids.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
import { countBody } from './counted-body.ts';
import type { BodyEnd } from './counted-body.ts';
import { mayRedirect, parseEgressAddress } from './egress-address.ts';
import type { Egress, EgressLedger, EgressPolicy, EgressRefusal, EgressRequest } from './egress.ts';
import { guardPlainConnections, hasLeftNetwork } from './guard-plain-connections.ts';
import { ignoreEnvironment } from './ignore-environment.ts';
import { originalFetch } from './original-fetch.ts';

/** What `createEgress` needs. */
export type EgressOptions = { readonly policy: EgressPolicy; readonly ledger: EgressLedger; readonly clock: Clock };

/** Redirects that are followed before a server counts as going round in circles. */
const redirectLimit = 5;
/** A long body is written down on its way, so that a crash does not leave an entry of no bytes for gigabytes. */
const noteEveryBytes = 64 * 1024 * 1024;

const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

/**
 * The way out. Each request is in the ledger before it leaves, with what came of it afterwards; a refused one is there
 * too. A redirect (GET and HEAD only) is followed within the origin and to the hosts that the request names; each host
 * has an entry of its own. One that leads elsewhere is written down as refused and throws `egress/not-allowed` with
 * `redirectedTo`. Bytes sent are those of method, path, the asker's headers and body; bytes received those of the body,
 * which is asked for uncompressed so that the count is the one of the wire. A request to a large model is never redirected.
 * Without encryption nothing leaves the own network, whatever a name leads to: `egress/left-network`. Proxies and
 * certificates that the environment names do not count. Read the body to its end or cancel it, or the entry
 * stays `pending`. An abort rejects with the signal's reason, from the call or from the body.
 */
export function createEgress(options: EgressOptions): Egress {
  ignoreEnvironment();
  guardPlainConnections();
  return {
    fetch: async (request, signal) => {
      signal.throwIfAborted();
      const address = parseEgressAddress(request.url, isToOwnServer(request));
      if (!address) throw await refuse(options, request, hostOf(request.url), 'not-allowed');
      const decision = await options.policy.decide(request);
      if (!decision.isAllowed) throw await refuse(options, request, address.host, decision.reason);
      return send(options, takeBody(request), address, signal);
    },
  };
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

const isToOwnServer = ({ purpose, content }: EgressRequest): boolean =>
  purpose === 'provider' && content?.zone === 'own-server';

function describeEntry({ clock }: EgressOptions, request: Omit<EgressRequest, 'body'>, host: string): LedgerEntry {
  const { purpose, askedBy, content } = request;
  return {
    id: createId(ledgerEntryIdSchema),
    at: clock.now(),
    host,
    purpose,
    askedBy,
    outcome: 'pending',
    bytesSent: 0,
    bytesReceived: 0,
    bodyHash: null,
    inputTokens: null,
    outputTokens: null,
    costMicroDollars: null,
    conversationId: content?.conversationId ?? null,
    chainHash: '',
  };
}

async function refuse(
  options: EgressOptions,
  request: EgressRequest,
  host: string,
  reason: EgressRefusal,
): Promise<AppError> {
  await options.ledger.insert({ ...describeEntry(options, request, host), outcome: 'refused' });
  const { purpose } = request;
  return new AppError(`egress/${reason}`, `A request to ${host} was refused.`, { host, purpose });
}

/** A request whose body nobody else can change any more: what is written down is what is sent. */
type TakenRequest = Omit<EgressRequest, 'body'> & { readonly body: Uint8Array<ArrayBuffer> | null };

function takeBody({ body, ...request }: EgressRequest): TakenRequest {
  if (body === undefined) return { ...request, body: null };
  return { ...request, body: typeof body === 'string' ? new TextEncoder().encode(body) : body.slice() };
}

function countSent({ method = 'GET', headers = {}, body }: TakenRequest, address: URL): number {
  const head = [method, address.pathname, address.search, ...Object.entries(headers).flat()];
  return head.reduce((sum, text) => sum + Buffer.byteLength(text), body?.byteLength ?? 0);
}

/** One entry of the ledger while what it stands for goes on. */
class Exchange {
  readonly #options: EgressOptions;
  readonly #signal: AbortSignal;
  readonly entry: LedgerEntry;
  bytesSent = 0;

  private constructor(options: EgressOptions, entry: LedgerEntry, signal: AbortSignal) {
    this.#options = options;
    this.entry = entry;
    this.#signal = signal;
  }

  /** Written down before anything leaves. */
  static async begin(options: EgressOptions, request: TakenRequest, host: string, signal: AbortSignal) {
    const { body, content } = request;
    const costMicroDollars = content?.mostCostMicroDollars ?? null;
    const bodyHash = body === null ? null : createHash('sha256').update(body).digest('hex');
    const entry = { ...describeEntry(options, request, host), bodyHash, costMicroDollars };
    const mayBeKept = entry.conversationId !== null;
    await options.ledger.insert(entry, mayBeKept ? body : null);
    request.onEntry?.(entry.id);
    return new Exchange(options, entry, signal);
  }

  async note(bytesReceived: number): Promise<void> {
    await this.#options.ledger.update(this.entry.id, { bytesSent: this.bytesSent, bytesReceived });
  }

  /** Closes the entry of a request that was held back when its connection stood already. */
  async refuse(): Promise<AppError> {
    await this.#options.ledger.update(this.entry.id, { outcome: 'refused', bytesSent: 0, bytesReceived: 0 });
    const { host, purpose } = this.entry;
    return new AppError('egress/left-network', `${host} is not in the own network.`, { host, purpose });
  }

  /** Closes the entry; returns the error that the asker gets, when there is one. */
  async settle(end: BodyEnd, bytesReceived: number): Promise<unknown> {
    const isCancelled = end.type === 'failed' && this.#signal.aborted;
    const outcome = isCancelled ? 'cancelled' : end.type;
    await this.#options.ledger.update(this.entry.id, { outcome, bytesSent: this.bytesSent, bytesReceived });
    if (end.type !== 'failed') return undefined;
    return this.#signal.aborted ? this.#signal.reason : failure(this.entry.host, end.error);
  }
}

async function send(options: EgressOptions, asked: TakenRequest, address: URL, signal: AbortSignal): Promise<Response> {
  let request = asked;
  let target = address;
  let exchange = await Exchange.begin(options, request, target.host, signal);
  try {
    for (let redirects = 0; redirects <= redirectLimit; redirects += 1) {
      exchange.bytesSent += countSent(request, target);
      const response = await fetchOnce(request, target, signal);
      const next = redirectOf(response, target);
      if (!next) return await withCountedBody(response, exchange);
      await response.body?.cancel();
      if (next.origin !== target.origin || (request.method ?? 'GET') === 'POST' || request.purpose === 'provider') {
        await exchange.settle({ type: 'completed' }, 0);
        if (!mayFollow(request, target, next)) throw await refuseRedirect(options, request, next);
        // The other host gets no token: it was meant for the first one.
        request = withoutAuthorization(request);
        exchange = await Exchange.begin(options, request, next.host, signal);
      }
      target = next;
    }
    throw new Error('Too many redirects.');
  } catch (error) {
    // An asker may abort with an AppError of its own: that is no refusal, and its entry is closed.
    if (AppError.isInstance(error) && error !== signal.reason) throw error;
    if (hasLeftNetwork(error)) throw await exchange.refuse();
    throw await exchange.settle({ type: 'failed', error }, 0);
  }
}

function mayFollow({ method = 'GET', purpose, redirectHosts = [] }: TakenRequest, from: URL, to: URL): boolean {
  return method !== 'POST' && purpose !== 'provider' && mayRedirect(from, to, redirectHosts);
}

function withoutAuthorization(request: TakenRequest): TakenRequest {
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...request, headers: Object.fromEntries(headers) };
}

function fetchOnce(
  { method = 'GET', headers, body }: TakenRequest,
  target: URL,
  signal: AbortSignal,
): Promise<Response> {
  return originalFetch(target.href, {
    method,
    headers: { 'accept-encoding': 'identity', ...headers },
    ...(body !== null && { body }),
    redirect: 'manual',
    signal,
  });
}

function redirectOf(response: Response, base: URL): URL | null {
  const location = redirectStatuses.includes(response.status) ? response.headers.get('location') : null;
  return location === null ? null : URL.parse(location, base.href);
}

async function refuseRedirect(options: EgressOptions, request: TakenRequest, target: URL): Promise<AppError> {
  await options.ledger.insert({ ...describeEntry(options, request, target.host), outcome: 'refused' });
  const details = { host: target.host, purpose: request.purpose, redirectedTo: target.href };
  return new AppError('egress/not-allowed', `A redirect to ${target.host} was not followed.`, details);
}

async function withCountedBody(response: Response, exchange: Exchange): Promise<Response> {
  if (!response.body) {
    await exchange.settle({ type: 'completed' }, 0);
    return response;
  }
  const { status, statusText, headers } = response;
  const body = countBody(response.body, {
    settle: (end, bytesReceived) => exchange.settle(end, bytesReceived),
    note: (bytesReceived) => exchange.note(bytesReceived),
    noteEveryBytes,
  });
  return new Response(body, { status, statusText, headers });
}

function failure(host: string, cause: unknown): AppError {
  const reason =
    cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : AppError.from(cause).message;
  return new AppError('egress/failed', `A request to ${host} failed: ${reason}`, { host }, { cause });
}
