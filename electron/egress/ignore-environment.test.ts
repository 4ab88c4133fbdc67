import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createSelfSignedCertificate } from '../testing/fake-provider/self-signed-certificate.ts';

const program = join(import.meta.dirname, '../testing/egress-victim.ts');
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (server) => await new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this shape.
  return (server.address() as AddressInfo).port;
}

/** What a program says that asks for `urls` with this environment beside the usual. */
async function answersWith(environment: Record<string, string>, urls: readonly string[]): Promise<unknown> {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...urls], { env });
  return JSON.parse(stdout) as unknown;
}

const direct: RequestListener = (_, response) => response.end('direct');

describe('ignoreEnvironment', () => {
  // Catches a proxy that reads along because a shell of a person's names one.
  it.each([
    { NODE_USE_ENV_PROXY: '1' },
    { NODE_USE_ENV_PROXY: '1', no_proxy: 'example.org' },
    { NODE_OPTIONS: '--use-env-proxy' },
  ])('goes past every proxy with %j', async (choice) => {
    let visits = 0;
    const proxy = createServer((_, response) => {
      visits += 1;
      response.end('proxy');
    });
    proxy.on('connection', () => (visits += 1));
    const address = `http://127.0.0.1:${await listen(proxy)}`;
    const server = `http://127.0.0.1:${await listen(createServer(direct))}/`;
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
    const environment = { ...Object.fromEntries(names.map((name) => [name, address])), ...choice };
    expect(await answersWith(environment, [server])).toEqual(['direct']);
    expect(visits).toBe(0);
  });

  // Catches a variable that turns every certificate into a good one, and one that no own server could be trusted by.
  it('takes no certificate that nobody vouches for', async () => {
    const port = await listen(createTlsServer(createSelfSignedCertificate(), direct));
    const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(await answersWith(environment, [`https://127.0.0.1:${port}/`])).toEqual(['egress/failed']);
  });
});
