import { parse } from 'csv-parse/sync';
import { setImmediate } from 'node:timers/promises';
import { cleanReport } from '../../../shared/document.ts';
import type { DecodedText } from '../decode-text.ts';
import type { ExtractedDocument, ExtractionTools } from '../extracted-document.ts';
import { characterLimit } from '../extraction-limits.ts';
import { headerRow, tableRow } from './table-row.ts';

const delimiters = [',', ';', '\t', '|'] as const;

/** The separator that cuts the first lines into the same number of cells, more than one; a comma when none does. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 64 * 1024)
    .split('\n')
    .slice(0, 20)
    .filter((line) => line.trim() !== '')
    .map((line) => line.replaceAll(/"[^"]*"/g, ''));
  const scores = delimiters.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    const same = counts.filter((count) => count === usual).length;
    return { delimiter, score: usual === 0 ? 0 : same * 1_000 + Math.min(usual, 999) };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** Lines of one record at most; a quote that nothing closes within them is no quote. */
const recordLineLimit = 200;

/** One record: the lines that it takes up in the file. */
type Stretch = { readonly text: string; readonly lines: number };

/** Whether the line leaves a quote open. */
function hasOddQuotes(text: string, start: number, end: number): boolean {
  // Of a copy: a search in the whole text would go on to the next quote, however far.
  const line = text.slice(start, end);
  let isOdd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}

const lineEnd = (text: string, start: number): number => {
  const found = text.indexOf('\n', start);
  return found === -1 ? text.length : found;
};

/** The end of the record whose first line has a quote open, and its lines; null when nothing closes it. */
function closedRecord(text: string, firstEnd: number): { readonly end: number; readonly lines: number } | null {
  let start = firstEnd + 1;
  for (let lines = 2; lines <= recordLineLimit && start <= text.length; lines += 1) {
    const end = lineEnd(text, start);
    if (hasOddQuotes(text, start, end)) return { end, lines };
    start = end + 1;
  }
  return null;
}

/** Records by their quotes: a line with an open quote goes on in the next. Linear: after a search in vain, the lines that were searched stand alone. */
function* stretchesOf(text: string): Generator<Stretch> {
  let aloneLines = 0;
  for (let start = 0; start <= text.length;) {
    const end = lineEnd(text, start);
    const isOpen = aloneLines === 0 && hasOddQuotes(text, start, end);
    const closed = isOpen ? closedRecord(text, end) : null;
    aloneLines = isOpen && !closed ? recordLineLimit : Math.max(0, aloneLines - 1);
    yield { text: text.slice(start, closed?.end ?? end), lines: closed?.lines ?? 1 };
    start = (closed?.end ?? end) + 1;
  }
}

const options = { relax_column_count: true, relax_quotes: true, skip_empty_lines: false } as const;

/** Cells of each record; where the library sees other bounds between records, lines are cut at their separators. */
function parseBatch(batch: readonly Stretch[], delimiter: string): readonly (readonly (readonly string[])[])[] {
  try {
    const records = parse(batch.map(({ text }) => text).join('\n'), { ...options, delimiter });
    if (records.length === batch.length) return records.map((record) => [record]);
  } catch {
    // What the library cannot take is cut below.
  }
  return batch.map(({ text }) => text.split('\n').map((line) => line.split(delimiter).map(withoutQuotes)));
}

const withoutQuotes = (cell: string): string => {
  const content = cell.trim();
  return content.length > 1 && content.startsWith('"') && content.endsWith('"')
    ? content.slice(1, -1).replaceAll('""', '"')
    : content;
};

const batchLength = 200;

/** The rows so far, one line for each line of the file. */
class RowLines {
  readonly #text: string[] = [];
  #lines: string[] = [];
  characters = 0;
  header: string | null = null;

  add(batch: readonly Stretch[], delimiter: string): void {
    for (const [index, records] of parseBatch(batch, delimiter).entries()) {
      const end = this.#lines.length + (batch[index]?.lines ?? 1);
      for (const cells of records) {
        const row = tableRow(cells);
        if (row !== '') this.header ??= headerRow(cells);
        if (this.#lines.length < end) this.#lines.push(row);
        else this.#lines.push(`${this.#lines.pop() ?? ''} | ${row}`);
      }
      this.addBlank(end - this.#lines.length);
    }
    this.#join();
  }

  addBlank(count: number): void {
    for (let index = 0; index < count; index += 1) this.#lines.push('');
  }

  #join(): void {
    if (this.#lines.length === 0) return;
    const joined = this.#lines.join('\n');
    this.#text.push(joined);
    this.characters += joined.length + 1;
    this.#lines = [];
  }

  get text(): string {
    this.#join();
    return this.#text.join('\n');
  }
}

/**
 * CSV and its kin: each record is a line `a | b | c` at the line where it begins in the file, and blank lines make up
 * for those that it ran over, so that line numbers are those of the file. Stops at `characterLimit`.
 */
export async function extractTable(
  { text, encoding }: DecodedText,
  { onProgress }: ExtractionTools,
): Promise<ExtractedDocument> {
  const delimiter = delimiterOf(text);
  const rows = new RowLines();
  let batch: Stretch[] = [];
  let read = 0;
  let batches = 0;
  for (const stretch of stretchesOf(text)) {
    read += stretch.text.length + 1;
    const isBlank = stretch.text.trim() === '';
    // A blank line is no record.
    if (isBlank || batch.length === batchLength) {
      rows.add(batch, delimiter);
      batch = [];
      batches += 1;
      if (rows.characters > characterLimit) break;
      if (batches % 20 === 0) {
        onProgress(read / text.length, true);
        await setImmediate();
      }
    }
    if (isBlank) rows.addBlank(1);
    else batch.push(stretch);
  }
  rows.add(batch, delimiter);
  const { text: lines, header } = rows;
  return {
    format: 'table',
    text: lines,
    title: null,
    headings: [],
    pages: null,
    tables: [{ start: 0, end: lines.length, header: header ?? '' }],
    report: cleanReport,
    encoding,
  };
}
