import { cleanReport } from '../../../shared/document.ts';
import type { TextFormat } from '../document-formats.ts';
import type { ExtractedDocument } from '../extracted-document.ts';
import { findHeadings } from '../find-headings.ts';
import type { FoundHeading } from '../find-headings.ts';
import type { DecodedText } from '../decode-text.ts';
import { findMarkdownTables } from './find-markdown-tables.ts';

/** The title of YAML front matter. */
function frontMatterTitle(text: string): string | null {
  if (!text.startsWith('---\n')) return null;
  const head = text.slice(4, 8_192).split('\n---', 1)[0] ?? '';
  const title = /^title:[ \t]*(["']?)(.+)\1[ \t]*$/m.exec(head)?.[2]?.trim();
  return title === undefined || /^[|>]/.test(title) ? null : title.slice(0, 300);
}

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
    title: format === 'markdown' ? (frontMatterTitle(text) ?? titleOf(headings)) : null,
    headings,
    pages: null,
    tables: format === 'markdown' ? findMarkdownTables(text) : [],
    report: cleanReport,
    encoding,
  };
}
