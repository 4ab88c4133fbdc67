import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import type { ApiContext } from '../api/context.ts';
import { readPageFile } from '../app/page-file.ts';
import { PageLine } from '../app/page-line.ts';
import { decideHostRequest, type HostAction, type HostDecision } from '../guards/host-request.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import { assertNever } from '../shared/assert-never.ts';
import { documentSizeLimitBytes } from '../shared/document.ts';
import { answerEmpty, answerError, answerJson, refusalError } from './answers.ts';
import { HostSessions } from './host-sessions.ts';
import { portOf } from './port-of.ts';

/** Bytes of one call; the longest text that a call may carry, four bytes a character, fits twice. */
const callLimitBytes = 16 * 1024 * 1024;
/** A model file is the largest thing that anybody hands over. */
const defaultUploadLimitBytes = 64 * 1024 * 1024 * 1024;

const tokenSchema = z.object({ token: z.string().max(256) });

/** What the host serves. */
export type HostServerOptions = {
  readonly context: ApiContext;
  readonly logger: Logger;
  /** Absolute folder of the built page. */
  readonly pageFolder: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Largest file that a browser may hand over, in bytes. Default 64 GiB: the documents' own limit comes after. */
  readonly uploadLimitBytes?: number;
  /** Milliseconds of a clock that never goes back, by which pages are kept from asking too much. Default the process's. */
  readonly nowMs?: () => number;
};

/** A listening host. */
export type HostServer = {
  /** With the one-time token in its fragment. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection; resolves when the port is free. */
  close(): Promise<void>;
};

/** Listens on 127.0.0.1 and nowhere else. Throws AppError `app/invalid-input` when the port is not to be had. */
export async function createHostServer(options: HostServerOptions): Promise<HostServer> {
  const server = createServer();
  const port = await listen(server, options.port);
  const host = new Host(options, port);
  server.on('request', (request, response) => host.answer(request, response));
  server.on('upgrade', (request, socket, head) => {
    // A browser that goes away in mid-handshake is nobody's failure.
    socket.on('error', () => undefined);
    const decision = host.decide(request, true);
    if (decision.status === 'refused') {
      socket.end(`HTTP/1.1 ${decision.httpStatus} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    } else host.sockets.handleUpgrade(request, socket, head, (webSocket) => host.serve(webSocket));
  });
  return {
    url: `http://127.0.0.1:${port}/#token=${host.sessions.token}`,
    port,
    close: async () => {
      for (const webSocket of host.sockets.clients) webSocket.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen({ host: '127.0.0.1', port, exclusive: true }, () => resolve(undefined));
  try {
    await promise;
  } catch (error) {
    throw new AppError('app/invalid-input', `Port ${port} cannot be used`, { port }, { cause: error });
  }
  server.off('error', reject);
  // A TCP server's address is always this object.
  return (server.address() as AddressInfo).port;
}

class Host {
  readonly sessions: HostSessions;
  readonly sockets = new WebSocketServer({ noServer: true, maxPayload: callLimitBytes, perMessageDeflate: false });
  readonly #options: HostServerOptions;
  readonly #uploadLimitBytes: number;
  readonly #port: number;

  constructor(options: HostServerOptions, port: number) {
    this.#options = options;
    this.#port = port;
    this.#uploadLimitBytes = options.uploadLimitBytes ?? Math.max(defaultUploadLimitBytes, documentSizeLimitBytes);
    this.sessions = new HostSessions(port);
  }

  decide(request: IncomingMessage, isUpgrade: boolean): HostDecision {
    const { headers, method = '' } = request;
    const secFetchSite = headers['sec-fetch-site'];
    return decideHostRequest(
      {
        method,
        path: pathOf(request),
        isUpgrade,
        host: headers.host,
        origin: headers.origin,
        secFetchSite: Array.isArray(secFetchSite) ? secFetchSite.join() : secFetchSite,
        contentLength: headers['content-length'],
        hasSession: this.sessions.has(headers.cookie),
      },
      { port: this.#port, uploadLimitBytes: this.#uploadLimitBytes },
    );
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => undefined);
    const decision = this.decide(request, false);
    if (decision.status === 'refused') {
      this.#options.logger.warn('host-request-refused', { reason: decision.reason });
      response.setHeader('Connection', 'close');
      return answerJson(response, decision.httpStatus, refusalError(decision.reason).toData());
    }
    this.#perform(decision.action, request, response).catch((error: unknown) => answerError(response, error));
  }

  serve(webSocket: WebSocket): void {
    // The close that follows ends the calls.
    webSocket.on('error', () => undefined);
    const { context, logger, nowMs = () => performance.now() } = this.#options;
    new PageLine({ port: portOf(webSocket), context, logger, nowMs });
  }

  async #perform(action: HostAction, request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (action) {
      case 'page': {
        const file = await readPageFile(this.#options.pageFolder, pathOf(request));
        response.writeHead(file.httpStatus, { ...file.headers, 'Content-Length': file.body.byteLength });
        response.end(request.method === 'HEAD' ? undefined : file.body);
        return;
      }
      case 'open-session':
        return await this.#openSession(request, response);
      case 'upload': {
        const { files } = this.#options.context.services;
        const name = new URL(request.url ?? '/', 'http://host').searchParams.get('name') ?? '';
        answerJson(response, 200, await files.ticketForUpload(name, request, this.#uploadLimitBytes));
        return;
      }
      case 'api':
        throw refusalError('malformed');
      default:
        assertNever(action);
    }
  }

  async #openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = tokenSchema.safeParse(await readJson(request));
    // The page was opened at its old address again; the cookie has taken the token's place.
    if (this.sessions.has(request.headers.cookie)) return answerEmpty(response);
    const cookie = parsed.success ? this.sessions.exchange(parsed.data.token) : null;
    if (cookie !== null) return answerEmpty(response, { 'Set-Cookie': cookie });
    response.setHeader('Connection', 'close');
    answerJson(
      response,
      403,
      new AppError('app/invalid-input', 'This token is wrong or was used', { reason: 'token' }).toData(),
    );
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += String(chunk);
    // The guard saw the declared length; this is the real one.
    if (text.length > 1_024) throw refusalError('too-large');
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The path as it was sent: a URL parser would resolve `..` before the guard sees it. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split(/[?#]/, 1)[0] ?? '';
}
