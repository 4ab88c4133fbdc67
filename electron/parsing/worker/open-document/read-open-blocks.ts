import type { TextBlock } from '../archive/text-block.ts';
import { plainLook } from '../archive/text-look.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { ListPlace, OpenContext } from './open-context.ts';
import { readAnnotation, readOpenParagraph } from './read-open-inline.ts';
import { readOpenTable } from './read-open-table.ts';

/** Elements that hold blocks and are nothing themselves. */
const wrappers = new Set([
  'text:index-body',
  'text:index-title',
  'text:table-of-content',
  'text:alphabetical-index',
  'text:bibliography',
  'text:illustration-index',
  'text:table-index',
  'text:object-index',
  'text:user-index',
  'text:list-header',
  'text:list-item',
  'text:numbered-paragraph',
  'draw:text-box',
  'draw:a',
  'draw:g',
  'office:forms',
]);

/** Longer ones are text that somebody gave an outline level. */
const headingLimit = 400;

function* readList(reader: XmlReader, context: OpenContext, place: ListPlace): Generator<TextBlock> {
  const levels = context.styles.list(place.styleName);
  for (const item of reader.children()) {
    const isHeader = item.name === 'text:list-header';
    if (item.name !== 'text:list-item' && !isHeader) continue;
    let isFirst = !isHeader;
    for (const element of reader.children()) {
      if (element.name === 'text:list') {
        const styleName = element.get('text:style-name') ?? place.styleName;
        yield* readList(reader, context, { styleName, depth: Math.min(9, place.depth + 1) });
        isFirst = false;
        continue;
      }
      for (const block of readBlock(element, reader, context)) {
        if (block.kind !== 'paragraph' || block.text === '') {
          yield block;
          continue;
        }
        const marker = isFirst ? context.lists.next(place, levels, item.integer('text:start-value')) : '';
        isFirst = false;
        const lead = marker === '' ? '  ' : `${marker} `;
        yield { kind: 'item', text: `${'  '.repeat(place.depth)}${lead}${block.text}` };
      }
    }
  }
}

function* readRootList(list: XmlElement, reader: XmlReader, context: OpenContext): Generator<TextBlock> {
  const styleName = list.get('text:style-name');
  const goesOn = list.get('text:continue-numbering') === 'true' || list.get('text:continue-list') !== null;
  if (!goesOn) context.lists.restart(styleName);
  yield* readList(reader, context, { styleName, depth: 0 });
}

function* readParagraph(element: XmlElement, reader: XmlReader, context: OpenContext): Generator<TextBlock> {
  const { text, frames } = readOpenParagraph(element, reader, context, readOpenBlocks);
  const level = element.name === 'text:h' ? Math.min(10, Math.max(1, element.integer('text:outline-level') ?? 1)) : 0;
  if (text !== '') {
    if (level > 0 && text.length <= headingLimit) yield { kind: 'heading', level, text };
    else yield { kind: 'paragraph', text };
  }
  yield* frames;
}

/** A frame: the first of its contents is shown, the others are the same for programs that cannot show it. */
function* readFrame(frame: XmlElement, reader: XmlReader, context: OpenContext): Generator<TextBlock> {
  const isShaded = context.styles.look('graphic', frame.get('draw:style-name')).isShaded ?? context.isShaded;
  let isShown = false;
  for (const element of reader.children()) {
    if (isShown || !(element.name.startsWith('draw:') || element.name === 'table:table')) continue;
    isShown = true;
    yield* readBlock(element, reader, { ...context, isShaded, look: plainLook });
  }
}

/** A shape: what is written in it, on the colour that it is filled with. */
function* readShape(shape: XmlElement, reader: XmlReader, context: OpenContext): Generator<TextBlock> {
  const look = context.styles.look('graphic', shape.get('draw:style-name'));
  const isShaded = look.isShaded ?? context.isShaded;
  yield* readOpenBlocks(reader, { ...context, isShaded, look: plainLook });
}

function* readSection(section: XmlElement, reader: XmlReader, context: OpenContext): Generator<TextBlock> {
  const isHidden = section.get('text:display') === 'none' || context.isHidden;
  yield* readOpenBlocks(reader, { ...context, isHidden });
}

function noteDeletions(reader: XmlReader, context: OpenContext): void {
  for (const region of reader.children()) {
    if (region.name === 'text:deletion') context.writer.omit('deleted-text');
    else noteDeletions(reader, context);
  }
}

/** Reads one element that may hold blocks. What is no text of the document yields none. */
export function* readBlock(element: XmlElement, reader: XmlReader, context: OpenContext): Generator<TextBlock> {
  switch (element.name) {
    case 'text:p':
    case 'text:h':
      yield* readParagraph(element, reader, context);
      break;
    case 'text:list':
      yield* readRootList(element, reader, context);
      break;
    case 'text:section':
      yield* readSection(element, reader, context);
      break;
    case 'table:table':
      yield* readOpenTable(element, reader, context, readOpenBlocks);
      yield { kind: 'end-table' };
      break;
    case 'text:tracked-changes':
      noteDeletions(reader, context);
      break;
    case 'office:annotation':
      readAnnotation(reader, context, readOpenBlocks);
      break;
    case 'draw:image':
      context.writer.omit('pictures');
      break;
    case 'draw:object':
    case 'draw:object-ole':
      context.writer.omit('attachments');
      break;
    case 'draw:frame':
      yield* readFrame(element, reader, context);
      break;
    case 'draw:custom-shape':
    case 'draw:rect':
    case 'draw:ellipse':
    case 'draw:circle':
    case 'draw:polygon':
    case 'draw:path':
    case 'draw:line':
    case 'draw:connector':
    case 'draw:caption':
      yield* readShape(element, reader, context);
      break;
    default:
      if (wrappers.has(element.name)) yield* readOpenBlocks(reader, context);
  }
}

/** Reads the blocks inside the element that was opened last, as they are asked for. */
export function* readOpenBlocks(reader: XmlReader, context: OpenContext): Generator<TextBlock> {
  for (const element of reader.children()) yield* readBlock(element, reader, context);
}
