import { AppError } from '../shared/app-error.ts';
import type { AppErrorCode } from '../shared/app-error.ts';

/** What an error of a remote is told with. */
export type RemoteErrorContext = {
  readonly host: string;
  readonly modelName: string;
  readonly hasKey: boolean;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
};

/** The longest wait that a remote may ask for, in milliseconds: ten minutes. */
const longestWaitMs = 600_000;

/** Codes of OpenSSL and Node for a certificate that does not fit, has expired, or was signed by nobody who is known. */
const certificateCode =
  /^(?:CERT_|ERR_TLS_CERT|ERR_SSL|EPROTO$|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH)/;
/** Codes of a connection that was never there: nothing can have been read at the other end. */
const unconnectedCode =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/;

/** How vendors say that a prompt does not fit. */
const tooLong =
  /context_length_exceeded|maximum context length|prompt is too long|too many tokens|exceeds? the (?:available )?(?:context|maximum)|input token count|request_too_large|string_above_max_length/i;
const wrongKey = /invalid_api_key|api_key_invalid|api key not valid|authentication_error/i;
const noCredit = /insufficient_quota|credit balance|billing_hard_limit|exceeded your current quota/i;
const unknownModel = /model_not_found|not_found_error|does not exist|no such model|invalid_model|is not found/i;
const busy = /overloaded|rate_limit|too_many_requests|unavailable|server_error/i;
const refusal = /content_filter|content_policy|content management policy|safety/i;

/** Milliseconds that `Retry-After` asks for (seconds or a date, RFC 9110 section 10.2.3); null without it. */
function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (value === '') return null;
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - nowMs;
  return Number.isFinite(wait) ? Math.min(longestWaitMs, Math.max(0, wait)) : null;
}

const isFailing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function codeOf(status: number, said: string, hasKey: boolean): AppErrorCode {
  if (status === 402 || noCredit.test(said)) return 'provider/no-credit';
  if (status === 401 || status === 403 || (status === 400 && wrongKey.test(said))) {
    return hasKey ? 'provider/wrong-key' : 'provider/no-key';
  }
  if (status === 413 || (status < 500 && tooLong.test(said))) return 'provider/too-long';
  if (isFailing(status)) return 'provider/busy';
  if (status === 404 || (status === 400 && unknownModel.test(said))) return 'provider/unknown-model';
  return status === 400 && refusal.test(said) ? 'provider/refused' : 'provider/unexpected';
}

/**
 * The error that a status stands for. `said` is the beginning of what the remote wrote about it: it is only searched for
 * words that tell two errors apart, and never shown. `mayBeBilled` is false: vendors bill answers, not refusals to begin one.
 */
export function remoteStatusError(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  said: string,
  { host, modelName, hasKey, nowMs }: RemoteErrorContext,
): AppError {
  const code = codeOf(status, said, hasKey);
  const wait = code === 'provider/busy' ? { retryAfterMs: retryAfterMs(headers, nowMs) } : {};
  return new AppError(code, `The remote answered ${status}.`, {
    host,
    status,
    modelName,
    mayBeBilled: false,
    ...wait,
  });
}

/** Causes below an error, itself first; a circle ends. */
function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 8; cause = cause.cause) causes.push(cause);
  return causes;
}

const codeIn = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** The AppError that lies in an error or below it; null without one. The SDK wraps what its `fetch` throws. */
export function appErrorIn(error: unknown): AppError | null {
  return causesOf(error).find((cause) => AppError.isInstance(cause)) ?? null;
}

/** What a request that got no answer failed of. Errors of the policy and of the keychain stay what they are. */
export function remoteConnectionError(error: unknown, { host, modelName }: RemoteErrorContext): AppError {
  const found = appErrorIn(error);
  if (found !== null && found.code !== 'egress/failed') return found;
  const codes = causesOf(error).map(codeIn);
  if (codes.some((code) => certificateCode.test(code))) {
    const details = { host, modelName, mayBeBilled: false };
    return new AppError('provider/bad-certificate', 'The certificate of the remote is not trusted.', details);
  }
  const mayBeBilled = !codes.some((code) => unconnectedCode.test(code));
  return new AppError('provider/unreachable', 'The remote could not be reached.', { host, modelName, mayBeBilled });
}

/** What a vendor's error in the middle of a stream says, as far as it is searched for words. */
function saidIn(error: unknown): string {
  if (error instanceof Error) return `${error.name} ${error.message}`;
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, type, code } = error as { readonly [name: string]: unknown }; // Any object may be asked for any field.
  return [message, type, code].filter((field) => typeof field === 'string').join(' ');
}

/** What an answer that had begun failed of. `hasText`: some of it was shown. */
export function remoteStreamError(error: unknown, hasText: boolean, context: RemoteErrorContext): AppError {
  const found = appErrorIn(error);
  if (found !== null && found.code !== 'egress/failed') return found;
  const { host, modelName } = context;
  const said = saidIn(error).slice(0, 4_096);
  const isCut = hasText || found !== null || /without a finish reason/i.test(said);
  const inStream: AppErrorCode = tooLong.test(said)
    ? 'provider/too-long'
    : busy.test(said)
      ? 'provider/busy'
      : refusal.test(said)
        ? 'provider/refused'
        : 'provider/unexpected';
  const code = isCut ? 'provider/cut' : inStream;
  return new AppError(code, 'The answer of the remote failed.', { host, modelName, mayBeBilled: true });
}
