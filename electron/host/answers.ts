import type { ServerResponse } from 'node:http';
import type { HostRefusal } from '../guards/host-request.ts';
import { AppError, type AppErrorCode } from '../shared/app-error.ts';

const safeHeaders = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const httpStatusOf: Partial<Record<AppErrorCode, number>> = {
  'app/not-found': 404,
  'file/not-found': 404,
  'file/too-large': 413,
  'disk/full': 507,
  'app/closing': 503,
};

/** Answers with JSON, never to be kept or guessed at by a browser. */
export function answerJson(response: ServerResponse, httpStatus: number, body: unknown): void {
  response.writeHead(httpStatus, { ...safeHeaders, 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** Answers without a body. */
export function answerEmpty(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(204, { ...safeHeaders, ...headers });
  response.end();
}

/** Answers with AppErrorData; a request that was not read to its end loses its connection, so the rest is not awaited. */
export function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const appError = AppError.from(error);
  response.setHeader('Connection', 'close');
  answerJson(response, httpStatusOf[appError.code] ?? 400, appError.toData());
}

const refusalWords: Readonly<Record<HostRefusal, string>> = {
  'foreign-host': 'This host answers only at the address that it printed',
  'foreign-origin': 'Another page may not call this host',
  'missing-origin': 'A call must say from which page it comes',
  'cross-site': 'Another site may not call this host',
  'no-session': 'This browser has no session: open the address that the host printed',
  'unknown-method': 'This host knows no such method',
  'unknown-path': 'There is nothing at this address',
  'too-large': 'This is more than the host takes at once',
  malformed: 'The request could not be understood',
};

/** The error behind a refusal, for the body of the answer. */
export function refusalError(reason: HostRefusal): AppError {
  const code =
    reason === 'too-large' ? 'file/too-large' : reason === 'unknown-path' ? 'app/not-found' : 'app/invalid-input';
  return new AppError(code, refusalWords[reason], { reason });
}
