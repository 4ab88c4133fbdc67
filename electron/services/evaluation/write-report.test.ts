import { describe, expect, it } from 'vitest';
import type { EvaluationFigures } from './evaluate-folder.ts';
import { makeReport } from './write-report.ts';

const figures: EvaluationFigures = {
  indexing: { documents: 1, passages: 20, words: 600, pages: 2, elapsedMs: 4_000 },
  finding: [
    {
      mode: 'hybrid',
      recall: { at1: 0.5, at5: 0.5, at10: 1 },
      coveredAt5: 0.25,
      medianMs: 30,
      p95Ms: 50,
      questions: [
        { id: 'one', rank: 0, coveredAt5: 0.5, timeMs: 30 },
        { id: 'two', rank: 7, coveredAt5: 0, timeMs: 50 },
      ],
    },
  ],
  answers: null,
  summaries: null,
};

describe('makeReport', () => {
  const head = { folder: '/home/someone/questions & answers', model: null, date: new Date('2026-01-02T00:00:00Z') };

  it('tells the figures, what was missed, and draws the recall', () => {
    const { markdown, pictures } = makeReport(figures, head, 'out');
    expect(markdown).toContain('| hybrid | 0.50 | 0.50 | 1.00 | 0.25 | 30 ms | 50 ms |');
    expect(markdown).toContain('2.00 s a page');
    expect(markdown).toContain('Not among the first five of the hybrid search: two.');
    expect(markdown).toContain('](out-recall.svg)');
    expect(pictures.get('out-recall.svg')).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  it('says only what was measured, and not where the folder lies', () => {
    const { markdown, pictures } = makeReport({ ...figures, finding: null }, head, 'out');
    expect(markdown).not.toMatch(/## (?:Finding|Answers|Summaries)|someone/);
    expect(pictures.size).toBe(0);
  });
});
