import { DocumentWriter } from '../archive/document-writer.ts';
import { NoteQueue } from '../archive/note-queue.ts';
import { flattenBlocks, writeBlock } from '../archive/text-block.ts';
import type { TextBlock } from '../archive/text-block.ts';
import { plainLook } from '../archive/text-look.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { ExtractDocument } from '../extracted-document.ts';
import { ListCounters } from './open-context.ts';
import type { OpenContext } from './open-context.ts';
import { openOpenPackage } from './open-package.ts';
import { pointsOf, readOpenStyles } from './open-styles.ts';
import { readBlock } from './read-open-blocks.ts';

type Slide = { title: string | null; readonly blocks: TextBlock[]; notes: string };

/** Boxes that hold the date, the number and the footer of every slide. */
const furniture = new Set(['footer', 'date-time', 'page-number', 'header']);

/** Blocks of one slide. */
const blockLimit = 50_000;

/** Whether a shape lies wholly outside of the slide. */
function isOutside(shape: XmlElement, { styles }: OpenContext): boolean {
  const [x, y] = [pointsOf(shape.get('svg:x')), pointsOf(shape.get('svg:y'))];
  const [width, height] = [pointsOf(shape.get('svg:width')) ?? 0, pointsOf(shape.get('svg:height')) ?? 0];
  if (x === null || y === null) return false;
  return x >= styles.pageSize.width || y >= styles.pageSize.height || x + width < 0 || y + height < 0;
}

function readNotes(reader: XmlReader, context: OpenContext): string {
  const lines: string[] = [];
  for (const shape of reader.children()) {
    const kind = shape.get('presentation:class');
    if (kind !== null && furniture.has(kind)) continue;
    for (const block of readBlock(shape, reader, context)) lines.push(flattenBlocks([block]).replace(/^• /, ''));
  }
  return lines.filter((line) => line !== '').join('\n');
}

function readShape(shape: XmlElement, reader: XmlReader, context: OpenContext, slide: Slide): void {
  const kind = shape.get('presentation:class');
  if (kind !== null && furniture.has(kind)) return;
  const isHidden = context.isHidden || shape.get('draw:display') === 'none' || isOutside(shape, context);
  const blocks = readBlock(shape, reader, { ...context, isHidden });
  if (kind === 'title' && slide.title === null) slide.title = flattenBlocks(blocks);
  else for (const block of blocks) if (slide.blocks.length < blockLimit) slide.blocks.push(block);
}

function readSlide(reader: XmlReader, context: OpenContext): Slide {
  const slide: Slide = { title: null, blocks: [], notes: '' };
  for (const shape of reader.children()) {
    if (shape.name === 'presentation:notes') slide.notes = readNotes(reader, context);
    else readShape(shape, reader, context, slide);
  }
  return slide;
}

/** Writes a slide as a page. Returns false when there is no room for it. */
async function writeSlide(page: XmlElement, reader: XmlReader, context: OpenContext): Promise<boolean> {
  const { writer, queue, styles } = context;
  const styleName = page.get('draw:style-name');
  // White letters may lie on a background, which a slide mostly takes from its master.
  const slide = readSlide(reader, { ...context, isShaded: true });
  const isHidden = styles.isHidden('drawing-page', styleName);
  if (!writer.page(isHidden ? `${slide.title ?? ''} (hidden slide)` : slide.title)) return false;
  if (slide.title !== null) writer.heading(1, slide.title);
  for (const block of slide.blocks) writeBlock(writer, block);
  writer.endTable();
  if (slide.notes !== '') writer.block(`Notes: ${slide.notes}`);
  queue.write(writer);
  await writer.progress(reader.fraction);
  return true;
}

/** Reads an OpenDocument presentation: a page for each slide, with its notes and comments. */
export const extractOdp: ExtractDocument = async (bytes, tools) => {
  const files = await openOpenPackage(bytes, tools.name);
  const writer = new DocumentWriter(tools);
  const styles = await readOpenStyles(files);
  const title = await files.title();
  const reader = await files.content();
  const base = { styles, writer, queue: new NoteQueue(), lists: new ListCounters(), look: plainLook };
  const context: OpenContext = { ...base, isHidden: false, isInCell: false, isShaded: true };
  for (const _document of reader.children()) {
    for (const part of reader.children()) {
      if (part.name === 'office:automatic-styles') styles.read(reader);
      if (part.name !== 'office:body') continue;
      for (const body of reader.children()) {
        if (body.name !== 'office:presentation') continue;
        for (const page of reader.children()) {
          if (page.name === 'draw:page' && !(await writeSlide(page, reader, context))) break;
        }
      }
    }
  }
  if (files.hasDamage) writer.omit('damaged-part');
  return writer.finish('odp', title);
};
