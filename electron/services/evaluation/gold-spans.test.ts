import { describe, expect, it } from 'vitest';
import { coveredShare, goldSpans, touches } from './gold-spans.ts';

describe('goldSpans', () => {
  const meeting = '[0] A: Hello.\n[1] B: Yes, [7] is a number.\n[2] A: Bye.';

  it('finds turns by their own numbers, first and last included', () => {
    // Catches turns that are counted by lines, and a number in the middle of a line.
    const spans = goldSpans({ kind: 'turns', spans: [[1, 2]] }, meeting, []);
    expect(spans.map(({ start, end }) => meeting.slice(start, end))).toEqual([
      '[1] B: Yes, [7] is a number.',
      '[2] A: Bye.',
    ]);
    expect(goldSpans({ kind: 'turns', spans: [[7, 7]] }, meeting, [])).toEqual([]);
  });

  it('finds pages, and nothing for what no passage answers', () => {
    const page = { label: null, reading: 'text', size: null } as const;
    const pages = [
      { ...page, page: 1, start: 0, end: 10 },
      { ...page, page: 2, start: 10, end: 30 },
    ];
    expect(goldSpans({ kind: 'pages', pages: [2] }, '', pages)).toEqual([{ start: 10, end: 30 }]);
    expect(goldSpans({ kind: 'none' }, meeting, pages)).toEqual([]);
    expect(goldSpans({ kind: 'whole' }, meeting, pages)).toEqual([]);
  });
});

describe('touches', () => {
  it('needs a character in common', () => {
    expect(touches({ start: 0, end: 10 }, [{ start: 10, end: 20 }])).toBe(false);
    expect(touches({ start: 0, end: 11 }, [{ start: 10, end: 20 }])).toBe(true);
  });
});

describe('coveredShare', () => {
  it('counts what two places hold once', () => {
    const places = [
      { start: 5, end: 8 },
      { start: 0, end: 6 },
    ];
    expect(coveredShare([{ start: 0, end: 10 }], places)).toBe(0.8);
    expect(coveredShare([], places)).toBe(0);
  });
});
