import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDocumentServices } from '../../testing/open-document-services.ts';
import type { DocumentId } from '../../shared/ids.ts';

const signal = new AbortController().signal;

const sentences = (subject: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `${subject} is the matter of part ${index + 1} of these remarks.`).join(
    ' ',
  );

const handbook = [
  '# Handbook',
  '## Holidays',
  'Everybody has thirty days of leave a year. Leave is asked for two weeks ahead, in writing.',
  '## Sickness',
  `Whoever is ill tells the office by nine in the morning. ${sentences('A note of the doctor', 14)}`,
  `From the fourth day on the office wants to see a certificate. ${sentences('The certificate', 14)}`,
  '## Travel',
  'Trains are paid for in second class. Taxis need a reason.',
].join('\n\n');

const minutes = [
  '[0] Anna: Let us begin with the roof.',
  `[1] Ben: The roof leaks above the stairs. ${sentences('The leak', 12)}`,
  `[2] Anna: A roofer comes on Monday. ${sentences('The scaffold', 12)}`,
  '[3] Ben: What about the garden?',
  `[4] Anna: We plant apple trees in autumn. ${sentences('The orchard', 12)}`,
].join('\n');

describe('search over the real database and the real embedder', () => {
  let services: Awaited<ReturnType<typeof openDocumentServices>>;
  let folder: string;
  const ids = new Map<string, DocumentId>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-search-'));
    services = await openDocumentServices();
    for (const [name, text] of [
      ['handbook.md', handbook],
      // The same rules in another edition.
      ['handbook-2.md', `${handbook}\n\n## Canteen\n\nLunch is from twelve to two.\n`],
      ['minutes.txt', minutes],
    ] as const) {
      await writeFile(join(folder, name), text);
      const { id } = await services.documents.add(services.ticketFor(join(folder, name)), signal);
      await services.documents.whenIndexed(id, signal);
      ids.set(name, id);
    }
  });
  afterAll(async () => {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  });

  const search = async (query: string, mode: 'hybrid' | 'lexical' | 'dense' = 'hybrid', names = [...ids.keys()]) => {
    const scope = { documentIds: names.flatMap((name) => ids.get(name) ?? []), collectionIds: [] };
    return await services.documents.search({ query, scope, mode, limit: 5 }, signal);
  };

  it('finds by meaning what the question says in other words', async () => {
    const [best] = await search('How much vacation do employees get?', 'hybrid', ['handbook.md']);
    expect(best?.passage.headings.at(-1)).toBe('Holidays');
    expect(best?.cosine).toBeGreaterThan(0);
  });

  it('folds the copies of another edition into one result that names them', async () => {
    const found = await search('Are taxis paid for?');
    const [best] = found;
    const copies = new Set(best?.duplicates.map(({ documentName }) => documentName));
    expect(copies.size).toBe(1);
    expect(copies.has(best?.passage.documentName ?? '')).toBe(false);
    const texts = found.map(({ passage }) => passage.text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('joins what stands side by side, with the text of exactly that place', async () => {
    const found = await search('Who repairs the leak in the roof?', 'hybrid', ['minutes.txt']);
    const { text } = await services.documents.content(
      ids.get('minutes.txt') ?? found[0]?.passage.documentId ?? never(),
    );
    for (const { passage } of found) expect(text.slice(passage.place.start, passage.place.end)).toBe(passage.text);
    const single = await search('Who repairs the leak in the roof?', 'dense', ['minutes.txt']);
    expect(found.length).toBeLessThan(single.length);
  });

  it('gives scores from 0 to 1, best first, in every mode', async () => {
    for (const mode of ['hybrid', 'lexical', 'dense'] as const) {
      const scores = (await search('certificate of a doctor', mode)).map(({ score }) => score);
      expect(scores.length).toBeGreaterThan(0);
      expect(scores).toEqual([...scores].sort((one, other) => other - one));
      for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
    }
  });

  it('finds nothing in an empty scope or for an empty question', async () => {
    expect(await search('roof', 'hybrid', [])).toEqual([]);
    expect(await search('   ')).toEqual([]);
  });
});

function never(): never {
  throw new Error('The document was added.');
}
