import type { DocumentFormat } from '../../../shared/document.ts';
import { isHiddenText, shownText } from '../../../shared/shown-text.ts';
import type { Summary, SummaryStatement } from '../../../shared/summary.ts';
import { bySection } from '../render-summary.ts';
import type { ExportWords } from './export-words.ts';

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

function exportStatement(
  { text, quotes, findings = [], allowed = [] }: SummaryStatement,
  mark: number,
  format: DocumentFormat,
  { cite: citeOf, hidden }: ExportWords,
): ExportStatement {
  const screened = { findings, allowed };
  const isHidden = isHiddenText(screened);
  const cites = [...new Set(quotes.map(({ place }) => citeOf(place, format)).filter((cite) => cite !== ''))];
  return {
    mark,
    text: isHidden ? hidden : plain(shownText(text, screened)),
    where: cites.length === 0 ? null : cites.join(', '),
    // The words that carry it say the same.
    quotes: (isHidden ? [] : quotes).map(({ place, quote }) => ({
      where: citeOf(place, format),
      words: plain(quote),
    })),
  };
}

/** Gathers what every format shows. */
export function exportContent(summary: Summary, format: DocumentFormat, words: ExportWords): ExportContent {
  const { style, focus, documentName, modelName, createdAt, statements, sections } = summary;
  const { characters, charactersRead, unreadablePages = [] } = summary.coverage;
  const hasGroups = style === 'by-section' || style === 'page';
  const groups = hasGroups ? bySection(statements, sections) : [{ title: '', statements }];
  let mark = 0;
  return {
    title: plain(words.title(documentName)),
    facts: [
      words.document(documentName),
      words.style(style, focus),
      words.date(createdAt),
      ...(modelName === null ? [] : [words.model(modelName)]),
      ...(summary.status === 'complete' ? [] : [words.incomplete]),
      words.coverage(charactersRead, characters),
      ...(unreadablePages.length === 0 ? [] : [words.unreadable(unreadablePages)]),
    ].map(plain),
    groups: groups.map((group) => ({
      title: style === 'by-section' ? plain(group.title) : '',
      statements: group.statements.map((statement) => {
        mark += 1;
        return exportStatement(statement, mark, format, words);
      }),
    })),
    isList: style !== 'page',
  };
}
