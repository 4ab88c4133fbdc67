import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationIdSchema, createId, ledgerEntryIdSchema } from '../shared/ids.ts';
import type { LedgerEntry } from '../shared/ledger-entry.ts';
import { ledgerQuerySchema } from '../shared/ledger-query.ts';
import type { LedgerQueryInput } from '../shared/ledger-query.ts';
import { buildLedgerEntry } from '../testing/build-ledger-entry.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

const idsOf = (entries: readonly LedgerEntry[]) => entries.map(({ id }) => id);
const find = async (query: LedgerQueryInput) => await storage.ledger.query(ledgerQuerySchema.parse(query));

describe('LedgerRepository', () => {
  it('lists the newest first, with what became of each', async () => {
    const [first, second, third] = [1, 2, 3].map((at) => buildLedgerEntry({ at })) as [
      LedgerEntry,
      LedgerEntry,
      LedgerEntry,
    ];
    for (const one of [second, first, third]) await storage.ledger.insert(one);
    const change = {
      outcome: 'completed',
      bytesReceived: 5_000_000_000,
      inputTokens: 7,
      outputTokens: 9,
      costMicroDollars: 12,
    } as const;
    await storage.ledger.update(second.id, change);
    const { entries, total } = await find({ limit: 2 });
    expect(total).toBe(3);
    expect(entries).toMatchObject([{ id: third.id }, { ...second, ...change, chainHash: expect.any(String) }]);
    expect(idsOf((await find({ before: second.id })).entries)).toEqual([first.id]);
    expect(idsOf(await storage.ledger.following(first.id, 10))).toEqual([second.id, third.id]);
    await expect(storage.ledger.update(createId(ledgerEntryIdSchema), change)).rejects.toMatchObject({
      code: 'app/not-found',
    });
  });

  // Catches a text that is read as a pattern: everything would be found, or nothing.
  it('finds by words, purpose, outcome, conversation and time', async () => {
    const conversationId = createId(conversationIdSchema);
    const asked = buildLedgerEntry({
      at: 5,
      host: 'api.example.org',
      purpose: 'provider',
      askedBy: 'chat',
      conversationId,
    });
    const refused = buildLedgerEntry({ at: 6, host: '100%.example', outcome: 'refused' });
    const other = buildLedgerEntry({ at: 7, host: 'hub.example.net' });
    for (const one of [asked, refused, other]) await storage.ledger.insert(one);
    const found = async (query: LedgerQueryInput) => idsOf((await find(query)).entries);
    expect(await found({ text: 'API.' })).toEqual([asked.id]);
    expect(await found({ text: 'CHAT' })).toEqual([asked.id]);
    expect(await found({ text: '%' })).toEqual([refused.id]);
    expect(await found({ text: '_' })).toEqual([]);
    expect(await found({ purpose: 'provider' })).toEqual([asked.id]);
    expect(await found({ outcome: 'refused' })).toEqual([refused.id]);
    expect(await found({ conversationId })).toEqual([asked.id]);
    expect(await found({ id: refused.id })).toEqual([refused.id]);
    expect(await found({ from: 6, until: 7 })).toEqual([refused.id]);
    expect((await find({ from: 6, limit: 1 })).total).toBe(2);
  });

  it('keeps the bytes that were sent where it is given them', async () => {
    const [kept, plain] = [buildLedgerEntry(), buildLedgerEntry()];
    const body = new Uint8Array([0, 255, 10, 0]);
    await storage.ledger.insert(kept, body);
    await storage.ledger.insert(plain);
    expect(Buffer.from((await storage.ledger.body(kept.id)) ?? []).equals(body)).toBe(true);
    expect(await storage.ledger.body(plain.id)).toBeNull();
    await expect(storage.ledger.body(createId(ledgerEntryIdSchema))).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('sums what went where, and counts what was refused apart', async () => {
    const fixed = { at: 10, host: 'a.example', outcome: 'completed', bytesSent: 100, bytesReceived: 7 } as const;
    const one = { ...fixed, inputTokens: 40, outputTokens: 2, costMicroDollars: 9 };
    const entries = [one, one, { ...one, outcome: 'refused', bytesSent: 0 } as const, { ...one, host: 'b', at: 20 }];
    for (const entry of entries) await storage.ledger.insert(buildLedgerEntry(entry));
    expect(await storage.ledger.sums({ from: 10, until: 20 })).toEqual([
      {
        host: 'a.example',
        purpose: 'model-download',
        requests: 2,
        refused: 1,
        bytesSent: 200,
        bytesReceived: 21,
        inputTokens: 120,
        outputTokens: 6,
        costMicroDollars: 27,
      },
    ]);
  });

  it('writes a chain that stays whole while entries come at once and change', async () => {
    const entries = Array.from({ length: 50 }, (_, at) => buildLedgerEntry({ at: 100 - at }));
    await Promise.all(entries.map(async (entry) => await storage.ledger.insert(entry)));
    await Promise.all(
      entries.map(async ({ id }) => await storage.ledger.update(id, { outcome: 'failed', bytesSent: 3 })),
    );
    expect(await storage.ledger.check()).toEqual({ status: 'whole', entries: 50, unchained: 0 });
  });
});
