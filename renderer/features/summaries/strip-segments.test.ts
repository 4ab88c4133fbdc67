import { describe, expect, it } from 'vitest';
import type { DocumentPage } from '../../../electron/shared/document.ts';
import { documentHashSchema } from '../../../electron/shared/ids.ts';
import { stripSegments } from './strip-segments.ts';

const documentHash = documentHashSchema.parse('ab'.repeat(32));
const page = (number: number, start: number, end: number, reading: DocumentPage['reading'] = 'text'): DocumentPage => ({
  page: number,
  start,
  end,
  label: null,
  reading,
  size: null,
});
const coverageOf = (characters: number, charactersRead: number) => ({
  sections: 4,
  sectionsRead: 2,
  characters,
  charactersRead,
});
const section = (title: string, start: number, end: number) => ({ title, place: { documentHash, start, end } });

describe('stripSegments', () => {
  it('names every page once, however few pieces they are put into', () => {
    // Catches rounding that loses or doubles the page at a border.
    const pages = Array.from({ length: 301 }, (_, at) => page(at + 1, at * 10, at * 10 + 10));
    const segments = stripSegments({ coverage: coverageOf(3_010, 0), pages, sections: [], read: [] }, 22);
    expect(segments).toHaveLength(22);
    let next = 1;
    for (const { pages: range } of segments) {
      expect(range?.first).toBe(next);
      next = (range?.last ?? 0) + 1;
    }
    expect(next).toBe(302);
  });

  it('fills what was read where it lies, not from the beginning', () => {
    // Catches a bar of the amount read: after a resumption the stretches need not be the first ones.
    const pages = [page(1, 0, 100), page(2, 100, 200), page(3, 200, 300)];
    const read = [
      { start: 200, end: 300 },
      { start: 100, end: 150 },
    ];
    const segments = stripSegments({ coverage: coverageOf(300, 150), pages, sections: [], read }, 10);
    expect(segments.map(({ share }) => share)).toEqual([0, 0.5, 1]);
  });

  it('does not count a stretch twice that a section and a node both tell of', () => {
    const pages = [page(1, 0, 100)];
    const read = [
      { start: 0, end: 40 },
      { start: 20, end: 50 },
      { start: 0, end: 40 },
    ];
    const [segment] = stripSegments({ coverage: coverageOf(100, 50), pages, sections: [], read }, 10);
    expect(segment?.share).toBe(0.5);
  });

  it('marks pages without text, and shows them although they have no length', () => {
    const pages = [page(1, 0, 100), page(2, 100, 100, 'unreadable'), page(3, 100, 200, 'skipped')];
    const segments = stripSegments({ coverage: coverageOf(200, 200), pages, sections: [], read: [] }, 10);
    expect(segments.map(({ unreadablePages }) => unreadablePages)).toEqual([0, 1, 1]);
    expect(segments.every(({ weight }) => weight === 1)).toBe(true);
  });

  it('shows the rest of a text without pages as one piece that is not read', () => {
    const source = {
      coverage: coverageOf(100, 30),
      pages: [],
      sections: [section('One', 0, 30)],
      read: [{ start: 0, end: 30 }],
    };
    const segments = stripSegments(source, 10);
    expect(segments.map(({ title, share, weight }) => [title, share, weight])).toEqual([
      ['One', 1, 30],
      [null, 0, 70],
    ]);
  });

  it('has no piece for a document without a text', () => {
    expect(stripSegments({ coverage: coverageOf(0, 0), pages: [], sections: [], read: [] }, 10)).toEqual([]);
  });
});
