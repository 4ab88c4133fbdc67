import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutateDocument } from '../testing/document-mutations.ts';
import { hostileDocuments } from '../testing/hostile-documents.ts';
import { createHostileReader, outcomeOf, readFixtures, traceParsing } from '../testing/read-hostile.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import type { DocumentReader } from './document-reader.ts';

/** Of the bombs, those that the test can make quickly; the campaign `document-fuzz` reads all of them, and 10,000 mutations. */
const bombs = [
  'overlapping.docx',
  'styles.docx',
  'laughs.xlsx',
  'external.odt',
  'tables.odt',
  'slides.pptx',
  'spine.epub',
  'loop.pdf',
  'nested.eml',
  'claimed.png',
];

describe('hostile documents', () => {
  let folder = '';
  let reader: DocumentReader;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-hostile-'));
    reader = createHostileReader();
  });
  afterAll(async () => {
    await reader.close();
    await rm(folder, { recursive: true });
  });

  const outcome = async (name: string, bytes: Buffer): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return await outcomeOf(reader, path, name);
  };

  it('is more than a hundred bombs, each with a name of its own', () => {
    expect(hostileDocuments.length).toBeGreaterThanOrEqual(100);
    expect(new Set(hostileDocuments.map(({ name }) => name)).size).toBe(hostileDocuments.length);
  });

  // A crash of the process or a deadline here means that a file can stop the work on all others.
  it.each(bombs)('ends %s in text or a typed error', { timeout: 60_000 }, async (name) => {
    const bomb = hostileDocuments.find((document) => document.name === name);
    expect(bomb).toBeDefined();
    expect(await outcome(name, bomb?.make() ?? Buffer.alloc(0))).toMatch(/^(?:read|file\/[a-z-]+)$/);
    expect((await traceParsing()).networkSockets).toBe(0);
  });

  // The PDF library rejects promises that nobody awaits, which ends a process that does not expect it.
  it.each([139, 272])('says that a PDF is damaged where its references are (%i)', { timeout: 60_000 }, async (seed) => {
    const report = (await readFixtures()).find(({ path }) => path.endsWith('report.pdf'));
    const damaged = await mutateDocument(report?.bytes ?? Buffer.alloc(0), createSeededRandom(seed));
    expect(await outcome('document.pdf', damaged)).toMatch(/^(?:read|file\/[a-z-]+)$/);
  });

  it('ends mutations of every fixture in text or a typed error', { timeout: 300_000 }, async () => {
    const random = createSeededRandom(20_241_122);
    for (const { path, bytes } of await readFixtures()) {
      for (let round = 0; round < 3; round += 1) {
        const mutated = await mutateDocument(bytes, random);
        expect(`${path} ${await outcome(`document${extname(path)}`, mutated)}`).toMatch(/ (?:read|file\/[a-z-]+)$/);
      }
    }
  });
});
