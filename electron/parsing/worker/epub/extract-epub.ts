import { openDocumentArchive } from '../archive/document-archive.ts';
import type { DocumentArchive } from '../archive/document-archive.ts';
import { DocumentWriter } from '../archive/document-writer.ts';
import { decodeXml } from '../archive/xml-reader.ts';
import type { ExtractDocument } from '../extracted-document.ts';
import { readHtmlInSteps } from '../markup/read-html.ts';
import type { HtmlText } from '../markup/read-html.ts';
import { BookStyles } from './book-styles.ts';
import { readBook } from './book.ts';
import type { Chapter } from './book.ts';

/** Steps of one chapter between two words of progress, of 64 kB each. */
const progressSteps = 16;

async function readChapter(
  archive: DocumentArchive,
  styles: BookStyles,
  { path, isXml }: Chapter,
  writer: DocumentWriter,
  fraction: number,
): Promise<HtmlText | null> {
  const bytes = await archive.read(path);
  if (!bytes) return null;
  const html = await styles.inline(decodeXml(bytes), path);
  const steps = readHtmlInSteps(html, { characterLimit: writer.room, isXml });
  let step = steps.next();
  for (let count = 1; !step.done; count += 1) {
    if (count % progressSteps === 0) await writer.progress(fraction);
    step = steps.next();
  }
  return step.value;
}

function writeChapter(writer: DocumentWriter, html: HtmlText): void {
  writer.insert(html.text, html.headings, html.tables);
  writer.hideCounted(html.hiddenCharacters, html.hiddenSample);
  if (html.hasPictures) writer.omit('pictures');
  if (html.isCut) writer.omit('character-limit');
}

/** Reads a book: a page for each document of its spine, called what the table of contents calls it. */
export const extractEpub: ExtractDocument = async (bytes, tools) => {
  const archive = await openDocumentArchive(bytes, tools.name);
  const { title, chapters, labels } = await readBook(archive, tools.name);
  const writer = new DocumentWriter(tools);
  const styles = new BookStyles(archive);
  for (const [index, chapter] of chapters.entries()) {
    const html = await readChapter(archive, styles, chapter, writer, index / chapters.length);
    const label = labels.get(chapter.path) ?? html?.headings[0]?.title ?? null;
    if (!writer.page(label)) break;
    if (html) writeChapter(writer, html);
    else writer.omit('damaged-part');
    await writer.progress((index + 1) / chapters.length);
  }
  if (archive.hasDamage) writer.omit('damaged-part');
  return writer.finish('epub', title);
};
