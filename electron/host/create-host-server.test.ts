import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { AppClient } from '../app/app-client.ts';
import type { App } from '../app/app.ts';
import { nodeDoorOptions } from '../app/door-options.ts';
import { openApp } from '../app/open-app.ts';
import { findProductFiles } from '../app/product-files.ts';
import { fileTicketSchema } from '../shared/ids.ts';
import { buildPdf } from '../testing/build-pdf.ts';
import { createHostServer, type HostServer } from './create-host-server.ts';

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
type Call = { method?: string; path?: string; headers?: Record<string, string>; body?: string };

const fileSchema = z.object({ ticket: fileTicketSchema });
const uploadLimitBytes = 10_000;
let folder: string;
let app: App;
let host: HostServer;
let cookie: string;
let nowMs = 0;

const origin = (): string => `http://127.0.0.1:${host.port}`;
const token = (): string => new URL(host.url).hash.replace('#token=', '');

/** A request as it goes over the wire: no client that tidies up paths or headers. */
async function call({ method = 'GET', path = '/', headers = {}, body }: Call): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = httpRequest(
    { host: '127.0.0.1', port: host.port, method, path, headers, agent: false },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    },
  );
  request.on('error', reject);
  request.end(body);
  return await promise;
}

const openSession = async (value: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  await call({
    method: 'POST',
    path: '/session',
    headers: { origin: origin(), ...headers },
    body: JSON.stringify(value),
  });

/** A socket that the host takes for its page. */
async function openPage(): Promise<WebSocket> {
  const socket = await openSocket({ origin: origin(), cookie });
  if (typeof socket === 'number') throw new Error(`Refused with ${socket}`);
  return socket;
}

/** The calls of the page over this socket. */
function clientOf(socket: WebSocket): AppClient {
  // ws's WebSocket has what the link uses of the browser's.
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}

/** The HTTP status with which a WebSocket was refused, or the open socket. */
async function openSocket(headers: Record<string, string>, path = '/api'): Promise<number | WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
  const { promise, resolve } = Promise.withResolvers<number | WebSocket>();
  socket.on('open', () => resolve(socket));
  socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  socket.on('error', () => undefined);
  return await promise;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-host-'));
  const pageFolder = join(folder, 'page');
  await mkdir(join(pageFolder, 'assets'), { recursive: true });
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Sotto</title>');
  await writeFile(join(pageFolder, 'assets', 'index-1.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  const options = nodeDoorOptions('browser', findProductFiles(), { dataFolder: join(folder, 'data') });
  const opened = await openApp(options);
  if (opened.status === 'taken') throw new Error('The folder is new');
  app = opened.app;
  await app.whenSettled();
  const context = app.context({ canNamePaths: false });
  const { logger } = options.platform;
  host = await createHostServer({ context, logger, pageFolder, port: 0, uploadLimitBytes, nowMs: () => nowMs });
});
afterAll(async () => {
  await host.close();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

describe('host', { timeout: 30_000 }, () => {
  it('refuses a wrong token', async () => {
    expect((await openSession({ token: 'x'.repeat(43) })).status).toBe(403);
    expect((await openSession({})).status).toBe(403);
    expect((await openSession('nonsense')).status).toBe(403);
  });

  it('exchanges its token for a cookie that scripts and other sites cannot use', async () => {
    const answer = await openSession({ token: token() });
    expect(answer.status).toBe(204);
    const [setCookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    cookie = setCookie.split(';')[0] ?? '';
    expect(cookie).not.toContain(token());
  });

  it('refuses a used token', async () => {
    expect((await openSession({ token: token() })).status).toBe(403);
  });

  it('lets a browser with a session open its old address again', async () => {
    const answer = await openSession({ token: token() }, { cookie });
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('serves the page with a policy that lets nothing else in', async () => {
    const page = await call({});
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Sotto</title>' });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect((await call({ path: '/assets/index-1.js' })).headers['cache-control']).toContain('immutable');
    expect((await call({ path: '/documents' })).body).toContain('<title>Sotto</title>');
    expect(await call({ method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/.env',
    '/assets/missing.js',
  ])('finds nothing at %s', async (path) => {
    const answer = await call({ path });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  it.each([
    ['a foreign Host', { headers: { host: 'evil.example' } }, 421],
    ['a Host on another port', { headers: { host: '127.0.0.1:1' } }, 421],
    ['a foreign Origin', { method: 'POST', path: '/session', headers: { origin: 'https://evil.example' } }, 403],
    ['a request of another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a missing Origin on POST', { method: 'POST', path: '/session' }, 403],
    ['another method', { method: 'DELETE' }, 405],
    ['a preflight', { method: 'OPTIONS', path: '/files' }, 405],
  ] satisfies [string, Call, number][])('refuses %s', async (_name, request, status) => {
    const answer = await call(request);
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    // The page shows these, so they have the shape of every other error.
    expect(JSON.parse(answer.body)).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  it('refuses a post to where there is nothing', async () => {
    const answer = await call({ method: 'POST', path: '/api', headers: { origin: origin(), cookie } });
    expect(answer.status).toBe(404);
  });

  it('takes an upload and hands back a ticket, never a path', async () => {
    const headers = { origin: origin(), cookie };
    const answer = await call({ method: 'POST', path: '/files?name=..%2FNotes%20%C3%BC.txt', headers, body: 'Hello' });
    expect(answer.status).toBe(200);
    const file = JSON.parse(answer.body) as { ticket: string; name: string; sizeBytes: number };
    expect(Object.keys(file).sort()).toEqual(['name', 'sizeBytes', 'ticket']);
    expect(file).toMatchObject({ name: 'Notes ü.txt', sizeBytes: 5 });
  });

  it('refuses an upload without a session', async () => {
    const headers = { origin: origin() };
    expect((await call({ method: 'POST', path: '/files?name=a.txt', headers, body: 'x' })).status).toBe(401);
    const forged = { ...headers, cookie: `${cookie.split('=')[0] ?? ''}=${'A'.repeat(43)}` };
    expect((await call({ method: 'POST', path: '/files?name=a.txt', headers: forged, body: 'x' })).status).toBe(401);
  });

  it('refuses an oversized upload that admits its size', async () => {
    const headers = { origin: origin(), cookie };
    const answer = await call({
      method: 'POST',
      path: '/files?name=a.txt',
      headers,
      body: 'x'.repeat(uploadLimitBytes + 1),
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'file/too-large' });
  });

  it('refuses an oversized upload that hides its size', async () => {
    // Catches a limit that believes Content-Length: a chunked body has none.
    const headers = { origin: origin(), cookie, 'transfer-encoding': 'chunked' };
    const answer = await call({
      method: 'POST',
      path: '/files?name=a.txt',
      headers,
      body: 'x'.repeat(uploadLimitBytes + 1),
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'file/too-large' });
  });

  it.each([
    ['no cookie', () => ({ origin: origin() }), 401],
    ['a foreign Origin', () => ({ origin: 'https://evil.example', cookie }), 403],
    ['a missing Origin', () => ({ cookie }), 403],
    ['a foreign Host', () => ({ origin: origin(), cookie, host: 'evil.example' }), 421],
  ] satisfies [string, () => Record<string, string>, number][])(
    'refuses a socket with %s',
    async (_name, headers, status) => {
      expect(await openSocket(headers())).toBe(status);
    },
  );

  it('refuses a socket elsewhere', async () => {
    expect(await openSocket({ origin: origin(), cookie }, '/')).toBe(404);
  });

  it('answers calls over its socket, without the right to name paths', async () => {
    const socket = await openPage();
    const client = clientOf(socket);
    expect(await client.app.describe()).toMatchObject({ door: 'browser' });
    await expect(client.files.ticketForPath({ path: join(folder, 'secret.txt') })).rejects.toMatchObject({
      data: { code: 'app/invalid-input' },
    });
    socket.close();
  });

  // Catches an answer with a file in it, which is bytes on the wire, that arrives as a list of numbers.
  it('answers with the picture of a page', async () => {
    const path = '/files?name=lease.pdf';
    const body = Buffer.from(buildPdf([['The rent is 1,450 euros.']])).toString('latin1');
    const { ticket } = fileSchema.parse(
      JSON.parse((await call({ method: 'POST', path, headers: { origin: origin(), cookie }, body })).body),
    );
    const socket = await openPage();
    const client = clientOf(socket);
    const { id } = await client.documents.add({ ticket });
    const picture = await client.documents.pageImage({ id, page: 1, widthPixels: 64 });
    expect(picture.type).toBe('image/png');
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    socket.close();
  });

  // Bug: what the window's port refuses went through here: keys that reach a prototype, depth without end, other methods.
  it.each(['not json', '{}', '[]', '{"i":1,"p":{"u":"/nowhere"}}', Buffer.from([0, 1, 2])])(
    'ends a socket that says %j, and no other',
    async (message) => {
      const [socket, other] = await Promise.all([openPage(), openPage()]);
      const closed = once(socket, 'close');
      socket.send(message);
      await closed;
      expect(await clientOf(other).app.describe()).toMatchObject({ door: 'browser' });
      other.close();
    },
  );

  it('answers a refused call that somebody waits for', async () => {
    const socket = await openPage();
    const said = once(socket, 'message');
    socket.send('{"i":"1","p":{"u":"/app/describe","b":{"json":{"__proto__":{"isAdmin":true}}}}}');
    const [data] = await said;
    expect(JSON.parse(String(data))).toMatchObject({
      i: '1',
      p: { b: { json: { data: { code: 'app/invalid-input' } } } },
    });
    expect(await clientOf(socket).app.describe()).toMatchObject({ door: 'browser' });
    socket.close();
  });

  // Bug: a page that never stops asking stalled the host for everybody.
  it('answers no more calls than it can, and goes on afterwards', async () => {
    const socket = await openPage();
    const codes: string[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    socket.on('message', (data: Buffer) => {
      codes.push(/"code":"(app\/[a-z-]+)"/.exec(data.toString())?.[1] ?? 'none');
      if (codes.length === 10_050) resolve(undefined);
    });
    for (let call = 0; call < 10_050; call += 1) socket.send(`{"i":"${call}","p":{"u":"/nothing/here"}}`);
    await promise;
    expect(codes.filter((code) => code === 'app/not-found')).toHaveLength(10_000);
    expect(codes.filter((code) => code === 'app/too-busy')).toHaveLength(50);
    nowMs += 1_000;
    expect(await clientOf(socket).app.describe()).toMatchObject({ door: 'browser' });
    socket.close();
  });

  it('listens on the loopback address alone', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const socket = connect({ host: '::1', port: host.port }, () => resolve('connected'));
    socket.on('error', () => resolve('refused'));
    expect(await promise).toBe('refused');
    socket.destroy();
  });

  it('says that a port is taken', async () => {
    const context = app.context({ canNamePaths: false });
    const again = createHostServer({ context, logger: app.platform.logger, pageFolder: folder, port: host.port });
    await expect(again).rejects.toMatchObject({ code: 'app/invalid-input', details: { port: host.port } });
  });
});
