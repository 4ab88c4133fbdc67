import { createHash } from 'node:crypto';
import type { CloudPreview } from '../shared/cloud-preview.ts';
import type { PreviewId } from '../shared/ids.ts';
import { remoteKindSchema } from '../shared/remote.ts';
import type { FakeProviderServer } from './fake-provider-server.ts';
import type { TestApp } from './open-test-app.ts';
import { createSeededRandom } from './seeded-random.ts';

/** What came of the cases: each failure says which one and what differed. */
export type BodyEqualityResult = { readonly cases: number; readonly failures: readonly string[] };

const pieces = [
  'What does the contract with Anna Berger say?',
  'Write to anna.berger@example.org or call +49 30 901820.',
  'IBAN DE89370400440532013000, card 4111 1111 1111 1111',
  'She said "no", and he: \\"maybe\\".',
  'Zeile eins\nZeile zwei\t mit Tab',
  'emoji 👩‍🔬 and 漢字 and \u2028 a line separator',
  'a </script><b> & \\u0041 \u0000 \u200b',
  '[PERSON_1] was here before.',
  '{"role":"user","content":"nested"}',
  'plain words about rivers and bridges',
  'half \ud83d pair',
] as const;

type Random = ReturnType<typeof createSeededRandom>;

const pick = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
};
const someText = (random: Random): string =>
  Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick(random, pieces)).join(
    pick(random, [' ', '\n\n', ' ']),
  );

/** A remote of every kind at the server, the mode on `ask`. */
export async function openBodyEqualityTrials({ client }: TestApp, server: FakeProviderServer): Promise<void> {
  for (const kind of remoteKindSchema.options) {
    const remote = {
      kind,
      zone: 'cloud',
      name: kind,
      baseUrl: server.baseUrl(kind),
      modelName: 'large',
      policyUrl: null,
    } as const;
    const { id } = await client.remotes.add(remote);
    await client.keys.set({ owner: id, secret: 'test-key' });
  }
  await client.settings.update({
    isOffline: false,
    allowedPurposes: ['provider'],
    cloudMode: 'ask',
    keepsSentBodies: true,
    monthlyBudgetMicroDollars: 1_000_000_000,
  });
}

async function change({ client }: TestApp, id: PreviewId, random: Random): Promise<CloudPreview> {
  let preview = await client.cloud.preview({ id });
  for (let left = Math.floor(random() * 4); left > 0; left -= 1) {
    if (random() < 0.5) {
      const words = [pick(random, ['rivers', 'BRIDGES', 'contract', 'mit Tab', 'nested'])];
      preview = await client.cloud.redactMore({ id, words });
    } else {
      const index = Math.floor(random() * preview.turns.length);
      const text = `${preview.turns[index]?.text ?? ''} ${someText(random)}`;
      preview = await client.cloud.edit({ id, turns: [{ index, text }] });
    }
  }
  return preview;
}

/** What differs between what was shown, what came and what was written down; empty where all agree. */
async function differences(
  { client }: TestApp,
  shown: CloudPreview,
  came: Buffer | undefined,
): Promise<readonly string[]> {
  const { entries } = await client.privacy.ledger({ limit: 1 });
  const [entry] = entries;
  const kept = entry === undefined ? null : await client.privacy.sentBody({ id: entry.id });
  return [
    ...(came?.equals(Buffer.from(shown.body, 'utf8')) === true ? [] : ['what came is not what was shown']),
    ...(createHash('sha256')
      .update(came ?? '')
      .digest('hex') === shown.bodyHash
      ? []
      : ['another hash was shown']),
    ...(entry?.bodyHash === shown.bodyHash ? [] : ['the ledger has another hash']),
    ...(kept === shown.body ? [] : ['another body is kept']),
    ...shown.replacements.flatMap(({ start, end, placeholder, original }) => [
      ...(shown.body.slice(start, end) === placeholder ? [] : [`${placeholder} is not where it is said to be`]),
      ...(original.length > 3 && shown.body.includes(JSON.stringify(original).slice(1, -1))
        ? ['an original is in it']
        : []),
    ]),
  ];
}

/** Asks random questions of remotes of every kind, changes what is shown and sends it. */
export async function runBodyEqualityTrials(
  test: TestApp,
  server: FakeProviderServer,
  cases: number,
  seed: number,
): Promise<BodyEqualityResult> {
  const random = createSeededRandom(seed);
  const failures: string[] = [];
  const { client } = test;
  const remotes = await client.remotes.list();
  for (let index = 0; index < cases; index += 1) {
    // The first one that has a model is asked.
    const chosen = pick(random, remotes);
    for (const { id, ...text } of remotes) {
      await client.remotes.update({ id, text: { ...text, modelName: id === chosen.id ? 'large' : null } });
    }
    const before = server.requests.length;
    const { runId } = await client.chat.send({ text: someText(random), choice: 'remote' });
    let shown: CloudPreview | null = null;
    let problem = '';
    for await (const part of await client.runs.follow({ runId, afterSequence: -1 })) {
      if (part.type === 'preview' && part.isOpen) {
        shown = await change(test, part.previewId, random);
        await client.cloud.decide({ id: part.previewId, decision: 'send', bodyHash: shown.bodyHash });
      }
      if (part.type === 'run-error') problem = part.error.code;
    }
    const came = server.requests.slice(before).filter(({ method }) => method === 'POST');
    if (shown === null || came.length !== 1) failures.push(`case ${index}: ${came.length} requests, ${problem}`);
    else for (const what of await differences(test, shown, came[0]?.body)) failures.push(`case ${index}: ${what}`);
  }
  return { cases, failures };
}
