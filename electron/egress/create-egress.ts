import type { Clock } from '../platform/clock.ts';
import { AppError } from '../shared/app-error.ts';
import { createId, ledgerEntryIdSchema } from '../shared/ids.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
import { countBody } from './counted-body.ts';
import type { BodyEnd } from './counted-body.ts';
import { parseEgressAddress } from './egress-address.ts';
import type { Egress, EgressLedger, EgressPolicy, EgressRequest } from './egress.ts';
import { originalFetch } from './original-fetch.ts';

/** What `createEgress` needs. */
export type EgressOptions = { readonly policy: EgressPolicy; readonly ledger: EgressLedger; readonly clock: Clock };

/** Redirects within one origin that are followed before a server counts as going round in circles. */
const redirectLimit = 5;

const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

/**
 * The way out. Each request is in the ledger before it leaves, with what came of it afterwards; a refused one is there
 * too. A redirect within the same origin is followed (GET and HEAD only), one to another origin is written down as refused
 * and throws `egress/not-allowed` with `redirectedTo`: its asker has to ask again. Bytes sent are those of method, path,
 * the asker's headers and body; bytes received those of the body, which is asked for uncompressed so that the count is
 * the one of the wire. Read the body to its end or cancel it, or the entry stays `pending`. An abort rejects with the
 * signal's reason, from the call or from the body.
 */
export function createEgress(options: EgressOptions): Egress {
  return {
    fetch: async (request, signal) => {
      signal.throwIfAborted();
      const address = parseEgressAddress(request.url);
      if (!address) throw await refuse(options, request, hostOf(request.url), 'not-allowed');
      const decision = await options.policy.decide(request);
      if (!decision.isAllowed) throw await refuse(options, request, address.host, decision.reason);
      return send(options, request, address, signal);
    },
  };
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

function describeEntry({ clock }: EgressOptions, { purpose, askedBy }: EgressRequest, host: string): LedgerEntry {
  const id = createId(ledgerEntryIdSchema);
  return { id, at: clock.now(), host, purpose, askedBy, outcome: 'pending', bytesSent: 0, bytesReceived: 0 };
}

async function refuse(
  options: EgressOptions,
  request: EgressRequest,
  host: string,
  reason: 'offline' | 'not-allowed',
): Promise<AppError> {
  await options.ledger.insert({ ...describeEntry(options, request, host), outcome: 'refused' });
  return new AppError(`egress/${reason}`, `A request to ${host} was refused.`, { host, purpose: request.purpose });
}

const sizeOf = (content: string | Uint8Array): number =>
  typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;

function countSent({ method = 'GET', headers = {}, body = '' }: EgressRequest, address: URL): number {
  const head = [method, address.pathname, address.search, ...Object.entries(headers).flat()];
  return head.reduce((sum, text) => sum + sizeOf(text), sizeOf(body));
}

async function send(
  options: EgressOptions,
  request: EgressRequest,
  address: URL,
  signal: AbortSignal,
): Promise<Response> {
  const entry = describeEntry(options, request, address.host);
  await options.ledger.insert(entry);
  let bytesSent = 0;

  /** Closes the entry; returns the error that the asker gets, when there is one. */
  const settle = async (end: BodyEnd, bytesReceived: number): Promise<unknown> => {
    const outcome = end.type === 'failed' && signal.aborted ? 'cancelled' : end.type;
    await options.ledger.update(entry.id, { outcome, bytesSent, bytesReceived });
    if (end.type !== 'failed') return undefined;
    return signal.aborted ? signal.reason : failure(entry.host, end.error);
  };

  try {
    let target = address;
    for (let redirects = 0; redirects <= redirectLimit; redirects += 1) {
      bytesSent += countSent(request, target);
      const response = await fetchOnce(request, target, signal);
      const next = redirectOf(response, target);
      if (!next) return await withCountedBody(response, settle);
      await response.body?.cancel();
      if (next.origin !== address.origin || (request.method ?? 'GET') === 'POST') {
        return await refuseRedirect(options, request, next, settle);
      }
      target = next;
    }
    throw new Error('Too many redirects.');
  } catch (error) {
    if (AppError.isInstance(error)) throw error;
    throw await settle({ type: 'failed', error }, 0);
  }
}

function fetchOnce(
  { method = 'GET', headers, body }: EgressRequest,
  target: URL,
  signal: AbortSignal,
): Promise<Response> {
  return originalFetch(target.href, {
    method,
    headers: { 'accept-encoding': 'identity', ...headers },
    ...(body !== undefined && { body }),
    redirect: 'manual',
    signal,
  });
}

function redirectOf(response: Response, base: URL): URL | null {
  const location = redirectStatuses.includes(response.status) ? response.headers.get('location') : null;
  return location === null ? null : URL.parse(location, base.href);
}

async function refuseRedirect(
  options: EgressOptions,
  request: EgressRequest,
  target: URL,
  settle: (end: BodyEnd, bytesReceived: number) => Promise<unknown>,
): Promise<never> {
  await settle({ type: 'completed' }, 0);
  await options.ledger.insert({ ...describeEntry(options, request, target.host), outcome: 'refused' });
  const details = { host: target.host, purpose: request.purpose, redirectedTo: target.href };
  throw new AppError('egress/not-allowed', `A redirect to ${target.host} was not followed.`, details);
}

async function withCountedBody(
  response: Response,
  settle: (end: BodyEnd, bytesReceived: number) => Promise<unknown>,
): Promise<Response> {
  if (!response.body) {
    await settle({ type: 'completed' }, 0);
    return response;
  }
  const { status, statusText, headers } = response;
  return new Response(countBody(response.body, settle), { status, statusText, headers });
}

function failure(host: string, cause: unknown): AppError {
  const reason =
    cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : AppError.from(cause).message;
  return new AppError('egress/failed', `A request to ${host} failed: ${reason}`, { host }, { cause });
}
