import type { TextBlock } from '../archive/text-block.ts';
import { isInvisible, isWhite, mergeLooks } from '../archive/text-look.ts';
import type { TextLook } from '../archive/text-look.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { WordContext } from './word-context.ts';
import { isShading, readLook } from './word-look.ts';
import { headingLevelOf, readListPlace } from './word-styles.ts';
import type { ListPlace, WordStyle } from './word-styles.ts';

/** Reads blocks inside the element that was opened last. `isShaded`: what lies behind them is not white. */
export type ReadBlocks = (reader: XmlReader, context: WordContext, isShaded: boolean) => Iterable<TextBlock>;

/** A paragraph while it is read: its text, and the blocks of the text boxes that are anchored in it. */
type Draft = {
  text: string;
  readonly boxes: TextBlock[];
  readonly readBlocks: ReadBlocks;
  /** What a run looks like that says nothing. */
  look: TextLook;
  isShaded: boolean;
};

/** Boxes and tables that Word draws as symbols of its own fonts. */
const symbols: ReadonlyMap<string, string> = new Map([
  ['f06f', '☐'],
  ['f071', '☐'],
  ['f0a8', '☐'],
  ['f0fe', '☑'],
  ['f0fd', '☒'],
  ['f078', '☒'],
  ['f0fc', '✓'],
  ['f0fb', '✗'],
  ['f0b7', '•'],
  ['f0e0', '→'],
  ['f0d8', '→'],
  ['f0a7', '▪'],
]);

function symbolOf(element: XmlElement): string {
  const code = (element.get('w:char') ?? '').toLowerCase();
  const known = symbols.get(code);
  if (known !== undefined) return known;
  return /^[0-9a-f]{4}$/.test(code) && !/^[ef]/.test(code) ? String.fromCodePoint(Number.parseInt(code, 16)) : '';
}

const isFill = (element: XmlElement): boolean =>
  ['a:solidFill', 'a:gradFill', 'a:blipFill', 'a:pattFill'].includes(element.name);

/** Text boxes inside a drawing; pictures are only noted. */
function readDrawing(reader: XmlReader, context: WordContext, draft: Draft, isFilled: boolean): void {
  let isBoxFilled = isFilled;
  let hasChoice = false;
  for (const element of reader.children()) {
    if (element.name === 'w:txbxContent') {
      for (const block of draft.readBlocks(reader, context, isBoxFilled)) draft.boxes.push(block);
    } else if (element.name === 'wps:spPr') isBoxFilled = [...reader.children()].some(isFill);
    // The same box once more, for programs of before.
    else if (element.name === 'mc:Fallback' && hasChoice) continue;
    else {
      if (element.name === 'mc:Choice') hasChoice = true;
      if (element.name === 'pic:pic' || element.name === 'v:imagedata') context.writer.omit('pictures');
      const color = element.get('fillcolor')?.replace('#', '') ?? null;
      readDrawing(reader, context, draft, isBoxFilled || (color !== null && color !== 'white' && !isWhite(color)));
    }
  }
}

/** The text of one child of a run. */
function readRunPart(element: XmlElement, reader: XmlReader, context: WordContext, draft: Draft): string {
  switch (element.name) {
    case 'w:t':
      return reader.text();
    case 'w:tab':
    case 'w:ptab':
      return '\t';
    case 'w:br':
    case 'w:cr':
      return '\n';
    case 'w:noBreakHyphen':
      return '-';
    case 'w:sym':
      return symbolOf(element);
    case 'w:footnoteReference':
      return context.footnote(element.get('w:id') ?? '');
    case 'w:endnoteReference':
      return context.endnote(element.get('w:id') ?? '');
    case 'w:commentReference':
      context.comment(element.get('w:id') ?? '');
      return '';
    case 'w:delText':
      context.writer.omit('deleted-text');
      return '';
    case 'w:object':
      context.writer.omit('attachments');
      readDrawing(reader, context, draft, false);
      return '';
    case 'w:drawing':
    case 'w:pict':
    case 'mc:AlternateContent':
      readDrawing(reader, context, draft, false);
      return '';
    case 'w:ruby':
      return readRubyBase(reader, context, draft);
    default:
      return '';
  }
}

/** The word of a word with its pronunciation above it. */
function readRubyBase(reader: XmlReader, context: WordContext, draft: Draft): string {
  for (const element of reader.children()) {
    if (element.name !== 'w:rubyBase') continue;
    const base: Draft = { ...draft, text: '' };
    readInline(reader, context, base);
    return base.text;
  }
  return '';
}

function readRun(reader: XmlReader, context: WordContext, draft: Draft): void {
  let look = draft.look;
  let text = '';
  for (const element of reader.children()) {
    if (element.name === 'w:rPr') {
      look = mergeLooks(
        readLook(reader, (styleId) => context.styles.get(styleId).look),
        draft.look,
      );
    } else text += readRunPart(element, reader, context, draft);
  }
  if (isInvisible(look, draft.isShaded)) context.writer.hide(text);
  else draft.text += text;
  reader.refuseLongText(draft.text.length);
}

/** The content of a paragraph, or of something inside it, such as a link. */
function readInline(reader: XmlReader, context: WordContext, draft: Draft): void {
  for (const element of reader.children()) readInlineElement(element, reader, context, draft);
}

function readInlineElement(element: XmlElement, reader: XmlReader, context: WordContext, draft: Draft): void {
  switch (element.name) {
    case 'w:r':
      readRun(reader, context, draft);
      break;
    case 'w:del':
    case 'w:moveFrom':
      context.writer.omit('deleted-text');
      break;
    case 'w:sdtPr':
    case 'w:sdtEndPr':
      break;
    case 'm:oMath':
    case 'm:oMathPara':
      draft.text += reader.text().replaceAll(/\s+/g, ' ');
      break;
    case 'mc:AlternateContent':
      readDrawing(reader, context, draft, false);
      break;
    default:
      if (element.name.startsWith('w:')) readInline(reader, context, draft);
  }
}

type ParagraphProperties = {
  readonly styleId: string | null;
  readonly headingLevel: number | null;
  readonly listId: string | null;
  readonly listLevel: number | null;
  readonly isShaded: boolean | null;
};

const plainProperties: ParagraphProperties = {
  styleId: null,
  headingLevel: null,
  listId: null,
  listLevel: null,
  isShaded: null,
};

function readProperties(reader: XmlReader): ParagraphProperties {
  let properties = plainProperties;
  for (const element of reader.children()) {
    if (element.name === 'w:pStyle') properties = { ...properties, styleId: element.get('w:val') };
    else if (element.name === 'w:shd') properties = { ...properties, isShaded: isShading(element) };
    else if (element.name === 'w:outlineLvl') {
      properties = { ...properties, headingLevel: headingLevelOf(element.integer('w:val')) };
    } else if (element.name === 'w:numPr') {
      const { listId, level } = readListPlace(reader);
      properties = { ...properties, listId, listLevel: level };
    }
  }
  return properties;
}

function listPlaceOf(properties: ParagraphProperties, inherited: ListPlace | null): ListPlace | null {
  const listId = properties.listId ?? inherited?.listId ?? null;
  return listId === null || listId === '0' ? null : { listId, level: properties.listLevel ?? inherited?.level ?? 0 };
}

/** Longer ones are text that somebody gave an outline level. */
const headingLimit = 400;

/**
 * Reads the `w:p` that was opened last: the paragraph, and after it what stands in its text boxes.
 * @param isShaded - whether what lies behind it is not white.
 */
export function readWordParagraph(
  reader: XmlReader,
  context: WordContext,
  isShaded: boolean,
  readBlocks: ReadBlocks,
): readonly TextBlock[] {
  let properties = plainProperties;
  let style = context.styles.paragraph(null);
  const draft: Draft = { text: '', boxes: [], readBlocks, look: style.look, isShaded };
  // The properties stand first, so the runs are read with them known.
  for (const element of reader.children()) {
    if (element.name === 'w:pPr') {
      properties = readProperties(reader);
      style = context.styles.paragraph(properties.styleId);
      draft.look = style.look;
      draft.isShaded = properties.isShaded ?? style.look.isShaded ?? isShaded;
    } else readInlineElement(element, reader, context, draft);
  }
  return [...blockOf(draft.text.trim(), properties, style, context), ...draft.boxes];
}

function* blockOf(
  text: string,
  properties: ParagraphProperties,
  style: WordStyle,
  context: WordContext,
): Generator<TextBlock> {
  if (text === '') return;
  const place = listPlaceOf(properties, style.list);
  const marker = place === null ? '' : context.numbering.next(place.listId, place.level);
  const level = properties.headingLevel ?? style.headingLevel ?? 0;
  const shown = marker === '' ? text : `${marker} ${text}`;
  if (level > 0 && text.length <= headingLimit) yield { kind: 'heading', level, text: shown };
  else if (marker === '') yield { kind: 'paragraph', text };
  else yield { kind: 'item', text: `${'  '.repeat(place?.level ?? 0)}${shown}` };
}
