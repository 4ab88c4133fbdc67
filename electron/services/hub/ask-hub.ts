import type { Egress } from '../../egress/egress.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { EgressPurpose } from '../../shared/ledger-entry.ts';
import { hubError } from './hub-errors.ts';
import type { AskedOfHub } from './hub-errors.ts';
import { readBoundedJson } from './read-bounded-json.ts';

/** What the service is made of. */
export type HubServiceOptions = {
  readonly egress: Egress;
  readonly clock: Clock;
  /** The address of the settings at each call. */
  readonly address: () => Promise<string>;
  /** The person's token; null without one. */
  readonly token: () => Promise<string | null>;
};

const askedBy = 'models';
/** Time until a server begins to answer, and time that a body may bring nothing, in milliseconds. */
export const stallMs = 30_000;
/** Time for a whole answer that is no file, in milliseconds. */
const answerTimeoutMs = 60_000;

/** One request to the hub. */
export type HubQuestion = AskedOfHub & {
  readonly url: string;
  readonly purpose: EgressPurpose;
  readonly headers?: Readonly<Record<string, string>>;
  readonly redirectHosts?: readonly string[];
  /** Statuses that are no failure, whatever they stand for elsewhere. */
  readonly accepts?: readonly number[];
};

/** Asks with the person's token. Throws `hub/*`, `egress/*`, `download/stalled`; the body is the caller's to read. */
export async function askHub(
  { egress, clock, token: readToken }: HubServiceOptions,
  question: HubQuestion,
  signal: AbortSignal,
): Promise<Response> {
  const token = await readToken();
  const slow = limitTime(clock, stallMs);
  try {
    const headers = { ...question.headers, ...(token !== null && { authorization: `Bearer ${token}` }) };
    const { url, purpose, redirectHosts = [] } = question;
    const request = { url, purpose, askedBy, headers, redirectHosts };
    const response = await egress.fetch(request, AbortSignal.any([signal, slow.signal]));
    if (question.accepts?.includes(response.status) === true) return response;
    const error = hubError(response, question, { hasToken: token !== null, nowMs: clock.now() });
    if (error === null) return response;
    await response.body?.cancel();
    throw error;
  } finally {
    slow.stop();
  }
}

/** The answer as JSON, within a minute. Throws what `askHub` throws, and `hub/unexpected`. */
export async function readHubJson(
  options: HubServiceOptions,
  question: HubQuestion,
  signal: AbortSignal,
): Promise<unknown> {
  const slow = limitTime(options.clock, answerTimeoutMs);
  try {
    const response = await askHub(options, question, AbortSignal.any([signal, slow.signal]));
    return await readBoundedJson(response, question.host);
  } finally {
    slow.stop();
  }
}

/** A signal that aborts with `download/stalled` unless it is stopped in time. */
function limitTime(clock: Clock, limitMs: number): { readonly signal: AbortSignal; readonly stop: () => void } {
  const [slow, over] = [new AbortController(), new AbortController()];
  clock
    .delay(limitMs, over.signal)
    .then(() => slow.abort(new AppError('download/stalled', 'The hub does not answer.')))
    .catch(() => undefined);
  return { signal: slow.signal, stop: () => over.abort() };
}
