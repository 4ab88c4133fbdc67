import { DocumentWriter } from '../archive/document-writer.ts';
import { NoteQueue } from '../archive/note-queue.ts';
import { SheetWriter } from '../archive/sheet-writer.ts';
import { plainLook } from '../archive/text-look.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { ExtractDocument } from '../extracted-document.ts';
import { ListCounters } from './open-context.ts';
import type { OpenContext } from './open-context.ts';
import { openOpenPackage } from './open-package.ts';
import { readOpenStyles } from './open-styles.ts';
import { readOpenSheet } from './read-open-sheet.ts';

/** Rows between two words of progress. */
const progressRows = 2_000;

/** A row that is repeated is written that often at most. */
const repeatLimit = 10_000;

/** Writes a sheet as a page, or counts what a hidden one holds. Returns false when there is no room. */
async function writeSheet(sheet: XmlElement, reader: XmlReader, context: OpenContext): Promise<boolean> {
  const { writer, queue, styles } = context;
  const isHidden = styles.isHidden('table', sheet.get('table:style-name'));
  if (!isHidden && !writer.page(sheet.get('table:name'))) return false;
  const rows = new SheetWriter(writer);
  let count = 0;
  for (const { row, repeat, cells } of readOpenSheet(reader, { ...context, isHidden })) {
    for (let index = 0; index < Math.min(repeat, repeatLimit) && !isHidden; index += 1) {
      if (!rows.write(row + index, cells)) break;
    }
    if (repeat > repeatLimit && !isHidden && cells.length > 0) writer.omit('character-limit');
    if (writer.isFull) break;
    count += 1;
    if (count % progressRows === 0) await writer.progress(reader.fraction);
  }
  queue.write(writer);
  writer.endTable();
  await writer.progress(reader.fraction);
  return true;
}

/** Reads an OpenDocument spreadsheet: a page for each sheet that can be seen, numbers as they were shown. */
export const extractOds: ExtractDocument = async (bytes, tools) => {
  const files = await openOpenPackage(bytes, tools.name);
  const writer = new DocumentWriter(tools);
  const styles = await readOpenStyles(files);
  const title = await files.title();
  const reader = await files.content();
  const context: OpenContext = {
    styles,
    writer,
    queue: new NoteQueue(),
    lists: new ListCounters(),
    isHidden: false,
    isInCell: false,
    look: plainLook,
    isShaded: false,
  };
  for (const _document of reader.children()) {
    for (const part of reader.children()) {
      if (part.name === 'office:automatic-styles') styles.read(reader);
      if (part.name !== 'office:body') continue;
      for (const body of reader.children()) {
        if (body.name !== 'office:spreadsheet') continue;
        for (const sheet of reader.children()) {
          if (sheet.name === 'table:table' && !(await writeSheet(sheet, reader, context))) break;
        }
      }
    }
  }
  if (files.hasDamage) writer.omit('damaged-part');
  return writer.finish('ods', title);
};
