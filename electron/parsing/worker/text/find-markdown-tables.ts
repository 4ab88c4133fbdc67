import type { ExtractedTable } from '../extracted-document.ts';
import { tableLimit } from '../extraction-limits.ts';
import { tableRow } from './table-row.ts';

const rule = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const cells = (line: string): readonly string[] => line.trim().replace(/^\|/, '').replace(/\|$/, '').split('|');

/** Tables of GitHub's Markdown: a header, a line of dashes with as many cells, and rows up to a blank line. */
export function findMarkdownTables(text: string): readonly ExtractedTable[] {
  const tables: ExtractedTable[] = [];
  let previous = { line: '', start: 0 };
  let open: { readonly start: number; readonly header: string } | null = null;
  for (let start = 0; start <= text.length && tables.length < tableLimit;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, Math.min(end, start + 20_000));
    if (open && line.trim() === '') {
      tables.push({ ...open, end: start - 1 });
      open = null;
    } else if (!open && previous.line.includes('|') && line.includes('-') && rule.test(line)) {
      const header = cells(previous.line);
      if (header.length === cells(line).length)
        open = { start: previous.start, header: tableRow(header).slice(0, 300) };
    }
    previous = { line, start };
    start = end + 1;
    if (found === -1) break;
  }
  if (open) tables.push({ ...open, end: text.length });
  return tables;
}
