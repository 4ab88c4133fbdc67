import { createHash } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { documentHashSchema } from '../../shared/ids.ts';
import { passageSliceLength, textSliceCharacters } from '../protocol.ts';
import type { ParsingEvent, ParsingRequest, PassageSpan } from '../protocol.ts';
import { cutPassages } from './cut-passages.ts';
import { decodeText } from './decode-text.ts';
import { refuseKnownBinary, textFormat } from './detect-format.ts';
import { findHeadings } from './find-headings.ts';
import { readFileBounded } from './read-file.ts';

function countMatches(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _match of text.matchAll(pattern)) count += 1;
  return count;
}

/** Reads one file and yields what the parent is told of it, `read-end` last. Throws AppError `file/*`. */
export async function* readDocument(request: ParsingRequest): AsyncGenerator<ParsingEvent> {
  const { id, file, limitBytes } = request;
  const { name } = file;
  const bytes = await readFileBounded(file, limitBytes);
  const hash = documentHashSchema.parse(createHash('sha256').update(bytes).digest('hex'));
  refuseKnownBinary(bytes, name);
  const { text, encoding } = decodeText(bytes, name);
  if (text.trim() === '') throw new AppError('file/empty', 'The file holds nothing but blank space.', { name });
  yield { type: 'read-progress', id, fraction: 0.2 };

  for (let start = 0; start < text.length; start += textSliceCharacters) {
    yield { type: 'text-slice', id, text: text.slice(start, start + textSliceCharacters) };
  }
  const format = textFormat(name);
  const headings = findHeadings(text, format);
  let slice: PassageSpan[] = [];
  for (const passage of cutPassages(text, headings)) {
    slice.push(passage);
    if (slice.length < passageSliceLength) continue;
    yield { type: 'passage-slice', id, passages: slice };
    yield { type: 'read-progress', id, fraction: 0.3 + (0.7 * passage.end) / text.length };
    slice = [];
  }
  if (slice.length > 0) yield { type: 'passage-slice', id, passages: slice };
  yield {
    type: 'read-end',
    id,
    format,
    hash,
    sizeBytes: bytes.length,
    words: countMatches(text, /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu),
    lines: countMatches(text, /\n/g) + (text.endsWith('\n') ? 0 : 1),
    headings,
    pageStarts: null,
    encoding,
  };
}
