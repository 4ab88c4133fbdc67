/** What the loopback host decides by. Header values as they came, undefined when absent. */
export type HostRequest = {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly isUpgrade: boolean;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
  readonly contentLength: string | undefined;
  /** Whether the request carries the cookie of a session that exists. */
  readonly hasSession: boolean;
};

/** What differs from host to host. */
export type HostRules = {
  readonly port: number;
  /** Largest file that a browser may hand over, in bytes. */
  readonly uploadLimitBytes: number;
};

/** What a request is for, once it may be. */
export type HostAction = 'open-session' | 'page' | 'upload' | 'api';

/** Why a request is not answered; each has an HTTP status of its own kind. */
export type HostRefusal =
  | 'foreign-host'
  | 'foreign-origin'
  | 'missing-origin'
  | 'cross-site'
  | 'no-session'
  | 'unknown-method'
  | 'unknown-path'
  | 'too-large'
  | 'malformed';

/** `httpStatus` is what the refused caller gets. */
export type HostDecision =
  | { readonly status: 'allowed'; readonly action: HostAction }
  | { readonly status: 'refused'; readonly reason: HostRefusal; readonly httpStatus: number };

const httpStatusOf: Readonly<Record<HostRefusal, number>> = {
  'foreign-host': 421,
  'foreign-origin': 403,
  'missing-origin': 403,
  'cross-site': 403,
  'no-session': 401,
  'unknown-method': 405,
  'unknown-path': 404,
  'too-large': 413,
  malformed: 400,
};

/** Bytes of the token exchange: the token and the JSON around it. */
const sessionBodyLimitBytes = 1_024;

/**
 * The host's whole door policy. Another website reaches 127.0.0.1 through the user's own browser, so it is told apart
 * by Host (a name that it has pointed here), by Origin (its own) and by the browser's word on where the request is from.
 */
export function decideHostRequest(request: HostRequest, rules: HostRules): HostDecision {
  const address = `127.0.0.1:${rules.port}`;
  if (request.host !== address) return refused('foreign-host');
  if (request.origin !== undefined && request.origin !== `http://${address}`) return refused('foreign-origin');
  if (request.secFetchSite !== undefined && !['same-origin', 'none'].includes(request.secFetchSite)) {
    return refused('cross-site');
  }
  return request.isUpgrade ? decideUpgrade(request) : decideCall(request, rules);
}

function decideUpgrade(request: HostRequest): HostDecision {
  if (request.method !== 'GET') return refused('unknown-method');
  if (request.path !== '/api') return refused('unknown-path');
  // Every browser names the origin of a WebSocket; what does not is no browser, and has no page of ours.
  if (request.origin === undefined) return refused('missing-origin');
  return request.hasSession ? allowed('api') : refused('no-session');
}

function decideCall(request: HostRequest, rules: HostRules): HostDecision {
  if (request.method === 'GET' || request.method === 'HEAD') return allowed('page');
  if (request.method !== 'POST') return refused('unknown-method');
  if (request.origin === undefined) return refused('missing-origin');
  if (request.path === '/session') return withinLimit(request, sessionBodyLimitBytes, 'open-session');
  if (request.path !== '/files') return refused('unknown-path');
  return request.hasSession ? withinLimit(request, rules.uploadLimitBytes, 'upload') : refused('no-session');
}

function withinLimit({ contentLength }: HostRequest, limitBytes: number, action: HostAction): HostDecision {
  if (contentLength === undefined) return allowed(action);
  if (!/^\d{1,15}$/.test(contentLength)) return refused('malformed');
  return Number(contentLength) <= limitBytes ? allowed(action) : refused('too-large');
}

function allowed(action: HostAction): HostDecision {
  return { status: 'allowed', action };
}

function refused(reason: HostRefusal): HostDecision {
  return { status: 'refused', reason, httpStatus: httpStatusOf[reason] };
}
