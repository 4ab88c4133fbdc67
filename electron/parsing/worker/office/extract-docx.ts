import { DocumentWriter } from '../archive/document-writer.ts';
import { flattenBlocks, writeBlock } from '../archive/text-block.ts';
import { isWhite } from '../archive/text-look.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { ExtractDocument } from '../extracted-document.ts';
import { openOfficePackage } from './office-package.ts';
import type { OfficePackage } from './office-package.ts';
import { Numbering, readNumbering } from './numbering.ts';
import { readWordBlocks } from './read-word-blocks.ts';
import { WordContext } from './word-context.ts';
import type { WordNote, WordNotes } from './word-context.ts';
import { readWordStyles } from './word-styles.ts';

/** Blocks between two words of progress. */
const progressBlocks = 500;

/** Characters of all notes of one kind. */
const notesLimit = 5_000_000;

const noNotes = (): WordNotes => ({ footnotes: new Map(), endnotes: new Map(), comments: new Map() });

/** Reads a part with notes (`w:footnote` and the like) into lines by their ids. */
async function readNotes(
  office: OfficePackage,
  path: string | null,
  context: WordContext,
): Promise<Map<string, WordNote>> {
  const notes = new Map<string, WordNote>();
  const reader = await office.open(path);
  let length = 0;
  for (const _root of reader?.children() ?? []) {
    for (const element of reader?.children() ?? []) {
      const type = element.get('w:type') ?? 'normal';
      const id = element.get('w:id');
      if (!reader || id === null || type !== 'normal') continue;
      const text = flattenBlocks(readWordBlocks(reader, context, false));
      length += text.length;
      if (length > notesLimit) context.writer.omit('character-limit');
      else if (text.trim() !== '') notes.set(id, { author: element.get('w:author'), text });
    }
  }
  return notes;
}

async function writeBody(reader: XmlReader, context: WordContext, isShaded: boolean): Promise<void> {
  const { writer } = context;
  let count = 0;
  for (const block of readWordBlocks(reader, context, isShaded)) {
    writeBlock(writer, block);
    if (block.kind !== 'row') context.queue.write(writer);
    count += 1;
    if (count % progressBlocks === 0) await writer.progress(reader.fraction);
    if (writer.isFull) break;
  }
  context.queue.write(writer);
}

/** Reads a Word document. Without pages: where they break is decided by the program that shows it. */
export const extractDocx: ExtractDocument = async (bytes, tools) => {
  const office = await openOfficePackage(bytes, tools.name);
  const main = await office.mainPart();
  const writer = new DocumentWriter(tools);
  const styles = await readWordStyles(office, await office.related(main, 'styles'));
  const numbering = await readNumbering(office, await office.related(main, 'numbering'));
  const inNotes = new WordContext(styles, new Numbering(), writer, noNotes());
  const context = new WordContext(styles, numbering, writer, {
    footnotes: await readNotes(office, await office.related(main, 'footnotes'), inNotes),
    endnotes: await readNotes(office, await office.related(main, 'endnotes'), inNotes),
    comments: await readNotes(office, await office.related(main, 'comments'), inNotes),
  });
  const title = await office.title();
  const reader = await office.open(main);
  for (const _document of reader?.children() ?? []) {
    let isShaded = false;
    for (const element of reader?.children() ?? []) {
      if (element.name === 'w:background') isShaded = !isWhite(element.get('w:color') ?? 'FFFFFF');
      else if (element.name === 'w:body' && reader) await writeBody(reader, context, isShaded);
    }
  }
  if (office.hasDamage) writer.omit('damaged-part');
  return writer.finish('docx', title);
};
