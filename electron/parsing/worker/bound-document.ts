import type { ReadingReport } from '../../shared/document.ts';
import type { ExtractedDocument } from './extracted-document.ts';
import { characterLimit, pageLimit } from './extraction-limits.ts';

type Omission = ReadingReport['omissions'][number];

/** A report with one more omission, once. */
export function withOmission(report: ReadingReport, omission: Omission): ReadingReport {
  return report.omissions.includes(omission) ? report : { ...report, omissions: [...report.omissions, omission] };
}

/** A document with everything from `end` on left out. */
function cutAt(document: ExtractedDocument, end: number): ExtractedDocument {
  return {
    ...document,
    text: document.text.slice(0, end),
    headings: document.headings.filter(({ start }) => start < end),
    tables: document.tables
      .filter(({ start }) => start < end)
      .map((table) => (table.end > end ? { ...table, end } : table)),
    pages:
      document.pages
        ?.filter(({ start }, index) => start < end || index === 0)
        .map((page) => ({
          ...page,
          runs: page.runs
            .filter(([start]) => start < end)
            .map(([start, runEnd, ...box]) => [start, Math.min(runEnd, end), ...box] as const),
        })) ?? null,
  };
}

/** The end of the longest part of at most `limit` characters, at a line's end where one is near. */
function boundedEnd(text: string, limit: number): number {
  const line = text.lastIndexOf('\n', limit);
  if (line > limit - 10_000) return line;
  return /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
}

/** Cuts a document to `pageLimit` and `characterLimit`, and says so in its report. */
export function boundDocument(document: ExtractedDocument): ExtractedDocument {
  let bounded = document;
  const beyond = document.pages?.[pageLimit];
  if (beyond) {
    const cut = cutAt(bounded, beyond.start);
    bounded = {
      ...cut,
      pages: cut.pages?.slice(0, pageLimit) ?? null,
      report: withOmission(bounded.report, 'page-limit'),
    };
  }
  if (bounded.text.length <= characterLimit) return bounded;
  const cut = cutAt(bounded, boundedEnd(bounded.text, characterLimit));
  return { ...cut, report: withOmission(bounded.report, 'character-limit') };
}
