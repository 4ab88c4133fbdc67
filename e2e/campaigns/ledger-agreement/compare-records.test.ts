import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ledgerEntrySchema } from '../../../electron/shared/ledger-entry.ts';
import { createId, ledgerEntryIdSchema } from '../../../electron/shared/ids.ts';
import { compareRecords, countAsked } from './compare-records.ts';

const body = Buffer.from('{"question":1}');
const exchange = {
  line: 1,
  port: 80,
  method: 'POST',
  target: '/v1/chat',
  headers: [
    ['host', '127.0.0.1:80'],
    ['user-agent', 'Sotto'],
    ['accept', '*/*'],
  ],
  requestBody: body,
  status: 200,
  receivedBytes: 9,
  isWhole: true,
} as const;
const bytesSent = 'POST/v1/chatuser-agentSotto'.length + body.length;
const entry = ledgerEntrySchema.parse({
  id: createId(ledgerEntryIdSchema),
  at: 1,
  host: '127.0.0.1:80',
  purpose: 'provider',
  askedBy: 'cloud',
  outcome: 'completed',
  bytesSent,
  bytesReceived: 9,
  bodyHash: createHash('sha256').update(body).digest('hex'),
});
const served = { port: 80, method: 'POST', target: '/v1/chat', body, isRedirect: false, sentBytes: 9 };
const refused = { ...entry, outcome: 'refused', bytesSent: 0, bytesReceived: 0 } as const;

describe('compareRecords', () => {
  it('counts what the asker said, and not what the runtime adds', () => {
    expect(countAsked(exchange)).toBe(bytesSent);
  });

  it('finds no problem where all say the same', () => {
    expect(compareRecords({ entries: [entry, refused], served: [served], wire: [exchange] })).toEqual({
      problems: [],
      entries: 2,
      refused: 1,
      requests: 1,
      bytesSent,
      bytesReceived: 9,
    });
  });

  it('takes a redirect within the server and what it leads to for one entry', () => {
    const bare = { ...exchange, method: 'GET', requestBody: Buffer.alloc(0), headers: [] };
    const wire = [
      { ...bare, target: '/a/resolve/b', status: 302, receivedBytes: 0 },
      { ...bare, target: '/stored/b', receivedBytes: 9 },
    ];
    const arrived = wire.map(({ target, status, receivedBytes: sentBytes }) => ({
      port: 80,
      method: 'GET',
      target,
      body: null,
      isRedirect: status === 302,
      sentBytes,
    }));
    const one = { ...entry, bodyHash: null, bytesSent: 'GET/a/resolve/bGET/stored/b'.length };
    expect(compareRecords({ entries: [one], served: arrived, wire }).problems).toEqual([]);
  });

  // Each is a way in which a ledger could lie.
  it.each([
    ['is not in the ledger at all', { entries: [] }, 2],
    ['has fewer bytes in the ledger', { entries: [{ ...entry, bytesSent: 1 }] }, 1],
    ['brought more than the ledger says', { entries: [{ ...entry, bytesReceived: 8 }] }, 2],
    ['is called refused and left', { entries: [refused] }, 2],
    ['never left', { served: [], wire: [] }, 3],
    ['went out twice', { wire: [exchange, exchange] }, 1],
    ['has another body', { entries: [{ ...entry, bodyHash: 'other' }] }, 5],
    ['did not end', { entries: [{ ...entry, outcome: 'pending' as const }] }, 1],
  ])('tells a request that %s', (_, change, problems) => {
    const { problems: found } = compareRecords({ entries: [entry], served: [served], wire: [exchange], ...change });
    expect(found).toHaveLength(problems);
  });

  it('lets an answer that was broken off have brought less than the server gave', () => {
    const cut = { ...entry, outcome: 'cancelled', bytesReceived: 4 } as const;
    expect(compareRecords({ entries: [cut], served: [served], wire: [exchange] }).problems).toEqual([]);
    expect(
      compareRecords({ entries: [{ ...cut, bytesReceived: 10 }], served: [served], wire: null }).problems,
    ).toHaveLength(1);
  });
});
