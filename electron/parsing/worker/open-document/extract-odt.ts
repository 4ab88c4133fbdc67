import { DocumentWriter } from '../archive/document-writer.ts';
import { NoteQueue } from '../archive/note-queue.ts';
import { writeBlock } from '../archive/text-block.ts';
import { plainLook } from '../archive/text-look.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { ExtractDocument } from '../extracted-document.ts';
import { ListCounters } from './open-context.ts';
import type { OpenContext } from './open-context.ts';
import { openOpenPackage } from './open-package.ts';
import { readOpenStyles } from './open-styles.ts';
import { readOpenBlocks } from './read-open-blocks.ts';

/** Blocks between two words of progress. */
const progressBlocks = 500;

async function writeText(reader: XmlReader, context: OpenContext): Promise<void> {
  const { writer, queue } = context;
  let count = 0;
  for (const block of readOpenBlocks(reader, context)) {
    writeBlock(writer, block);
    if (block.kind !== 'row') queue.write(writer);
    count += 1;
    if (count % progressBlocks === 0) await writer.progress(reader.fraction);
    if (writer.isFull) break;
  }
  queue.write(writer);
}

/** Reads an OpenDocument text. Without pages: where they break is decided by the program that shows it. */
export const extractOdt: ExtractDocument = async (bytes, tools) => {
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
      for (const body of reader.children()) if (body.name === 'office:text') await writeText(reader, context);
    }
  }
  if (files.hasDamage) writer.omit('damaged-part');
  return writer.finish('odt', title);
};
