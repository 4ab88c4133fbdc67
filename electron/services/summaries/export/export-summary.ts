import type { DocumentFormat } from '../../../shared/document.ts';
import type { Summary } from '../../../shared/summary.ts';
import type { SummaryExport, SummaryExportFormat } from '../summaries-service.ts';
import { exportContent } from './export-content.ts';
import type { ExportWords } from './export-words.ts';
import { toDocx } from './to-docx.ts';
import { toMarkdown } from './to-markdown.ts';
import { toPdf } from './to-pdf.ts';

const kinds = {
  markdown: { extension: '.md', mediaType: 'text/markdown; charset=utf-8' },
  docx: {
    extension: '.docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  pdf: { extension: '.pdf', mediaType: 'application/pdf' },
} as const;

// Names that a file may have on every system.
const fileName = (name: string): string =>
  name
    .replaceAll(/[\s\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .trim()
    .slice(0, 100) || 'document';

async function bytesOf(
  summary: Summary,
  documentFormat: DocumentFormat,
  format: SummaryExportFormat,
  words: ExportWords,
) {
  const content = exportContent(summary, documentFormat, words);
  switch (format) {
    case 'markdown':
      return new TextEncoder().encode(toMarkdown(content));
    case 'docx':
      return await toDocx(content);
    case 'pdf':
      return await toPdf(content, words);
  }
}

/** Makes a file of a summary, at any stage of it. `documentFormat` says what its pages are called. */
export async function exportSummary(
  summary: Summary,
  documentFormat: DocumentFormat,
  format: SummaryExportFormat,
  words: ExportWords,
): Promise<SummaryExport> {
  const { extension, mediaType } = kinds[format];
  const name = `${fileName(summary.documentName.replace(/\.[^.]{1,8}$/, ''))} - ${words.fileTitle}${extension}`;
  return { name, mediaType, bytes: await bytesOf(summary, documentFormat, format, words) };
}
