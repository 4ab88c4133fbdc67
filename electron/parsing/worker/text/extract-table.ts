import { parse } from 'csv-parse/sync';
import { cleanReport } from '../../../shared/document.ts';
import type { DecodedText } from '../decode-text.ts';
import type { ExtractedDocument } from '../extracted-document.ts';
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

const hasOddQuotes = (line: string): boolean => {
  let isOdd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
};

/** Records by their quotes: a line with an open quote goes on in the next. Linear: after a failed search, quotes count for nothing up to its end. */
function* stretchesOf(text: string): Generator<Stretch> {
  const lines = text.split('\n');
  let plainUntil = 0;
  for (let index = 0; index < lines.length;) {
    const first = lines[index] ?? '';
    let count = 1;
    if (index >= plainUntil && hasOddQuotes(first)) {
      const limit = Math.min(lines.length, index + recordLineLimit);
      let next = index + 1;
      while (next < limit && !hasOddQuotes(lines[next] ?? '')) next += 1;
      if (next < limit) count = next - index + 1;
      else plainUntil = limit;
    }
    yield { text: count === 1 ? first : lines.slice(index, index + count).join('\n'), lines: count };
    index += count;
  }
}

const options = { relax_column_count: true, relax_quotes: true, skip_empty_lines: false } as const;

/** Cells of each record; one at a time where the library sees other bounds between records. */
function parseBatch(batch: readonly Stretch[], delimiter: string): readonly (readonly (readonly string[])[])[] {
  try {
    const records = parse(batch.map(({ text }) => text).join('\n'), { ...options, delimiter });
    if (records.length === batch.length) return records.map((record) => [record]);
  } catch {
    // What the library cannot take is read line by line below.
  }
  return batch.map(({ text }) => {
    try {
      return parse(text, { ...options, delimiter });
    } catch {
      return text.split('\n').map((line) => line.split(delimiter));
    }
  });
}

const batchLength = 500;

/**
 * CSV and its kin: each record is a line `a | b | c` at the line where it begins in the file, and blank lines make up
 * for those that it ran over, so that line numbers are those of the file.
 */
export function extractTable({ text, encoding }: DecodedText): ExtractedDocument {
  const delimiter = delimiterOf(text);
  const lines: string[] = [];
  let header: string | null = null;
  let batch: Stretch[] = [];
  const flush = (): void => {
    if (batch.length === 0) return;
    for (const [index, records] of parseBatch(batch, delimiter).entries()) {
      const end = lines.length + (batch[index]?.lines ?? 1);
      for (const cells of records) {
        const row = tableRow(cells);
        if (row !== '') header ??= headerRow(cells);
        if (lines.length < end) lines.push(row);
        else lines.push(`${lines.pop() ?? ''} | ${row}`);
      }
      while (lines.length < end) lines.push('');
    }
    batch = [];
  };
  for (const stretch of stretchesOf(text)) {
    // A blank line is no record.
    if (stretch.text.trim() === '') {
      flush();
      lines.push('');
      continue;
    }
    batch.push(stretch);
    if (batch.length === batchLength) flush();
  }
  flush();
  const rows = lines.join('\n');
  return {
    format: 'table',
    text: rows,
    title: null,
    headings: [],
    pages: null,
    tables: [{ start: 0, end: rows.length, header: header ?? '' }],
    report: cleanReport,
    encoding,
  };
}
