import type { DocumentFormat } from '../../../shared/document.ts';
import { pageKindOf } from '../../../shared/document.ts';
import type { Place } from '../../../shared/place.ts';
import type { SummaryStyle } from '../../../shared/summary.ts';
import { createWords } from '../../../shared/words.ts';
import type { SpokenLanguage } from '../../../shared/words.ts';

/** The words around a summary that is exported, in one language. */
export type ExportWords = {
  readonly title: (documentName: string) => string;
  /** Of the name of the file, behind the document's. */
  readonly fileTitle: string;
  readonly document: (name: string) => string;
  readonly style: (style: SummaryStyle, focus: string) => string;
  readonly date: (atMs: number) => string;
  readonly model: (name: string) => string;
  readonly incomplete: string;
  readonly coverage: (read: number, characters: number) => string;
  /** In the place of a statement that may harm and that nobody chose to see. */
  readonly hidden: string;
  readonly unreadable: (pages: readonly number[]) => string;
  /** A place as a citation names it: `p. 12` or `lines 3–5`; empty without either. */
  readonly cite: (place: Place, format: DocumentFormat) => string;
  /** `characters` are some of those that have no letter in the font. */
  readonly undrawn: (characters: readonly string[]) => string;
  readonly turnedOrder: string;
};

/** Makes the words. */
export function createExportWords(language: SpokenLanguage): ExportWords {
  const t = createWords(language).getFixedT(null, 'window');
  const whole = new Intl.NumberFormat(language);
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1, roundingMode: 'floor' });
  return {
    title: (name) => t('summaryFile.title', { name }),
    fileTitle: t('summaryFile.fileTitle'),
    document: (name) => t('summaryFile.document', { name }),
    style: (style, focus) => {
      const name = t(`summaryStyle.${style}`);
      return t(focus === '' ? 'summaryFile.style' : 'summaryFile.styleFor', { style: name, focus });
    },
    date: (atMs) =>
      t('summaryFile.date', { date: new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(atMs) }),
    model: (name) => t('summaryFile.model', { name }),
    incomplete: t('summaryFile.incomplete'),
    coverage: (read, characters) =>
      t('summaryFile.coverage', {
        percent: share.format(characters === 0 ? 1 : read / characters),
        read: whole.format(read),
        characters: whole.format(characters),
      }),
    hidden: t('summaryFile.hidden'),
    unreadable: (pages) => t('summaryFile.unreadable', { pages: pages.map((page) => whole.format(page)).join(', ') }),
    cite: ({ page, lines }, format) => {
      if (page !== undefined) return t(`summaryFile.${pageKindOf(format) ?? 'page'}`, { page: whole.format(page) });
      if (lines === undefined) return '';
      const [first, last] = [whole.format(lines.first), whole.format(lines.last)];
      return first === last ? t('place.onlyLine', { line: first }) : t('place.onlyLines', { first, last });
    },
    undrawn: (characters) => t('summaryFile.undrawn', { characters: characters.join(' ') }),
    turnedOrder: t('summaryFile.turnedOrder'),
  };
}
