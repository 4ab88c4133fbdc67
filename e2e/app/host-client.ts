import { request } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { AppClient } from '../../electron/app/app-client.ts';
import { ticketedFileSchema, type TicketedFile } from '../../renderer/api/ticketed-file.ts';

/** The contract over the host's WebSocket, as a page has it. */
export type HostClient = {
  readonly client: AppClient;
  /** Hands a file over, as dropping it on the page does. */
  upload(name: string, text: string): Promise<TicketedFile>;
  /** Resolves when the line is gone and everything that came through it was heard. */
  readonly closed: Promise<void>;
  close(): void;
};

type Answer = { readonly cookie: string; readonly body: string };

async function post(url: URL, path: string, body: string, cookie?: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const headers = { origin: url.origin, ...(cookie === undefined ? {} : { cookie }) };
  const posting = request(new URL(path, url), { method: 'POST', headers, agent: false }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    response.once('error', reject);
    response.once('end', () => {
      const [setCookie = ''] = response.headers['set-cookie'] ?? [];
      if ((response.statusCode ?? 500) < 300) resolve({ cookie: setCookie.split(';')[0] ?? '', body: text });
      else reject(new Error(`${path} was answered with ${String(response.statusCode)}: ${text}`));
    });
  });
  posting.once('error', reject);
  posting.end(body);
  return await promise;
}

/** Enters by the address that the host printed. Rejects when nobody answers. */
export async function connectHost(address: string): Promise<HostClient> {
  const url = new URL(address);
  const token = new URLSearchParams(url.hash.slice(1)).get('token');
  const { cookie } = await post(url, '/session', JSON.stringify({ token }));
  const socket = new WebSocket(`ws://${url.host}/api`, { headers: { origin: url.origin, cookie } });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  socket.once('open', () => resolve(undefined));
  socket.on('error', reject);
  await promise;
  const upload = async (name: string, text: string): Promise<TicketedFile> => {
    const { body } = await post(url, `/files?name=${encodeURIComponent(name)}`, text, cookie);
    return ticketedFileSchema.parse(JSON.parse(body));
  };
  // The package wants a browser's WebSocket; this one has its members.
  const websocket = socket as unknown as globalThis.WebSocket;
  return {
    client: createORPCClient(new RPCLink({ websocket })),
    upload,
    closed,
    close: () => socket.terminate(),
  };
}
