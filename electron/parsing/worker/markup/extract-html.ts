import { setImmediate } from 'node:timers/promises';
import { cleanReport } from '../../../shared/document.ts';
import type { ReadingReport } from '../../../shared/document.ts';
import { withOmission } from '../bound-document.ts';
import type { DecodedText } from '../decode-text.ts';
import type { ExtractedDocument, ExtractionTools } from '../extracted-document.ts';
import { characterLimit } from '../extraction-limits.ts';
import { readHtmlInSteps } from './read-html.ts';
import type { HtmlText } from './read-html.ts';

/** What was left out of a page. */
export function htmlReport({ hiddenCharacters, hiddenSample, hasPictures, isCut }: HtmlText): ReadingReport {
  const report: ReadingReport = { ...cleanReport, hiddenCharacters, hiddenSample };
  const pictured = hasPictures ? withOmission(report, 'pictures') : report;
  return isCut ? withOmission(pictured, 'character-limit') : pictured;
}

/** A web page kept as a file. */
export async function extractHtml(
  { text: html, encoding }: DecodedText,
  { onProgress }: ExtractionTools,
): Promise<ExtractedDocument> {
  const isXml = /^\s*<\?xml/.test(html.slice(0, 200));
  const steps = readHtmlInSteps(html, { characterLimit, isXml });
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    onProgress(step.value, true);
    await setImmediate();
  }
  const read = step.value;
  const { text, title, headings, tables } = read;
  return { format: 'html', text, title, headings, pages: null, tables, report: htmlReport(read), encoding };
}
