import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgress } from '../../egress/create-egress.ts';
import type { EgressContent } from '../../egress/egress.ts';
import { createSettingsEgressPolicy } from '../../egress/settings-egress-policy.ts';
import { conversationIdSchema, createId } from '../../shared/ids.ts';
import type { LedgerEntryId } from '../../shared/ids.ts';
import { ledgerQuerySchema } from '../../shared/ledger-query.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildLedgerEntry } from '../../testing/build-ledger-entry.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createSettingsService } from '../settings/create-settings-service.ts';
import { createPrivacyService } from './create-privacy-service.ts';

let storage: Storage;
let server: Server;
let address: string;
const received: string[] = [];
beforeEach(async () => {
  storage = await openTestStorage();
  received.length = 0;
  server = createServer((request, response) => {
    if (request.url === '/v1/elsewhere') return void response.writeHead(307, { location: '/v1/chat' }).end();
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      received.push(text);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this shape.
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await storage.close();
  await new Promise((resolve) => void server.close(resolve));
});

function open() {
  const settings = createSettingsService({
    repository: storage.settings,
    writeEarlySettings: () => Promise.resolve(),
    logger: createRecordingLogger(),
  });
  const privacy = createPrivacyService({ storage, settings });
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 12));
  const remotes = [{ baseUrl: `${address}/v1/`, zone: 'cloud' }] as const;
  const policy = createSettingsEgressPolicy(
    async () => await settings.get(),
    async () => await Promise.resolve(remotes),
  );
  const egress = createEgress({ policy, ledger: storage.ledger, clock });
  const ids: LedgerEntryId[] = [];
  const send = async (content: EgressContent | null, path = '/v1/chat', body = '{"a":1}') => {
    const response = await egress.fetch(
      {
        url: `${address}${path}`,
        purpose: 'provider',
        askedBy: 'chat',
        method: 'POST',
        body,
        onEntry: (id) => ids.push(id),
        ...(content === null ? {} : { content }),
      },
      new AbortController().signal,
    );
    return await response.text();
  };
  return { settings, privacy, clock, egress, send, ids };
}

const free: EgressContent = { zone: 'cloud', isLocalOnly: false, conversationId: null };
const everything = ledgerQuerySchema.parse({});

describe('createPrivacyService', () => {
  it('locks and unlocks the way out, and shows what was refused, newest first', async () => {
    const { privacy, settings, clock, egress } = open();
    const attempt = (port: number) => {
      const request = { url: `http://127.0.0.1:${port}/`, purpose: 'model-search', askedBy: 'models' } as const;
      return egress.fetch(request, new AbortController().signal);
    };
    await expect(attempt(1)).rejects.toMatchObject({ code: 'egress/offline' });
    await clock.advance(1);
    await privacy.setOffline(false);
    await settings.update({ allowedPurposes: ['model-search'] });
    // Nobody listens on this port: allowed is not the same as answered.
    await expect(attempt(2)).rejects.toMatchObject({ code: 'egress/failed' });
    await clock.advance(1);
    await privacy.setOffline(true);
    await expect(attempt(3)).rejects.toMatchObject({ code: 'egress/offline' });

    const { entries } = await privacy.ledger(everything);
    expect(entries.map(({ host, outcome }) => [host, outcome])).toEqual([
      ['127.0.0.1:3', 'refused'],
      ['127.0.0.1:2', 'failed'],
      ['127.0.0.1:1', 'refused'],
    ]);
    expect(await privacy.ledger(ledgerQuerySchema.parse({ limit: 1 }))).toMatchObject({ total: 3 });
  });

  // Each line is a way in which something could have left although the person had not agreed to it.
  it('lets a question to a large model through only as the person agreed', async () => {
    const { settings, send } = open();
    await expect(send(free)).rejects.toMatchObject({ code: 'egress/offline' });
    await settings.update({ isOffline: false });
    await expect(send(free)).rejects.toMatchObject({ code: 'egress/purpose-not-allowed' });
    await settings.update({ allowedPurposes: ['provider'] });
    await expect(send(free)).rejects.toMatchObject({ code: 'egress/mode-off' });
    await expect(send({ ...free, zone: 'own-server' })).rejects.toMatchObject({ code: 'egress/mode-off' });
    await settings.update({ cloudMode: 'auto' });
    await expect(send(null)).rejects.toMatchObject({ code: 'egress/not-allowed' });
    await expect(send({ ...free, isLocalOnly: true })).rejects.toMatchObject({ code: 'egress/local-only' });
    // It was set up as a cloud: calling it an own server does not help.
    await expect(send({ ...free, isLocalOnly: true, zone: 'own-server' })).rejects.toMatchObject({
      code: 'egress/not-allowed',
    });
    await expect(send(free, '/other')).rejects.toMatchObject({ code: 'egress/not-allowed' });
    await expect(send(free, '/v1/elsewhere')).rejects.toMatchObject({ code: 'egress/not-allowed' });
    expect(received).toEqual([]);
    expect(await send(free)).toBe('{}');
    expect(received).toEqual(['{"a":1}']);
  });

  it('writes down the hash of what was sent and for which conversation, and keeps the chain whole', async () => {
    const { privacy, settings, send, ids } = open();
    await settings.update({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'ask' });
    const conversationId = createId(conversationIdSchema);
    await send({ ...free, conversationId }, '/v1/chat', '{"text":"ü"}');
    await send(free, '/v1/chat', '{"text":"private"}');
    const { entries } = await privacy.ledger(everything);
    expect(entries.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(entries[1]).toMatchObject({
      conversationId,
      bodyHash: createHash('sha256').update('{"text":"ü"}').digest('hex'),
      outcome: 'completed',
    });
    expect(await privacy.sentBody(entries[1]!.id)).toBe('{"text":"ü"}');
    // Without a conversation that may be named there is no body either.
    expect(await privacy.sentBody(entries[0]!.id)).toBeNull();
    expect(await privacy.verify()).toEqual({ status: 'whole', entries: 2, unchained: 0 });
  });

  it('sums the month around a time, and gives out every entry as a line', async () => {
    const { privacy } = open();
    const at = new Date(2026, 10, 30, 23, 59).getTime();
    const sent = { at, outcome: 'completed', bytesSent: 10, bytesReceived: 5 } as const;
    for (let index = 0; index < 501; index += 1) await storage.ledger.insert(buildLedgerEntry(sent));
    await storage.ledger.insert(buildLedgerEntry({ at, host: 'refused.example', outcome: 'refused' }));
    await storage.ledger.insert(buildLedgerEntry({ ...sent, at: new Date(2026, 11, 1).getTime() }));
    expect(await privacy.month(at)).toEqual({
      month: '2026-11',
      requests: 501,
      refused: 1,
      bytesSent: 5_010,
      bytesReceived: 2_505,
      hosts: [
        {
          host: 'example.org',
          purpose: 'model-download',
          requests: 501,
          bytesSent: 5_010,
          bytesReceived: 2_505,
          inputTokens: 0,
          outputTokens: 0,
          costMicroDollars: 0,
        },
      ],
    });
    const lines: string[] = [];
    for await (const line of privacy.exportLines()) lines.push(line);
    expect(lines).toHaveLength(503);
    expect(new Set(lines).size).toBe(503);
  });
});
