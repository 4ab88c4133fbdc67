import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEgress } from '../../egress/create-egress.ts';
import { createRemoteProvider } from '../../providers/create-remote-provider.ts';
import { createWords, errorWords } from '../../shared/words.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createCertificate } from '../../testing/fake-provider/self-signed-certificate.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createRemotesService } from './create-remotes-service.ts';

const { signal } = new AbortController();
const known = createCertificate({ isAuthority: true, name: 'Known' });
const unknown = createCertificate({ isAuthority: true, name: 'Unknown' });

// What is wrong with a certificate shows only where its authority is known.
const usual = getCACertificates('default');
beforeAll(() => setDefaultCACertificates([...usual, known.cert]));
afterAll(() => setDefaultCACertificates(usual));

let storage: Storage;
let server: Server | null = null;
let connections = 0;
let requests = 0;
beforeEach(async () => {
  storage = await openTestStorage();
  [connections, requests] = [0, 0];
});
afterEach(async () => {
  await storage.close();
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
});

/** What a test of the server at this address says. */
async function test(listening: Server, scheme: 'http' | 'https' = 'https') {
  server = listening;
  listening.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => void listening.listen(0, '127.0.0.1', resolve));
  const clock = createFakeClock();
  const policy = { decide: async () => ({ isAllowed: true }) as const };
  const remotes = createRemotesService({
    repository: storage.remotes,
    keys: { read: async () => 'very-secret', remove: async (owner) => ({ owner, state: 'missing' }) },
    provider: createRemoteProvider({ egress: createEgress({ policy, ledger: storage.ledger, clock }), clock }),
    usage: { price: async () => null },
    logger: createRecordingLogger(),
  });
  // A TCP server that listens has an address of this shape.
  const { port } = listening.address() as AddressInfo;
  const { id } = await remotes.add({
    kind: 'openai-compatible',
    zone: 'own-server',
    name: 'Own',
    baseUrl: `${scheme}://localhost:${port}/v1`,
    modelName: null,
    policyUrl: null,
  });
  return await remotes.test(id, signal);
}

/** A real server of https that lists one model. */
const tls = (options: ServerOptions): Server =>
  createServer(options, (_, response) => {
    requests += 1;
    response.setHeader('connection', 'close').end('{"data":[{"id":"m"}]}');
  });

describe('a test of a remote over https', () => {
  it('works with a certificate of an authority that is known', async () => {
    const outcome = await test(tls(createCertificate({ issuer: known })));
    expect(outcome).toEqual({ status: 'works', models: 1, movedTo: null });
  });

  // Catches one sentence for all: whoever has to mend it must know what.
  it.each([
    ['expired', createCertificate({ issuer: known, until: '210101' }), /has expired.*renew it/],
    ['other-host', createCertificate({ issuer: known, name: 'other.example' }), /is for another name.*the name/],
    ['self-signed', createCertificate(), /made by the server itself.*Is it your server\?/],
    ['unknown-authority', createCertificate({ issuer: unknown }), /an authority that Sotto does not know.*chain/],
  ] as const)('tells a certificate apart that is %s, and sends nothing', async (flaw, certificate, words) => {
    const outcome = await test(tls(certificate));
    expect(outcome).toEqual({ status: 'bad-certificate', flaw });
    expect([connections, requests]).toEqual([1, 0]);
    const details = { host: 'localhost', flaw };
    expect(errorWords(createWords('en'), { code: 'provider/bad-certificate', details })).toMatch(words);
    const german = errorWords(createWords('de'), { code: 'provider/bad-certificate', details });
    expect(german).toMatch(/^Das Zertifikat von localhost .+, es wurde nichts gesendet\. .+\.$/);
  });

  it('tells an encryption that can be broken, and sends nothing', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    expect(await test(tls({ ...createCertificate({ issuer: known }), ...old }))).toEqual({ status: 'old-tls' });
    expect(requests).toBe(0);
  });

  it('tells a server that speaks no https, and does not ask it without', async () => {
    const plain = createPlainServer((_, response) => {
      requests += 1;
      response.end('{"data":[]}');
    });
    expect(await test(plain)).toEqual({ status: 'no-tls' });
    expect(requests).toBe(0);
  });

  it('tells a server that wants https', async () => {
    const nginx = createPlainServer((_, response) => {
      response.writeHead(400, { connection: 'close' });
      response.end('<html><center>The plain HTTP request was sent to HTTPS port</center></html>');
    });
    expect(await test(nginx, 'http')).toEqual({ status: 'wants-tls' });
  });
});
