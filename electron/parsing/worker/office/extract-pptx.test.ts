import { describe, expect, it } from 'vitest';
import { extractBytes, extractFixture, fixtureBytes, outcomesOfCuts } from '../../../testing/extract-fixture.ts';
import { buildPptx, slideText } from '../../../testing/office-builder.ts';
import { extractPptx } from './extract-pptx.ts';

describe('extractPptx', () => {
  it('reads what pandoc wrote: a page for each slide, with lists and notes', async () => {
    const { text, pages, title } = await extractFixture(extractPptx, 'office/bees.pptx');
    expect(title).toBe('Bees in the City');
    expect(pages?.map(({ label }) => label)).toEqual([
      'Bees in the City',
      'Why bees come to town',
      'Yield by year',
      'What we ask',
    ]);
    const [, second, third, fourth] = pages ?? [];
    expect(text.slice(second?.start, third?.start)).toBe(
      'Why bees come to town\n\n• Flowers from March to October\n• No pesticides on balconies\n  • and fewer on roofs\n\nNotes: Pause here and show the jar of honey.\n\n',
    );
    expect(text.slice(third?.start, fourth?.start)).toBe(
      'Yield by year\n\nYear | Hives | Honey (kg)\n2022 | 12 | 310\n2023 | 15 | 402\n\n',
    );
    expect(text.slice(fourth?.start)).toBe(
      'What we ask\n\n1. Plant late flowers\n2. Leave water out\n\nNotes: Thank the gardeners.\n\n',
    );
  });

  it('marks hidden slides, reads charts, and keeps out what nobody sees', async () => {
    const { text, pages, report } = await extractFixture(extractPptx, 'office/zahlen.pptx');
    expect(pages?.map(({ label }) => label)).toEqual([
      'Ernte nach Jahren',
      'Mitglieder',
      'Nur für den Vorstand (hidden slide)',
    ]);
    expect(text).toContain('Mitglieder am Jahresende\nMitglieder\n2022, 2023\n41, 47\n\nSichtbar: Stand Dezember\n\n');
    expect(report.hiddenSample).toBe('neben der Folie\nweiß auf weiß\nwinzig');
    expect(text).not.toMatch(/neben der Folie|weiß auf weiß|winzig/);
  });

  it('numbers what is numbered, level by level', async () => {
    const line = (level: number, words: string): string =>
      `<a:p><a:pPr lvl="${level}"><a:buAutoNum type="${level === 0 ? 'arabicPeriod' : 'alphaLcParenR'}"/></a:pPr><a:r><a:t>${words}</a:t></a:r></a:p>`;
    const shape = `<p:sp><p:txBody>${line(0, 'one')}${line(1, 'in')}${line(1, 'in')}${line(0, 'two')}${line(1, 'in')}</p:txBody></p:sp>`;
    const { text } = await extractBytes(extractPptx, buildPptx([shape]));
    expect(text).toBe('1. one\n  a) in\n  b) in\n2. two\n  a) in\n\n');
  });

  it('keeps the place of a slide that is missing or empty', async () => {
    const { pages, text } = await extractBytes(extractPptx, buildPptx([slideText('first'), '', slideText('third')]));
    expect(pages?.map(({ reading }) => reading)).toEqual(['text', 'blank', 'text']);
    expect(text.slice(pages?.[2]?.start)).toBe('third\n\n');
  });

  it('ends in a typed error wherever the file is cut', async () => {
    const bytes = await fixtureBytes('office/bees.pptx');
    const cuts = Array.from({ length: 50 }, (_, index) => Math.floor((bytes.length * index) / 50));
    expect([...(await outcomesOfCuts(extractPptx, bytes, cuts))]).toEqual(['file/damaged']);
  });
});
