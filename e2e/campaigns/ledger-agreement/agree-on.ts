import { createHash } from 'node:crypto';
import type { LedgerEntry } from '../../../electron/shared/ledger-entry.ts';
import { createSeededRandom } from '../../../electron/testing/seeded-random.ts';
import { openAgreementBench, type AgreementBench } from './agreement-bench.ts';
import { compareRecords, type Agreement, type ServedRequest } from './compare-records.ts';
import { MixedRequests } from './mixed-requests.ts';

/** What came of it. */
export type AgreementReport = {
  readonly agreement: Agreement;
  readonly asked: Readonly<Record<string, number>>;
  readonly isTraced: boolean;
  readonly chain: string;
};

/** The servers' own accounts, in one form. */
function servedOf({ provider, hub }: AgreementBench): readonly ServedRequest[] {
  const portOf = (address: string): number => Number(new URL(address).port);
  const models = provider.requests.map(({ method, url, body, status, sentBytes }) => ({
    port: portOf(provider.address),
    method,
    target: url,
    body,
    // Requests with a key are sent on by nobody: such an answer is a failure.
    isRedirect: false,
    sentBytes: status === 307 ? null : sentBytes,
  }));
  const files = hub.requests.map((line) => {
    const [method = '', target = ''] = line.split(' ');
    const isRedirect = target.includes('/resolve/');
    return { port: portOf(hub.address), method, target, body: null, isRedirect, sentBytes: null };
  });
  return [...models, ...files];
}

/** Bodies that are kept with the ledger have to be those whose hash stands in it. */
async function compareKept({ client }: AgreementBench, entries: readonly LedgerEntry[]): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { id, bodyHash, outcome } of entries) {
    if (bodyHash === null || outcome === 'refused') continue;
    const body = await client.privacy.sentBody({ id });
    const hash = body === null ? null : createHash('sha256').update(body).digest('hex');
    if (hash !== bodyHash) problems.push(`${id} is kept as another body`);
  }
  return problems;
}

/** A question that a server has begun to answer may be billed, and is never sent to anybody again. */
function billedTwice({ provider }: AgreementBench): readonly string[] {
  const answered = new Map<string, number>();
  for (const { method, status, body } of provider.requests) {
    if (method !== 'POST' || status !== 200) continue;
    // Those before the last one are what was said earlier in the conversation.
    const question = [...body.toString().matchAll(/Question \d+:/g)].at(-1)?.[0] ?? 'A body without a question';
    answered.set(question, (answered.get(question) ?? 0) + 1);
  }
  return [...answered]
    .filter(([, count]) => count > 1)
    .map(([question, count]) => `${question} was sent ${count} times`);
}

/** Asks until the ledger has so many entries, and compares. `say` hears how far it is. */
export async function agreeOn(requests: number, seed: number, say: (line: string) => void): Promise<AgreementReport> {
  const bench = await openAgreementBench(seed);
  try {
    const mixed = new MixedRequests(bench, createSeededRandom(seed));
    for (let told = 0; ;) {
      const { total } = await bench.client.privacy.ledger({ limit: 1 });
      if (total >= requests) break;
      if (total >= told + 100) say(`${(told = total - (total % 100))} entries`);
      await mixed.askSomething();
    }
    const entries = await bench.entries();
    const wire = await bench.endTrace();
    const agreement = compareRecords({ entries, served: servedOf(bench), wire: wire?.exchanges ?? null });
    const elsewhere = (wire?.elsewhere ?? []).map((line) => `A connection led elsewhere: ${line}`);
    const kept = await compareKept(bench, entries);
    const { status } = await bench.client.privacy.verify();
    return {
      agreement: { ...agreement, problems: [...agreement.problems, ...elsewhere, ...kept, ...billedTwice(bench)] },
      asked: mixed.asked,
      isTraced: wire !== null,
      chain: status,
    };
  } finally {
    await bench.close();
  }
}
