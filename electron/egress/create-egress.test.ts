import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { EgressPurpose, LedgerEntry } from '../shared/ledger-entry.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createEgress } from './create-egress.ts';
import type { EgressLedger, EgressRequest } from './egress.ts';
import { createSettingsEgressPolicy } from './settings-egress-policy.ts';
import { eventually } from '../testing/eventually.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server on this machine; resolves to its origin. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this shape.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A ledger that remembers, as the one in the database does. */
function createLedger() {
  const entries = new Map<string, LedgerEntry>();
  const ledger: EgressLedger = {
    insert: async (entry) => void entries.set(entry.id, entry),
    update: async (id, change) => void entries.set(id, { ...entries.get(id)!, ...change }),
  };
  return { ledger, list: () => [...entries.values()] };
}

type OpenOptions = { readonly isOffline?: boolean; readonly allowedPurposes?: readonly EgressPurpose[] };

function open({ isOffline = false, allowedPurposes = ['model-download'] }: OpenOptions = {}) {
  const { ledger, list } = createLedger();
  const policy = createSettingsEgressPolicy(async () => ({ isOffline, allowedPurposes }));
  const egress = createEgress({ policy, ledger, clock: createFakeClock(1_000) });
  return { egress, list };
}

const never = new AbortController().signal;
const ask = (url: string, more: Partial<EgressRequest> = {}): EgressRequest => ({
  url,
  purpose: 'model-download',
  askedBy: 'models',
  ...more,
});

describe('createEgress', () => {
  it('has the request in the ledger while it is under way, and its bytes when it is over', async () => {
    const { egress, list } = open();
    const seen: { outcomes: string[]; headers: unknown; body: string } = { outcomes: [], headers: {}, body: '' };
    const origin = await serve((request, response) => {
      seen.outcomes = list().map(({ outcome }) => outcome);
      seen.headers = request.headers;
      request.on('data', (chunk: Buffer) => (seen.body += chunk.toString()));
      request.on('end', () => response.end('é'.repeat(1_000)));
    });
    const more = { method: 'POST', headers: { 'x-a': 'bc' }, body: 'häh' } as const;
    const response = await egress.fetch(ask(`${origin}/p?q=1`, more), never);
    expect(await response.text()).toBe('é'.repeat(1_000));
    expect(seen).toMatchObject({ outcomes: ['pending'], body: 'häh', headers: { 'x-a': 'bc' } });
    const host = new URL(origin).host;
    const bytesSent = 'POST'.length + '/p?q=1'.length + 'x-abc'.length + Buffer.byteLength('häh');
    expect(list()).toMatchObject([
      {
        at: 1_000,
        host,
        purpose: 'model-download',
        askedBy: 'models',
        outcome: 'completed',
        bytesSent,
        bytesReceived: 2_000,
      },
    ]);
  });

  it('hands on a response that says no, and one without a body', async () => {
    const { egress, list } = open();
    const origin = await serve((request, response) => response.writeHead(request.url === '/204' ? 204 : 404).end());
    expect((await egress.fetch(ask(`${origin}/204`), never)).status).toBe(204);
    const missing = await egress.fetch(ask(`${origin}/x`), never);
    expect([missing.status, missing.ok, await missing.text()]).toEqual([404, false, '']);
    expect((await egress.fetch(ask(origin, { method: 'HEAD' }), never)).status).toBe(404);
    expect(list().map(({ outcome }) => outcome)).toEqual(['completed', 'completed', 'completed']);
  });

  it('lets nothing out while the offline lock is on, and writes down the attempt', async () => {
    const { egress, list } = open({ isOffline: true });
    let requests = 0;
    const origin = await serve((_, response) => {
      requests += 1;
      response.end();
    });
    await expect(egress.fetch(ask(origin), never)).rejects.toMatchObject({ code: 'egress/offline' });
    expect(requests).toBe(0);
    expect(list()).toMatchObject([{ outcome: 'refused', host: new URL(origin).host, bytesSent: 0 }]);
  });

  it.each([
    'http://example.org/',
    'http://127.0.0.1.example.org/',
    'http://[::2]/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'https://name:word@example.org/',
    'no address',
  ])('refuses %j before it leaves', async (url) => {
    const { egress, list } = open();
    await expect(egress.fetch(ask(url), never)).rejects.toMatchObject({ code: 'egress/not-allowed' });
    expect(list()).toMatchObject([{ outcome: 'refused' }]);
  });

  it('follows a redirect within the origin, and not one that leads elsewhere', async () => {
    const { egress, list } = open();
    let visits = 0;
    const elsewhere = await serve((_, response) => {
      visits += 1;
      response.end('elsewhere');
    });
    const origin = await serve((request, response) => {
      const target: string | undefined = { '/a': '/b', '/out': `${elsewhere}/x`, '/loop': '/loop' }[request.url ?? ''];
      if (target) response.writeHead(302, { location: target }).end('moved');
      else response.end(request.url);
    });
    const response = await egress.fetch(ask(`${origin}/a`), never);
    expect(await response.text()).toBe('/b');
    await expect(egress.fetch(ask(`${origin}/out`), never)).rejects.toMatchObject({
      code: 'egress/not-allowed',
      details: { redirectedTo: `${elsewhere}/x` },
    });
    await expect(egress.fetch(ask(`${origin}/loop`), never)).rejects.toMatchObject({ code: 'egress/failed' });
    const post = ask(`${origin}/a`, { method: 'POST', body: 'secret' });
    await expect(egress.fetch(post, never)).rejects.toMatchObject({ code: 'egress/not-allowed' });
    expect(visits).toBe(0);
    const [first, out, refused] = list();
    expect(first).toMatchObject({ outcome: 'completed', bytesReceived: 2 });
    expect(out).toMatchObject({ outcome: 'completed', host: new URL(origin).host });
    expect(refused).toMatchObject({ outcome: 'refused', host: new URL(elsewhere).host, bytesSent: 0 });
  });

  // A token that reaches the store of a hub could be used by whoever runs the store.
  it('follows a redirect to a host that was named, without the token, and each host has its entry', async () => {
    const { egress, list } = open();
    let seen: string | undefined = 'nothing came';
    const store = await serve((request, response) => {
      seen = request.headers.authorization;
      response.end('stored');
    });
    const origin = await serve((_, response) => response.writeHead(302, { location: `${store}/x` }).end());
    const headers = { Authorization: 'Bearer secret' };
    const response = await egress.fetch(ask(origin, { headers, redirectHosts: ['127.0.0.1'] }), never);
    expect(await response.text()).toBe('stored');
    expect(seen).toBeUndefined();
    const hosts = [origin, store].map((address) => new URL(address).host);
    expect(list().map(({ host, outcome }) => [host, outcome])).toEqual(hosts.map((host) => [host, 'completed']));
    expect(list()[1]).toMatchObject({ bytesReceived: 6 });
  });

  it.each([
    'http://example.org/x',
    'https://192.168.0.1/x',
    'https://10.1.2.3/x',
    'https://169.254.169.254/latest/meta-data',
    'https://[fd00::1]/x',
    'https://example.org.evil.net/x',
    'https://notexample.org/x',
    'ftp://example.org/x',
    'https://name:word@example.org/x',
  ])('does not follow a redirect to %j, whatever hosts are named', async (location) => {
    const { egress, list } = open();
    const origin = await serve((_, response) => response.writeHead(302, { location }).end());
    const redirectHosts = ['example.org', '192.168.0.1', '10.1.2.3', '169.254.169.254', '[fd00::1]'];
    await expect(egress.fetch(ask(origin, { redirectHosts }), never)).rejects.toMatchObject({
      code: 'egress/not-allowed',
    });
    expect(list().at(-1)).toMatchObject({ outcome: 'refused', bytesSent: 0 });
  });

  it('lets nothing out that the person has not allowed', async () => {
    const { egress, list } = open({ allowedPurposes: ['model-search'] });
    const origin = await serve((_, response) => response.end());
    await expect(egress.fetch(ask(origin), never)).rejects.toMatchObject({ code: 'egress/purpose-not-allowed' });
    const allowed = await egress.fetch(ask(origin, { purpose: 'model-search' }), never);
    expect(await allowed.text()).toBe('');
    expect(list().map(({ outcome }) => outcome)).toEqual(['refused', 'completed']);
  });

  it('throws egress/failed when nobody answers', async () => {
    const { egress, list } = open();
    const origin = await serve((request) => request.socket.destroy());
    await expect(egress.fetch(ask(origin), never)).rejects.toMatchObject({ code: 'egress/failed' });
    expect(list()).toMatchObject([{ outcome: 'failed' }]);
  });

  // A download that ends early must not look like one that is complete.
  it('fails the body of a response that is cut short', async () => {
    const { egress, list } = open();
    const origin = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('x'.repeat(400), () => request.socket.destroy());
    });
    const response = await egress.fetch(ask(origin), never);
    await expect(response.text()).rejects.toMatchObject({ code: 'egress/failed' });
    expect(list()).toMatchObject([{ outcome: 'failed' }]);
  });

  it('ends a slow answer with the reason of the signal, before its head and in its body', async () => {
    const { egress, list } = open();
    const origin = await serve((request, response) => {
      if (request.url === '/body') response.writeHead(200).write('first');
    });
    const reason = new Error('enough');
    const early = new AbortController();
    const waiting = egress.fetch(ask(`${origin}/silent`), early.signal);
    await eventually(() => expect(list()).toHaveLength(1));
    early.abort(reason);
    await expect(waiting).rejects.toBe(reason);

    const late = new AbortController();
    const response = await egress.fetch(ask(`${origin}/body`), late.signal);
    const reader = response.body!.getReader();
    expect((await reader.read()).value).toHaveLength(5);
    late.abort(reason);
    await expect(reader.read()).rejects.toBe(reason);
    expect(list()).toMatchObject([{ outcome: 'cancelled' }, { outcome: 'cancelled', bytesReceived: 5 }]);
    await expect(egress.fetch(ask(origin), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(list()).toHaveLength(2);
  });

  it('streams a big answer as it is read, and stops the server when the reader leaves', async () => {
    const { egress, list } = open();
    const piece = Buffer.alloc(64 * 1024, 1);
    let isClosed = false;
    const origin = await serve((_, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', pour).on('close', () => (isClosed = true));
      pour();
    });
    const response = await egress.fetch(ask(origin), never);
    let received = 0;
    for await (const bytes of response.body!) {
      received += bytes.byteLength;
      if (received > 20 * 1024 * 1024) break;
    }
    await eventually(() => expect(isClosed).toBe(true));
    expect(list()).toMatchObject([{ outcome: 'cancelled', bytesReceived: received }]);
  });

  // The end of a read that nobody waits for any more must not turn a download that was stopped into one that is complete.
  it('calls a body cancelled that is left while its next piece is on the way', async () => {
    const { egress, list } = open();
    const origin = await serve((_, response) => void response.writeHead(200).write('first'));
    const reader = (await egress.fetch(ask(origin), never)).body!.getReader();
    await reader.read();
    const waiting = reader.read();
    await reader.cancel();
    await waiting;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(list()).toMatchObject([{ outcome: 'cancelled', bytesReceived: 5 }]);
  });

  it('sends nothing when the ledger cannot be written', async () => {
    let requests = 0;
    const origin = await serve((_, response) => {
      requests += 1;
      response.end();
    });
    const full = new Error('ledger');
    const ledger: EgressLedger = { insert: () => Promise.reject(full), update: () => Promise.reject(full) };
    const policy = createSettingsEgressPolicy(async () => ({ isOffline: false, allowedPurposes: ['model-download'] }));
    const egress = createEgress({ policy, ledger, clock: createFakeClock() });
    await expect(egress.fetch(ask(origin), never)).rejects.toBe(full);
    expect(requests).toBe(0);
  });
});
