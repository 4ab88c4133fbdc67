import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildDocument, buildSummary, scopeOf } from '../testing/build-records.ts';
import { openTestStorage } from '../testing/open-test-storage.ts';
import type { Storage } from './storage.ts';
import { stretchLength } from './worker/document-text.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

describe('DocumentRepository', () => {
  it('gives back description, headings and passages as they were stored', async () => {
    const { document, passages } = buildDocument(['One', 'Two']);
    const headings = [{ level: 1, title: 'A "title"', start: 0 }];
    const [first, second] = passages;
    const withPage = { ...first!, headings: ['Outer', 'Inner'], place: { ...first!.place, page: 3 } };
    await storage.documents.insert({ ...document, headings }, [withPage, second!]);
    const { id, hash } = document.description;
    expect(await storage.documents.list()).toEqual([document.description]);
    expect(await storage.documents.get(id)).toEqual(document.description);
    expect(await storage.documents.findByHash(hash)).toEqual(document.description);
    expect(await storage.documents.headings(id)).toEqual(headings);
    expect(await storage.passages.ofDocument(id)).toEqual([withPage, second]);
  });

  it('stores no document, text or words when one passage is refused', async () => {
    const { document, passages } = buildDocument(['zebra crossing', 'zebra stripes']);
    const twice = [...passages, passages[0]!];
    await expect(storage.documents.insert(document, twice)).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await storage.documents.list()).toEqual([]);
    // Had the words of the failed attempt stayed, the second attempt would find them twice or not at all.
    await storage.documents.insert(document, passages);
    const found = await storage.passages.searchLexical('zebra', scopeOf([document.description.id]), 10);
    expect(found.map(({ passage }) => passage.id).sort()).toEqual(passages.map(({ id }) => id).sort());
  });

  it('stores every passage of a long document, in order, and none of an attempt that was broken off', async () => {
    const { document, passages } = buildDocument(Array.from({ length: 1_000 }, (_, index) => `Passage ${index}`));
    const { id } = document.description;
    const broken = passages.with(700, { ...passages[700]!, text: undefined as unknown as string });
    await expect(storage.documents.insert(document, broken)).rejects.toMatchObject({ code: 'app/invalid-input' });
    expect(await storage.documents.list()).toEqual([]);
    await storage.documents.insert(document, passages);
    expect((await storage.documents.get(id))?.passages).toBe(1_000);
    expect(await storage.passages.ofDocument(id)).toEqual(passages);
  });

  it('cuts text like slice does, over the borders of its stretches and between surrogates', async () => {
    const text = 'x'.repeat(stretchLength - 1) + '😀'.repeat(stretchLength) + 'äöü';
    const { document } = buildDocument([text]);
    await storage.documents.insert(document, []);
    const { id } = document.description;
    const border = stretchLength;
    const ranges: readonly (readonly [number, number])[] = [
      [0, 5],
      [0, text.length],
      [border - 3, border + 9],
      [border + 1, border + 3],
      [2 * border - 5, 3 * border + 2],
      [text.length - 2, text.length + 50],
      [text.length + 5, text.length + 9],
      [9, 3],
    ];
    for (const [start, end] of ranges) {
      expect(await storage.documents.text(id, start, end), `${start} to ${end}`).toBe(text.slice(start, end));
    }
  });

  it('hides a removed document from lists and both searches, and lets the same bytes be added again', async () => {
    const { document, passages } = buildDocument(['a lonely walrus']);
    const { id, hash } = document.description;
    await storage.documents.insert(document, passages);
    await storage.documents.remove(id);
    expect(await storage.documents.list()).toEqual([]);
    expect(await storage.documents.findByHash(hash)).toBeNull();
    expect(await storage.passages.searchLexical('walrus', scopeOf([id]), 5)).toEqual([]);
    await expect(storage.documents.text(id, 0, 5)).rejects.toMatchObject({ code: 'app/not-found' });
    const again = buildDocument(['a lonely walrus'], { hash });
    await storage.documents.insert(again.document, again.passages);
    expect(await storage.documents.list()).toEqual([again.document.description]);
    await expect(storage.documents.restore(id)).rejects.toMatchObject({ code: 'app/invalid-input' });
    await storage.documents.remove(again.document.description.id);
    await storage.documents.restore(id);
    expect(await storage.documents.list()).toEqual([document.description]);
  });

  it('keeps what a change does not name', async () => {
    const { document, passages } = buildDocument(['One']);
    const { description } = document;
    await storage.documents.insert(document, passages);
    const error = { code: 'engine/crashed', message: 'gone', details: {} } as const;
    await storage.documents.update(description.id, { status: 'failed', error });
    await storage.documents.update(description.id, { name: 'renamed.txt' });
    const expected = { ...description, status: 'failed', error, name: 'renamed.txt' };
    expect(await storage.documents.get(description.id)).toEqual(expected);
    expect((await storage.passages.ofDocument(description.id))[0]?.documentName).toBe('renamed.txt');
  });
});

describe('SummaryRepository', () => {
  it('stores a summary as it grows, and queues those that ended with the app again', async () => {
    const { document, passages } = buildDocument(['One']);
    await storage.documents.insert(document, passages);
    const running = buildSummary(document.description, { createdAt: 1 });
    const complete = buildSummary(document.description, { createdAt: 2, status: 'complete', summary: 'Short.' });
    await storage.summaries.insert(running);
    await storage.summaries.insert(complete);
    const place = passages[0]!.place;
    const change = {
      sections: [{ title: 'One', place, summary: 'It is one.', statements: [] }],
      coverage: { sections: 2, sectionsRead: 1, characters: 9, charactersRead: 3 },
    };
    await storage.summaries.update(running.id, change);
    expect(await storage.summaries.list()).toEqual([complete, { ...running, ...change }]);
    expect(await storage.summaries.requeueRunning()).toBe(1);
    expect(await storage.summaries.get(running.id)).toEqual({ ...running, ...change, status: 'queued' });
  });

  it('hides a removed summary and brings it back', async () => {
    const { document } = buildDocument(['One']);
    await storage.documents.insert(document, []);
    const summary = buildSummary(document.description);
    await storage.summaries.insert(summary);
    await storage.summaries.remove(summary.id);
    expect(await storage.summaries.list()).toEqual([]);
    await storage.summaries.restore(summary.id);
    expect(await storage.summaries.get(summary.id)).toEqual(summary);
  });
});
