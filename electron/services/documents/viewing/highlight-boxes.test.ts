import { describe, expect, it } from 'vitest';
import type { StoredPage } from '../../../storage/storage.ts';
import { highlightBoxes } from './highlight-boxes.ts';

type Run = StoredPage['runs'][number];

/** A page that begins at 100 in the document. */
function buildPage(text: string, runs: readonly Run[]): { readonly page: StoredPage; readonly text: string } {
  const page = { page: 1, start: 100, end: 100 + text.length, label: null, reading: 'text', size: null } as const;
  return { page: { page, runs }, text };
}

describe('highlightBoxes', () => {
  // "Every good deed" in one run of 150 points, "is repaid" in one of 90 on the next line.
  const { page, text } = buildPage('Every good deed\nis repaid', [
    [100, 115, 50, 70, 150, 12],
    [116, 125, 50, 84, 90, 12],
  ]);

  it('cuts runs in proportion to the stretch', () => {
    // Catches a highlight of the whole line for one word of it.
    expect(highlightBoxes(page, { start: 106, end: 110 }, text)).toEqual([{ x: 110, y: 70, width: 40, height: 12 }]);
  });

  it('gives one box a line for a stretch over several', () => {
    expect(highlightBoxes(page, { start: 111, end: 118 }, text)).toEqual([
      { x: 160, y: 70, width: 40, height: 12 },
      { x: 50, y: 84, width: 20, height: 12 },
    ]);
  });

  it('joins runs of one line, also across a word space and of another size', () => {
    const joined = buildPage('Notice period', [
      [100, 106, 50, 70, 60, 12],
      [107, 113, 116, 71, 60, 10],
    ]);
    expect(highlightBoxes(joined.page, { start: 0, end: 1_000 }, joined.text)).toEqual([
      { x: 50, y: 70, width: 126, height: 12 },
    ]);
  });

  it('keeps columns apart that lie at the same height', () => {
    const columns = buildPage('left end right', [
      [100, 108, 50, 70, 80, 12],
      [109, 114, 320, 70, 50, 12],
    ]);
    expect(highlightBoxes(columns.page, { start: 100, end: 114 }, columns.text)).toHaveLength(2);
  });

  it('counts from the right in a script that is written so', () => {
    const hebrew = buildPage('שלום עולם', [[100, 109, 50, 70, 90, 12]]);
    expect(highlightBoxes(hebrew.page, { start: 100, end: 104 }, hebrew.text)).toEqual([
      { x: 100, y: 70, width: 40, height: 12 },
    ]);
  });

  it.each([
    ['before the page', 0, 100],
    ['after the page', 125, 300],
    ['nothing', 104, 104],
    ['a space at the edge', 105, 106],
  ])('gives no box for %s', (_name, start, end) => {
    expect(highlightBoxes(page, { start, end }, text)).toEqual([]);
  });
});
