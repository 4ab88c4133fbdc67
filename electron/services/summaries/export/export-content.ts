import type { DocumentFormat } from '../../../shared/document.ts';
import { pageKindOf } from '../../../shared/document.ts';
import type { Place } from '../../../shared/place.ts';
import type { Summary, SummaryStatement } from '../../../shared/summary.ts';
import { bySection } from '../render-summary.ts';

/** One statement as it is exported: `mark` numbers its quotes. */
export type ExportStatement = {
  readonly mark: number;
  readonly text: string;
  /** Such as `p. 12`; null where it has no place. */
  readonly where: string | null;
  readonly quotes: readonly { readonly where: string; readonly words: string }[];
};

/** A summary as plain data for every format. */
export type ExportContent = {
  readonly title: string;
  /** Lines under the title: document, style, date, coverage. */
  readonly facts: readonly string[];
  readonly groups: readonly { readonly title: string; readonly statements: readonly ExportStatement[] }[];
  /** Statements stand as a list, or else as paragraphs. */
  readonly isList: boolean;
};

/** On one line, and without what no file format has room for: control characters and half characters. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\s\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .trim()
    .toWellFormed();

const pageMarks = { page: 'p.', slide: 'slide', sheet: 'sheet', chapter: 'ch.' } as const;

/** A place as a citation names it: `p. 12` or `lines 3–5`; empty without either. */
export function citeOf({ page, lines }: Place, format: DocumentFormat): string {
  if (page !== undefined) return `${pageMarks[pageKindOf(format) ?? 'page']} ${page}`;
  if (lines === undefined) return '';
  return lines.first === lines.last ? `line ${lines.first}` : `lines ${lines.first}–${lines.last}`;
}

const styleNames = {
  'one-sentence': 'One sentence',
  'key-points': 'Key points',
  page: 'One page',
  actions: 'Action items and dates',
  'by-section': 'By section',
  question: 'For a question',
  instructions: 'By own instructions',
} as const;

function coverageLine({ coverage }: Summary): string {
  const { characters, charactersRead, unreadablePages = [] } = coverage;
  const percent = characters === 0 ? 100 : Math.floor((1_000 * charactersRead) / characters) / 10;
  const unread = unreadablePages.length === 0 ? '' : ` Not readable: pages ${unreadablePages.join(', ')}.`;
  return `Read: ${percent} % of the document (${charactersRead} of ${characters} characters).${unread}`;
}

function exportStatement({ text, quotes }: SummaryStatement, mark: number, format: DocumentFormat): ExportStatement {
  const cites = [...new Set(quotes.map(({ place }) => citeOf(place, format)).filter((cite) => cite !== ''))];
  return {
    mark,
    text: plain(text),
    where: cites.length === 0 ? null : cites.join(', '),
    quotes: quotes.map(({ place, quote }) => ({
      where: citeOf(place, format),
      words: plain(quote),
    })),
  };
}

/** Gathers what every format shows. */
export function exportContent(summary: Summary, format: DocumentFormat): ExportContent {
  const { style, focus, documentName, modelName, createdAt, statements, sections } = summary;
  const hasGroups = style === 'by-section' || style === 'page';
  const groups = hasGroups ? bySection(statements, sections) : [{ title: '', statements }];
  let mark = 0;
  return {
    title: plain(`Summary of ${documentName}`),
    facts: [
      `Document: ${documentName}`,
      `Style: ${styleNames[style]}${focus === '' ? '' : ` (${focus})`}`,
      `Date: ${new Date(createdAt).toISOString().slice(0, 10)}`,
      ...(modelName === null ? [] : [`Model: ${modelName}`]),
      ...(summary.status === 'complete' ? [] : ['This summary is not complete.']),
      coverageLine(summary),
    ].map(plain),
    groups: groups.map((group) => ({
      title: style === 'by-section' ? plain(group.title) : '',
      statements: group.statements.map((statement) => {
        mark += 1;
        return exportStatement(statement, mark, format);
      }),
    })),
    isList: style !== 'page',
  };
}
