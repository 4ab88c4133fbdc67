import { cleanReport } from '../../../shared/document.ts';
import type { TextFormat } from '../detect-format.ts';
import type { ExtractedDocument } from '../extracted-document.ts';
import { findHeadings } from '../find-headings.ts';
import type { FoundHeading } from '../find-headings.ts';
import type { DecodedText } from '../decode-text.ts';
import { findMarkdownTables } from './find-markdown-tables.ts';

/** The only heading of the outermost level, at the top of the document. */
function titleOf(headings: readonly FoundHeading[]): string | null {
  const [first] = headings;
  return first && headings.filter(({ level }) => level <= first.level).length === 1 ? first.title : null;
}

/** Plain text, Markdown and code: the text is the file, so that line numbers are those of the file. */
export function extractText(
  { text, encoding }: DecodedText,
  format: Extract<TextFormat, 'text' | 'markdown' | 'code'>,
): ExtractedDocument {
  // Headings of plain text are told by their look; source code looks like them by chance.
  const headings = format === 'code' ? [] : findHeadings(text, format);
  return {
    format,
    text,
    title: format === 'markdown' ? titleOf(headings) : null,
    headings,
    pages: null,
    tables: format === 'markdown' ? findMarkdownTables(text) : [],
    report: cleanReport,
    encoding,
  };
}
