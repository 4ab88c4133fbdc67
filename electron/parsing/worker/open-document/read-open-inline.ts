import { flattenBlocks } from '../archive/text-block.ts';
import type { TextBlock } from '../archive/text-block.ts';
import { isInvisible, mergeLooks } from '../archive/text-look.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { OpenContext } from './open-context.ts';

/** Reads blocks inside the element that was opened last. */
export type ReadOpenBlocks = (reader: XmlReader, context: OpenContext) => Iterable<TextBlock>;

/** A paragraph while it is read: its text, and the blocks of the frames that are anchored in it. */
type Draft = { text: string; readonly frames: TextBlock[]; readonly readBlocks: ReadOpenBlocks };

/** Spaces that one `text:s` may stand for. */
const spaceLimit = 200;

/** Text inside a paragraph is spelled with single spaces; the others have elements of their own. */
const collapsed = (text: string): string => text.replaceAll(/[ \t\r\n]+/g, ' ');

function addText(text: string, context: OpenContext, draft: Draft): void {
  if (context.isHidden || isInvisible(context.look, context.isShaded)) context.writer.hide(text);
  else draft.text += text;
}

function readNote(note: XmlElement, reader: XmlReader, context: OpenContext, draft: Draft): void {
  for (const element of reader.children()) {
    if (element.name !== 'text:note-body') continue;
    const text = flattenBlocks(draft.readBlocks(reader, context)).trim();
    if (text === '' || context.isHidden) continue;
    const isEndnote = note.get('text:note-class') === 'endnote';
    draft.text += isEndnote ? context.queue.endnote(text) : context.queue.footnote(text);
  }
}

/** Reads the `office:annotation` that was opened last. */
export function readAnnotation(reader: XmlReader, context: OpenContext, readBlocks: ReadOpenBlocks): void {
  let author: string | null = null;
  const blocks: TextBlock[] = [];
  for (const element of reader.children()) {
    if (element.name === 'dc:creator') author = reader.text();
    else if (element.name === 'text:p') blocks.push(...readOpenParagraph(element, reader, context, readBlocks).blocks);
    else if (element.name === 'text:list') for (const block of readBlocks(reader, context)) blocks.push(block);
  }
  context.queue.comment(author, flattenBlocks(blocks));
}

function readElement(element: XmlElement, reader: XmlReader, context: OpenContext, draft: Draft): void {
  switch (element.name) {
    case 'text:s':
      addText(' '.repeat(Math.min(spaceLimit, Math.max(1, element.integer('text:c') ?? 1))), context, draft);
      break;
    case 'text:tab':
      addText('\t', context, draft);
      break;
    case 'text:line-break':
      addText('\n', context, draft);
      break;
    case 'text:note':
      readNote(element, reader, context, draft);
      break;
    case 'office:annotation':
      readAnnotation(reader, context, draft.readBlocks);
      break;
    case 'text:span': {
      const look = mergeLooks(context.styles.look('text', element.get('text:style-name')), context.look);
      readInline(reader, { ...context, look }, draft);
      break;
    }
    case 'text:hidden-text':
      context.writer.hide(element.get('text:string-value') ?? '');
      break;
    case 'text:hidden-paragraph':
    case 'text:script':
    case 'text:ruby-text':
    case 'office:event-listeners':
      break;
    default:
      if (element.name.startsWith('draw:')) {
        for (const block of draft.readBlocks(reader, context)) draft.frames.push(block);
        if (element.name === 'draw:image') context.writer.omit('pictures');
      } else readInline(reader, context, draft);
  }
}

function readInline(reader: XmlReader, context: OpenContext, draft: Draft): void {
  for (const node of reader.nodes()) {
    reader.refuseLongText(draft.text.length);
    if (typeof node === 'string') addText(collapsed(node), context, draft);
    else readElement(node, reader, context, draft);
  }
}

/** What a `text:p` or `text:h` holds: its own text, and the blocks of frames that are anchored in it. */
export type OpenParagraph = {
  readonly text: string;
  readonly frames: readonly TextBlock[];
  readonly blocks: TextBlock[];
};

/** Reads the `text:p` or `text:h` that was opened last. */
export function readOpenParagraph(
  paragraph: XmlElement,
  reader: XmlReader,
  context: OpenContext,
  readBlocks: ReadOpenBlocks,
): OpenParagraph {
  const draft: Draft = { text: '', frames: [], readBlocks };
  const styled = context.styles.look('paragraph', paragraph.get('text:style-name'));
  const look = mergeLooks(styled, context.look);
  readInline(
    reader,
    { ...context, look: { ...look, isShaded: null }, isShaded: look.isShaded ?? context.isShaded },
    draft,
  );
  const text = draft.text.trim();
  return { text, frames: draft.frames, blocks: [{ kind: 'paragraph', text }, ...draft.frames] };
}
