import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDocumentServices } from '../../testing/open-document-services.ts';
import { readRun } from '../../testing/read-run.ts';

const chapter = (title: string, body: string): string => `# ${title}\n\n${body}\n\n`;

const handbook = [
  chapter(
    'Opening hours',
    'The library opens at nine in the morning and closes at six in the evening. On Saturdays it closes at one. It stays closed in the second week of August because the floor is cleaned. Visitors are asked to leave their bags in the lockers beside the entrance. '.repeat(
      4,
    ),
  ),
  chapter(
    'Lending',
    'A book may be kept for four weeks. It can be renewed twice if nobody else has asked for it. A reader who returns a book late pays one euro a week. Lost books must be replaced within two months. '.repeat(
      5,
    ),
  ),
].join('');

/** The real model in a small window: what a weak laptop does with a document that does not fit. */
describe('a summary by the real model in 2,048 tokens', () => {
  let app: Awaited<ReturnType<typeof openDocumentServices>>;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-summary-'));
    app = await openDocumentServices({ contextTokens: 2_048 });
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('reads everything, and copies every quote from its place', async () => {
    const path = join(folder, 'handbook.md');
    await writeFile(path, handbook);
    const { id } = await app.documents.add(app.ticketFor(path), new AbortController().signal);
    const { summaryId, runId } = await app.summaries.start({
      documentId: id,
      request: { style: 'key-points', length: 'medium', focus: '' },
    });
    await readRun(app.runs, runId);
    const { status, coverage, statements, usage } = await app.summaries.get(summaryId);
    expect(status).toBe('complete');
    expect(coverage.charactersRead).toBe(handbook.length);
    expect(statements.length).toBeGreaterThan(0);
    for (const { quotes } of statements) {
      expect(quotes.length).toBeGreaterThan(0);
      for (const { place, quote } of quotes) expect(handbook.slice(place.start, place.end)).toBe(quote);
    }
    // A stopped generation that tells no cost would make the count of tokens a fiction.
    expect(usage?.inputTokens).toBeGreaterThan(300);
    expect(usage?.outputTokens).toBeGreaterThan(0);
  });
});
