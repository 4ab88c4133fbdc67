import { createHash } from 'node:crypto';
import type { LedgerEntry } from '../../../electron/shared/ledger-entry.ts';
import type { WireExchange } from './read-wire.ts';

/** A request as a server of ours saw it. Its body and the sent bytes are null where that server keeps no such record. */
export type ServedRequest = {
  readonly port: number;
  readonly method: string;
  readonly target: string;
  readonly body: Buffer | null;
  /** Sent on to another address of the same server. */
  readonly isRedirect: boolean;
  readonly sentBytes: number | null;
};

/** The three accounts of what happened; entries oldest first, the others in the order in which requests began. */
export type Accounts = {
  readonly entries: readonly LedgerEntry[];
  readonly served: readonly ServedRequest[];
  /** Null where the machine has no strace. */
  readonly wire: readonly WireExchange[] | null;
};

/** What the accounts say together. */
export type Agreement = {
  readonly problems: readonly string[];
  readonly entries: number;
  readonly refused: number;
  readonly requests: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
};

const hashOf = (body: Uint8Array): string | null =>
  body.length === 0 ? null : createHash('sha256').update(body).digest('hex');

/** Requests with a body are known by it: each question is another one. The others by the order at their server. */
const keyOf = (host: string, hash: string | null): string => `${host} ${hash ?? 'without a body'}`;

function grouped<One>(all: readonly One[], key: (one: One) => string): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(key(one)) ?? [];
    group.push(one);
    groups.set(key(one), group);
  }
  return groups;
}

/** What Node adds to every request of its own; `accept` and `user-agent` only where the asker says nothing else. */
const ofTheRuntime: readonly string[] = [
  'host',
  'connection',
  'content-length',
  'accept-encoding',
  'accept-language',
  'sec-fetch-mode',
];
const defaults: Readonly<Record<string, string>> = { accept: '*/*', 'user-agent': 'node' };

/** Bytes that the ledger counts of a request: method, address, what the asker put into the head, and the body. */
export function countAsked({ method, target, headers, requestBody }: Omit<WireExchange, 'line' | 'port'>): number {
  const asked = headers.filter(([name, value]) => !ofTheRuntime.includes(name) && defaults[name] !== value);
  const head = [method, target, ...asked.flat()];
  return head.reduce((sum, text) => sum + Buffer.byteLength(text, 'latin1'), requestBody.length);
}

const isRedirect = ({ status }: WireExchange): boolean => status !== null && status >= 300 && status < 400;

/** What one entry stands for: its request, and those that a redirect within the same server led to. */
function takeFor<One>(group: One[], leadsOn: (one: One) => boolean): readonly One[] {
  const taken: One[] = [];
  for (let one = group.shift(); one !== undefined; one = group.shift()) {
    taken.push(one);
    if (!leadsOn(one)) break;
  }
  return taken;
}

function compareOne(
  entry: LedgerEntry,
  wire: readonly WireExchange[] | null,
  served: readonly ServedRequest[],
): readonly string[] {
  const problems: string[] = [];
  const last = served.at(-1);
  const hasEnded = entry.outcome === 'completed';
  const body = last?.body ?? null;
  if (entry.outcome === 'pending') problems.push('is pending after all has ended');
  if (last === undefined) problems.push('never arrived');
  if (body !== null && hashOf(body) !== entry.bodyHash) problems.push('has another body at the server');
  const given = served.reduce((sum, { sentBytes }) => sum + (sentBytes ?? 0), 0);
  if (last?.sentBytes != null && (hasEnded ? given !== entry.bytesReceived : given < entry.bytesReceived)) {
    problems.push(`received ${entry.bytesReceived} bytes and the server gave ${given}`);
  }
  if (wire === null) return problems;
  const sent = wire.reduce((sum, one) => sum + countAsked(one), 0);
  const received = wire.at(-1)?.receivedBytes ?? 0;
  if (sent !== entry.bytesSent) problems.push(`sent ${entry.bytesSent} bytes and ${sent} went through the kernel`);
  if (hasEnded ? received !== entry.bytesReceived : received < entry.bytesReceived) {
    problems.push(`received ${entry.bytesReceived} bytes and ${received} came through the kernel`);
  }
  if (wire.length !== served.length) problems.push(`went out ${wire.length} times and arrived ${served.length} times`);
  return problems;
}

/** Compares the accounts entry by entry; whatever is in one of them alone is a problem. */
export function compareRecords({ entries, served, wire }: Accounts): Agreement {
  const left = entries.filter(({ outcome }) => outcome !== 'refused');
  const address = (port: number): string => `127.0.0.1:${port}`;
  const wires = grouped(wire ?? [], ({ port, requestBody }) => keyOf(address(port), hashOf(requestBody)));
  const arrivals = grouped(served, ({ port, body }) => keyOf(address(port), body && hashOf(body)));
  const problems = left.flatMap((entry) => {
    const key = keyOf(entry.host, entry.bodyHash);
    const taken = takeFor(wires.get(key) ?? [], isRedirect);
    const arrived = takeFor(arrivals.get(key) ?? [], ({ isRedirect: leadsOn }) => leadsOn);
    const found = compareOne(entry, wire === null ? null : taken, arrived);
    return found.map((problem) => `${entry.id} (${entry.purpose}, ${entry.host}, ${entry.outcome}) ${problem}`);
  });
  const unknown = [
    ...[...wires.values()].flat().map(({ method, target }) => `${method} ${target} went out and is not in the ledger`),
    ...[...arrivals.values()]
      .flat()
      .map(({ method, target }) => `${method} ${target} arrived and is not in the ledger`),
  ];
  const sum = (of: (entry: LedgerEntry) => number): number => left.reduce((total, entry) => total + of(entry), 0);
  return {
    problems: [...problems, ...unknown],
    entries: entries.length,
    refused: entries.length - left.length,
    requests: left.length,
    bytesSent: sum(({ bytesSent }) => bytesSent),
    bytesReceived: sum(({ bytesReceived }) => bytesReceived),
  };
}
