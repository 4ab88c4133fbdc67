import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecognitionLanguage } from '../../../shared/settings.ts';
import type { ExtractionTools } from '../extracted-document.ts';
import { extractImage } from '../image/extract-image.ts';
import { extractPdf } from '../pdf/extract-pdf.ts';

// Recognition takes seconds on an idle machine, and many of them on a busy one.
const patience = 240_000;

const fixture = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, '../../fixtures', name));

const toolsFor = (...recognitionLanguages: readonly RecognitionLanguage[]): ExtractionTools => ({
  name: 'a',
  recognitionLanguages,
  onProgress: () => undefined,
});

describe('recognition of pages', () => {
  it.each([
    [
      'scan-english.pdf',
      'eng',
      'the museum in the tower opens at nine in the morning and closes at six in the evening',
    ],
    ['scan-german.pdf', 'deu', 'öffnet das Museum im Turm um neun Uhr und schließt um achtzehn Uhr'],
    // Letters that are drawings leave no text, and no picture either.
    ['outlines.pdf', 'eng', 'the museum in the tower opens at nine in the morning'],
  ] as const)(
    'reads %s',
    async (name, language, words) => {
      const { text, pages, report, headings } = await extractPdf(await fixture(`pdf/${name}`), toolsFor(language));
      expect(text.replaceAll('\n', ' ')).toContain(words);
      expect(report).toMatchObject({ recognisedPages: [1], unreadablePages: [] });
      // The dots over a capital are small: one letter of the heading may be read wrong.
      expect(headings.map(({ title }) => title.slice(1))).toEqual([
        language === 'deu' ? 'nderung der Öffnungszeiten' : 'hange of opening hours',
      ]);
      const [page] = pages ?? [];
      expect(page?.reading).toBe('recognised');
      // The heading stands in the upper left quarter: places are in points of the page, not in pixels of the drawing.
      const run = page?.runs.find(([from]) => from === headings[0]?.start);
      expect(run?.[2]).toBeLessThan(210);
      expect(run?.[3]).toBeLessThan(100);
    },
    patience,
  );

  it(
    'reads pages that are pictures beside pages that are text',
    async () => {
      const { text, report } = await extractPdf(await fixture('pdf/mixed.pdf'), toolsFor('eng', 'deu', 'fra'));
      expect(text).toMatch(/^The invoice amounts[\s\S]*Dear keepers, from the first of June/);
      expect(report.recognisedPages).toEqual([2]);
    },
    patience,
  );

  it.each(['png', 'jpg', 'webp', 'gif', 'bmp', 'tiff'])(
    'reads a picture in the format %s',
    async (extension) => {
      const { text, pages, format } = await extractImage(await fixture(`image/letter.${extension}`), toolsFor('eng'));
      expect(format).toBe('image');
      expect(text.replaceAll('\n', ' ')).toContain(
        'closes at six in the evening. Please bring the key to the office before the end of May.',
      );
      expect(pages).toHaveLength(1);
    },
    patience,
  );

  it(
    'reads every page of a fax, also one with half the rows',
    async () => {
      const { text, pages, report } = await extractImage(await fixture('image/tiff/fax.tif'), toolsFor('eng'));
      expect(report).toMatchObject({ recognisedPages: [1, 2], unreadablePages: [], omissions: [] });
      expect(text.match(/bring the key to the office/g)).toHaveLength(2);
      // 1,167 pixels at 200 to the inch are 420 points, on both pages.
      expect(pages?.map(({ size }) => size?.width.toFixed(0))).toEqual(['420', '420']);
      expect(pages?.map(({ size }) => size?.height.toFixed(0))).toEqual(['298', '298']);
    },
    patience,
  );
});
