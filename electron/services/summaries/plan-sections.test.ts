import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../testing/seeded-random.ts';
import { planSections } from './plan-sections.ts';

function randomDocument(seed: number) {
  const random = createSeededRandom(seed);
  const pieces = ['word ', 'Sentence ends. ', '\n', '\n\n', 'x'.repeat(400), '🙂', ' '];
  const text = Array.from(
    { length: Math.floor(random() * 2_000) },
    () => pieces[Math.floor(random() * pieces.length)],
  ).join('');
  const starts = Array.from({ length: Math.floor(random() * 30) }, () => Math.floor(random() * text.length));
  const headings = [...new Set(starts)]
    .filter((start) => text.slice(start).isWellFormed())
    .sort((a, b) => a - b)
    .map((start) => ({ level: 1, title: `H${start}`, start }));
  return { text, headings };
}

describe('planSections', () => {
  it.each(Array.from({ length: 60 }, (_value, seed) => seed))(
    'covers the text without gap or overlap (seed %i)',
    (seed) => {
      const { text, headings } = randomDocument(seed);
      const sections = planSections(text, headings, 1_000);
      const stretches = sections.flatMap((section) => section.stretches);
      let end = 0;
      for (const stretch of stretches) {
        expect(stretch.start).toBe(end);
        expect(stretch.end).toBeGreaterThan(stretch.start);
        expect(stretch.end - stretch.start).toBeLessThanOrEqual(1_000);
        expect(text.slice(stretch.start, stretch.end).isWellFormed()).toBe(true);
        end = stretch.end;
      }
      expect(end).toBe(text.length);
      for (const { start, stretches: own } of sections) expect(own[0]?.start).toBe(start);
    },
  );

  it('reads small neighbours together and names them all', () => {
    const text = 'a'.repeat(100) + 'b'.repeat(100) + 'c'.repeat(900);
    const headings = [0, 100, 200].map((start, index) => ({ level: 1, title: `Title ${index}`, start }));
    expect(planSections(text, headings, 1_000).map(({ title }) => title)).toEqual(['Title 0 · Title 1', 'Title 2']);
  });

  it('names parts without headings by their opening words', () => {
    const [section] = planSections(
      'It was the best of times.\nIt was the worst of times, and it went on and on and on.',
      [],
      500,
    );
    expect(section?.title).toBe('It was the best of times. It was the worst of times, and it…');
  });

  it('cuts a long part before a heading rather than in mid-chapter', () => {
    const text = `${'a'.repeat(700)}${'b'.repeat(700)}`;
    const headings = [
      { level: 1, title: 'One', start: 0 },
      { level: 2, title: 'Inner', start: 700 },
    ];
    const [first] = planSections(text, headings.slice(0, 1), 1_000).flatMap(({ stretches }) => stretches);
    expect(first?.end).not.toBe(700);
    expect(planSections(text, headings, 1_000).flatMap(({ stretches }) => stretches)[0]?.end).toBe(700);
  });

  // A manual has hundreds of small headings: a summary that lists them all is a table of contents.
  it('parts a document at its chapters when there are too many smaller headings', () => {
    const text = 'x'.repeat(60_000);
    const headings = Array.from({ length: 60 }, (_value, index) => ({
      level: index % 10 === 0 ? 1 : 2,
      title: `H${index}`,
      start: index * 1_000,
    }));
    expect(planSections(text, headings, 1_000).map(({ title }) => title)).toEqual([
      'H0',
      'H10',
      'H20',
      'H30',
      'H40',
      'H50',
    ]);
  });
});
