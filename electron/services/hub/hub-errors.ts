import { AppError } from '../../shared/app-error.ts';

/** What was asked for, for the sentence about what came of it. */
export type AskedOfHub = { readonly host: string; readonly repository?: string; readonly what: string };

/** The longest wait that a server may ask for, in milliseconds: ten minutes. */
const longestWaitMs = 600_000;

/** Milliseconds that `Retry-After` asks for (seconds or a date, RFC 9110 section 10.2.3); null without it. */
export function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - nowMs;
  return Number.isFinite(wait) ? Math.min(longestWaitMs, Math.max(0, wait)) : null;
}

/** The error that a status stands for; null for one that is none. `hasToken`: the request carried the person's token. */
export function hubError(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  { host, repository = '', what }: AskedOfHub,
  { hasToken, nowMs }: { readonly hasToken: boolean; readonly nowMs: number },
): AppError | null {
  if (status >= 200 && status < 300) return null;
  if (status === 429 || status >= 500) {
    const details = { host, status, retryAfterMs: retryAfterMs(headers, nowMs) };
    return new AppError('hub/busy', `The hub answered ${status}.`, details);
  }
  const code = headers.get('x-error-code') ?? '';
  if (status === 404 || code === 'RepoNotFound') {
    return new AppError('hub/not-found', 'The hub does not have it.', { host, what });
  }
  if (status === 401 || status === 403) {
    // Without a token the hub answers 401 for what is gated and for what does not exist.
    const isToken = hasToken && code !== 'GatedRepo' && status === 401;
    return isToken
      ? new AppError('hub/wrong-token', 'The hub does not accept the token.', { host })
      : new AppError('hub/gated', 'The repository is gated.', { host, repository });
  }
  return new AppError('hub/unexpected', `The hub answered ${status}.`, { host, status });
}
