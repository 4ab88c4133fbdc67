import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../shared/app-error.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createEgress } from './create-egress.ts';
import type { EgressRequest } from './egress.ts';
import { createSettingsEgressPolicy } from './settings-egress-policy.ts';

// No test reaches the internet: the server is on this machine, and the connection says that its other end is elsewhere.
let toldAddress = '127.0.0.1';
function tellAddress(message: unknown): void {
  if (message instanceof Object && 'socket' in message && message.socket instanceof Socket) {
    Object.defineProperty(message.socket, 'remoteAddress', { get: () => toldAddress });
  }
}

let received = 0;
let server: ReturnType<typeof createServer>;
let entries: Map<string, LedgerEntry>;
beforeEach(async () => {
  subscribe('net.client.socket', tellAddress);
  received = 0;
  entries = new Map();
  server = createServer((_, response) => response.end('yes'));
  server.on('connection', (socket: Socket) => socket.on('data', (data) => (received += data.byteLength)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  unsubscribe('net.client.socket', tellAddress);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Asks the server by a name, as an own server is asked. */
async function ask(change: Partial<EgressRequest> = {}): Promise<string> {
  // A TCP server that listens has an address of this shape.
  const url = `http://localhost:${(server.address() as AddressInfo).port}/v1/chat`;
  const settings = { isOffline: false, allowedPurposes: ['provider'], cloudMode: 'ask' } as const;
  const policy = createSettingsEgressPolicy(
    async () => settings,
    async () => [{ baseUrl: url, zone: 'own-server' }],
  );
  const ledger = {
    insert: async (entry: LedgerEntry) => void entries.set(entry.id, entry),
    update: async (id: LedgerEntry['id'], part: Partial<LedgerEntry>) =>
      void entries.set(id, { ...entries.get(id)!, ...part }),
  };
  const egress = createEgress({ policy, ledger, clock: createFakeClock(1_000) });
  const content = { zone: 'own-server', isLocalOnly: true, conversationId: null } as const;
  const request: EgressRequest = {
    url: `${url}/completions`,
    purpose: 'provider',
    askedBy: 'cloud',
    method: 'POST',
    body: 'for the room next door',
    headers: { authorization: 'Bearer secret' },
    content,
    ...change,
  };
  const response = await egress.fetch(request, new AbortController().signal);
  return await response.text();
}

describe('an own server that is asked by its name', () => {
  it.each(['127.0.0.1', '10.1.2.3', '100.101.102.103', '::1', 'fd12::1', 'fe80::1%eth0', '::ffff:192.168.1.20'])(
    'is told what it is asked when the name leads to %s',
    async (address) => {
      toldAddress = address;
      expect(await ask()).toBe('yes');
    },
  );

  // Catches a question and a key in plain text on the internet, because a name has moved since it was typed.
  it.each(['203.0.113.7', '8.8.8.8', '2001:db8::1', '::ffff:203.0.113.7'])(
    'gets not a byte when the name leads to %s, and the ledger says so',
    async (address) => {
      toldAddress = address;
      const failure = await ask().catch((error: unknown) => AppError.from(error));
      expect(failure).toMatchObject({ code: 'egress/left-network', details: { purpose: 'provider' } });
      expect(received).toBe(0);
      expect([...entries.values()]).toMatchObject([{ outcome: 'refused', bytesSent: 0, bytesReceived: 0 }]);
    },
  );

  it('is looked at again for each connection', async () => {
    toldAddress = '192.168.1.20';
    expect(await ask()).toBe('yes');
    server.closeAllConnections();
    toldAddress = '203.0.113.7';
    received = 0;
    await expect(ask()).rejects.toMatchObject({ code: 'egress/left-network' });
    expect(received).toBe(0);
  });
});
