import { JSONParseError, TypeValidationError } from '@ai-sdk/provider';
import { z } from 'zod';
import { AppError } from '../shared/app-error.ts';
import type { AppErrorCode } from '../shared/app-error.ts';
import type { CertificateFlaw } from '../shared/remote.ts';

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
  /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH)/;
/** What each of them says about the certificate; `other` for the rest. */
const certificateFlaws: Readonly<Record<string, CertificateFlaw>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-host',
  HOSTNAME_MISMATCH: 'other-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
};
/** OpenSSL's for an answer that is no TLS, and for versions of it that both ends do not share (TLS 1.0 and 1.1 here). */
const noTlsCode = /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|BAD_RECORD_TYPE)$/;
const oldTlsCode = /^ERR_SSL_(?:TLSV1_ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE)$/;
/** How servers of https answer plain http: nginx, Go, Apache. */
const tlsWanted =
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL/i;

/** Codes of a connection that was never there, or spoke no TLS: nothing can have been read at the other end. */
const unconnectedCode =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|EPROTO|ERR_SSL_\w+)$/;

/** How vendors say that a prompt does not fit. */
const tooLong =
  /context_length_exceeded|maximum context length|prompt is too long|too many tokens|exceeds? the (?:available )?(?:context|maximum)|input token count|request_too_large|string_above_max_length/i;
const wrongKey = /invalid_api_key|api_key_invalid|api key not valid|authentication_error/i;
const noCredit = /insufficient_quota|credit balance|billing_hard_limit|exceeded your current quota/i;
const unknownModel = /model_not_found|not_found_error|does not exist|no such model|invalid_model|is not found/i;
const busy = /overloaded|rate_limit|too_many_requests|unavailable|server_error/i;
const refusal = /content_filter|content_policy|content management policy|safety/i;

/** Google says in the body how long to wait, as a duration such as `13.5s`. */
const retryDelay = /"retryDelay":\s*"(\d{1,6}(?:\.\d{1,9})?)s"/;

/** Milliseconds that `Retry-After` asks for (seconds or a date, RFC 9110 section 10.2.3), or the body; null without it. */
function retryAfterMs(headers: Headers, said: string, nowMs: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? retryDelay.exec(said)?.[1] ?? '';
  if (value === '') return null;
  const wait = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - nowMs;
  return Number.isFinite(wait) ? Math.min(longestWaitMs, Math.max(0, Math.ceil(wait))) : null;
}

/** A gateway gave up waiting: what stands behind it may have answered, and may bill it. */
const mayHaveRun = (status: number): boolean => [408, 502, 504, 520, 522, 524].includes(status);

const isFailing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function codeOf(status: number, said: string, hasKey: boolean): AppErrorCode {
  // Google says the same of spent credit and of a busy minute; only for the latter it names a time.
  if (status === 429 && retryDelay.test(said)) return 'provider/busy';
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
 * words that tell two errors apart, and never shown. `mayBeBilled` is false but for gateways: vendors bill answers, not
 * refusals to begin one.
 */
export function remoteStatusError(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  said: string,
  { host, modelName, hasKey, nowMs }: RemoteErrorContext,
): AppError {
  const code = codeOf(status, said, hasKey);
  const wait = code === 'provider/busy' ? { retryAfterMs: retryAfterMs(headers, said, nowMs) } : {};
  return new AppError(code, `The remote answered ${status}.`, {
    host,
    status,
    modelName,
    mayBeBilled: mayHaveRun(status),
    ...(tlsWanted.test(said) ? { tls: 'wanted' } : {}),
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

/** Errors of the policy do not know about bills. */
function withBilling(error: AppError, mayBeBilled: boolean): AppError {
  if ('mayBeBilled' in error.details) return error;
  return new AppError(error.code, error.message, { ...error.details, mayBeBilled }, { cause: error.cause });
}

/** `tls` says why two ends that both are there could not agree to speak. */
function tlsProblem(codes: readonly string[]): { readonly tls?: 'missing' | 'old' } {
  if (codes.some((code) => noTlsCode.test(code))) return { tls: 'missing' };
  return codes.some((code) => oldTlsCode.test(code)) ? { tls: 'old' } : {};
}

/** What a request that got no answer failed of. Errors of the policy and of the keychain stay what they are. */
export function remoteConnectionError(error: unknown, { host, modelName }: RemoteErrorContext): AppError {
  const found = appErrorIn(error);
  if (found !== null && found.code !== 'egress/failed') return withBilling(found, false);
  const codes = causesOf(error).map(codeIn);
  const certificate = codes.find((code) => certificateCode.test(code));
  if (certificate !== undefined) {
    const details = { host, modelName, mayBeBilled: false, flaw: certificateFlaws[certificate] ?? 'other' };
    return new AppError('provider/bad-certificate', 'The certificate of the remote is not trusted.', details);
  }
  const mayBeBilled = !codes.some((code) => unconnectedCode.test(code));
  const details = { host, modelName, mayBeBilled, ...tlsProblem(codes) };
  return new AppError('provider/unreachable', 'The remote could not be reached.', details);
}

const textFields = z
  .object({ message: z.string(), type: z.string(), code: z.union([z.string(), z.number()]), status: z.string() })
  .partial();
/** An event that is an error, or, as Mistral's, one that says so of itself. */
const errorEvent = z.union([
  z.object({ error: z.union([z.string(), textFields]) }).transform(({ error }) => error),
  textFields.extend({ object: z.literal('error') }),
]);

/** What a vendor's error in the middle of a stream says, as far as it is searched for words. */
function saidIn(error: unknown): string {
  // An event that the SDK does not know: nothing in it but an error of the vendor's counts as said.
  if (TypeValidationError.isInstance(error)) {
    const event = errorEvent.safeParse(error.value);
    return event.success ? saidIn(event.data) : '';
  }
  if (JSONParseError.isInstance(error)) return '';
  if (error instanceof Error) return `${error.name} ${error.message}`;
  if (typeof error === 'string') return error;
  const fields = textFields.safeParse(error);
  return fields.success ? Object.values(fields.data).join(' ') : '';
}

/** What an answer that had begun failed of. `hasText`: some of it was shown. */
export function remoteStreamError(error: unknown, hasText: boolean, context: RemoteErrorContext): AppError {
  const found = appErrorIn(error);
  const isFinal = found !== null && found.code !== 'egress/failed';
  if (isFinal && !(hasText && found.code === 'provider/unexpected')) return withBilling(found, true);
  const { host, modelName } = context;
  const said = saidIn(error).slice(0, 4_096);
  const isCut = hasText || found !== null || /without a finish reason/i.test(said);
  const code = isCut ? 'provider/cut' : codeOfSaid(said);
  return new AppError(code, 'The answer of the remote failed.', { host, modelName, mayBeBilled: true });
}

function codeOfSaid(said: string): AppErrorCode {
  if (tooLong.test(said)) return 'provider/too-long';
  if (noCredit.test(said)) return 'provider/no-credit';
  if (busy.test(said)) return 'provider/busy';
  return refusal.test(said) ? 'provider/refused' : 'provider/unexpected';
}
