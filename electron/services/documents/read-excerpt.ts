import type { DocumentDescription, Excerpt } from '../../shared/document.ts';
import type { Storage } from '../../storage/storage.ts';

/** Characters that an excerpt is widened by at most, on each side, to reach whole lines. */
const widening = 600;

/** Lines before the excerpt are counted from the text itself, in pieces of this many characters. */
const countingPiece = 256 * 1024;

async function countLinesBefore({ documents }: Pick<Storage, 'documents'>, id: DocumentDescription['id'], end: number) {
  let lines = 0;
  for (let start = 0; start < end; start += countingPiece) {
    const text = await documents.text(id, start, Math.min(end, start + countingPiece));
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  }
  return lines;
}

/** Text around a place, widened to whole lines where they begin and end within 600 characters. */
export async function readExcerpt(
  storage: Pick<Storage, 'documents'>,
  { id, name, characters }: DocumentDescription,
  start: number,
  end: number,
): Promise<Excerpt> {
  const first = Math.min(Math.max(0, start), characters);
  const last = Math.min(Math.max(first, end), characters);
  const from = Math.max(0, first - widening);
  const text = await storage.documents.text(id, from, Math.min(characters, last + widening));
  const lineStart = first === from ? 0 : text.lastIndexOf('\n', first - from - 1) + 1;
  const nextBreak = text.indexOf('\n', last - from);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  const firstLine = 1 + (await countLinesBefore(storage, id, from + lineStart));
  return {
    documentId: id,
    documentName: name,
    start: from + lineStart,
    end: from + lineEnd,
    firstLine,
    text: text.slice(lineStart, lineEnd),
  };
}
