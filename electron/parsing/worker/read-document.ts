import { createHash } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { documentHashSchema } from '../../shared/ids.ts';
import { pageSliceLength, passageSliceLength, textSliceCharacters } from '../protocol.ts';
import type { ParsingEvent, PassageSpan, ReadFileRequest } from '../protocol.ts';
import { boundDocument } from './bound-document.ts';
import { cutPassages } from './cut-passages.ts';
import { decodeText } from './decode-text.ts';
import { detectBinaryFormat, isMailFile, textFormat } from './detect-format.ts';
import type { BinaryFormat } from './document-formats.ts';
import type { ExtractedDocument, ExtractionTools } from './extracted-document.ts';
import { extractorOf } from './extractors.ts';
import { extractEmail } from './email/extract-email.ts';
import { asFileError } from './file-error.ts';
import { extractHtml } from './markup/extract-html.ts';
import { readFileBounded } from './read-file.ts';
import { extractTable } from './text/extract-table.ts';
import { extractText } from './text/extract-text.ts';
import { removeHiddenCharacters } from './text/remove-hidden-characters.ts';

function countMatches(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _match of text.matchAll(pattern)) count += 1;
  return count;
}

async function extractDecoded(bytes: Buffer, tools: ExtractionTools): Promise<ExtractedDocument> {
  const { name } = tools;
  if (isMailFile(bytes, name)) return await extractEmail(bytes, tools);
  const decoded = decodeText(bytes, name);
  const format = textFormat(decoded.text, name);
  switch (format) {
    case 'text':
    case 'markdown':
    case 'code':
      return extractText(decoded, format);
    case 'table':
      return await extractTable(decoded, tools);
    case 'html':
      return await extractHtml(decoded, tools);
  }
}

async function extractBinary(format: BinaryFormat, bytes: Buffer, tools: ExtractionTools): Promise<ExtractedDocument> {
  const extractWith = await extractorOf(format);
  return await extractWith(bytes, tools);
}

async function extract(bytes: Buffer, tools: ExtractionTools): Promise<ExtractedDocument> {
  const { name } = tools;
  const format = detectBinaryFormat(bytes, name);
  let document: ExtractedDocument;
  try {
    document = format === null ? await extractDecoded(bytes, tools) : await extractBinary(format, bytes, tools);
  } catch (error) {
    throw asFileError(error, name);
  }
  const bounded = boundDocument(removeHiddenCharacters(document));
  if (bounded.text.trim() !== '') return bounded;
  if (format === null && bounded.report.hiddenCharacters === 0)
    throw new AppError('file/empty', 'The file holds nothing but blank space.', { name });
  throw new AppError('file/no-text', 'The file has no text that can be read.', { name });
}

function* slicesOf<Item>(items: Iterable<Item>, length: number): Generator<readonly Item[]> {
  let slice: Item[] = [];
  for (const item of items) {
    slice.push(item);
    if (slice.length < length) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

/** Where a document's events go; waits until each is on its way. */
export type SendEvent = (event: ParsingEvent) => Promise<void>;

/** Share of the work that is the reader's of the format; the rest is cutting passages. */
const extractionShare = 0.7;

async function sendParts(id: number, document: ExtractedDocument, send: SendEvent): Promise<void> {
  const { text, pages } = document;
  for (let start = 0; start < text.length; start += textSliceCharacters) {
    await send({ type: 'text-slice', id, text: text.slice(start, start + textSliceCharacters) });
  }
  for (const slice of slicesOf(pages ?? [], pageSliceLength)) {
    await send({ type: 'page-slice', id, pages: slice.map((page) => ({ ...page, runs: [...page.runs] })) });
  }
  for (const passages of slicesOf<PassageSpan>(cutPassages(document), passageSliceLength)) {
    await send({ type: 'passage-slice', id, passages: [...passages] });
    const done = (passages.at(-1)?.end ?? 0) / text.length;
    await send({
      type: 'read-progress',
      id,
      fraction: extractionShare + (1 - extractionShare) * done,
      // Without pages there is one deadline for the whole document.
      isPageDone: pages !== null,
    });
  }
}

/** Reads one file and tells the parent of it, `read-end` last. Throws AppError `file/*`. */
export async function readDocument(request: ReadFileRequest, send: SendEvent): Promise<void> {
  const { id, file, limitBytes, recognitionLanguages } = request;
  const bytes = await readFileBounded(file, limitBytes);
  const hash = documentHashSchema.parse(createHash('sha256').update(bytes).digest('hex'));
  const onProgress = (share: number, isPageDone = false): void => {
    const fraction = Math.min(1, Math.max(0, share)) * extractionShare;
    // A parent that is gone ends this process.
    void send({ type: 'read-progress', id, fraction, isPageDone }).catch(() => undefined);
  };
  const document = await extract(bytes, { name: file.name, recognitionLanguages, onProgress });
  onProgress(1, document.pages !== null);
  await sendParts(id, document, send);
  const { text, format, headings, title, report, encoding } = document;
  await send({
    type: 'read-end',
    id,
    format,
    hash,
    sizeBytes: bytes.length,
    words: countMatches(text, /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu),
    lines: countMatches(text, /\n/g) + (text.endsWith('\n') ? 0 : 1),
    headings,
    title,
    report,
    encoding,
  });
}
