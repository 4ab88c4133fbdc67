import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { Services } from '../../electron/api/context.ts';
import type { AccessService } from '../../electron/services/access/access-service.ts';
import { router } from '../../electron/api/router.ts';

import type { Door } from '../../electron/shared/app-status.ts';
import { createId, fileTicketSchema } from '../../electron/shared/ids.ts';
import { description } from './gallery-models.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves the built window under the product's policy, with the real contract over services that only hold a state. */
export async function serveGallery(
  folder: string,
  services: Services,
  access: AccessService,
  door: Door = description.door,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    // A file that is handed over: the ticket is all that the page wants to see.
    if (request.method === 'POST') {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ticket: createId(fileTicketSchema), name: 'file', sizeBytes: 1 }));
      return;
    }
    const path = normalize(new URL(request.url ?? '/', 'http://gallery').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (bytes) => {
        response.writeHead(200, {
          'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': policy,
        });
        response.end(bytes);
      },
      () => {
        response.writeHead(404);
        response.end();
      },
    );
  });
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ server, path: '/api' });
  sockets.on('connection', (socket) => {
    void handler.upgrade(socket, {
      context: {
        services,
        access,
        description: { ...description, door },
        look: async () => {
          const { language, theme } = await services.settings.get();
          return { language, theme };
        },
        canNamePaths: false,
        quickAskWindow: { hide: () => undefined, setHeight: () => undefined },
        openExternal: () => Promise.resolve(),
      },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}
