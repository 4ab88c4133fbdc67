import { mergeLooks, plainLook } from '../archive/text-look.ts';
import type { TextLook } from '../archive/text-look.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { OfficePackage } from './office-package.ts';
import { isShading, readLook } from './word-look.ts';

/** A paragraph's place in a list: which list, and how deep from 0. */
export type ListPlace = { readonly listId: string; readonly level: number };

/** A style with what it takes from the styles that it is based on. */
export type WordStyle = {
  /** 1 is the outermost; 0 is text that is no heading; null is not said. */
  readonly headingLevel: number | null;
  readonly list: ListPlace | null;
  readonly look: TextLook;
  /** Of a table: whether some of its cells have a colour. */
  readonly hasFill: boolean;
};

type OwnStyle = WordStyle & { readonly basedOn: string | null };

/** A style's parents that are followed. */
const ancestorLimit = 20;

const styleLimit = 20_000;

const plainStyle: WordStyle = { headingLevel: null, list: null, look: plainLook, hasFill: false };

/** Names of heading styles; Word writes the English one whatever language it speaks, other programs their own. */
const headingName =
  /^(?:heading|überschrift|titre|título|titolo|titulo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|заголовок)\s*([1-9])$/iu;

function levelByName(name: string): number | null {
  const tidy = name.trim().normalize('NFC');
  if (/^(?:title|titel)$/i.test(tidy)) return 1;
  const level = headingName.exec(tidy)?.[1];
  return level === undefined ? null : Number(level);
}

/** The heading level of a `w:outlineLvl`: 9 stands for text. */
export function headingLevelOf(outline: number | null): number | null {
  if (outline === null || outline < 0) return null;
  return outline >= 9 ? 0 : outline + 1;
}

/** Reads the `w:numPr` that was opened last; null when it takes the paragraph out of lists or names none. */
export function readListPlace(reader: XmlReader): { readonly listId: string | null; readonly level: number | null } {
  let listId: string | null = null;
  let level: number | null = null;
  for (const element of reader.children()) {
    if (element.name === 'w:numId') listId = element.get('w:val');
    else if (element.name === 'w:ilvl') level = Math.min(8, Math.max(0, element.integer('w:val') ?? 0));
  }
  return { listId, level };
}

function readParagraphPart(reader: XmlReader, style: OwnStyle): OwnStyle {
  let read = style;
  for (const element of reader.children()) {
    if (element.name === 'w:outlineLvl') read = { ...read, headingLevel: headingLevelOf(element.integer('w:val')) };
    else if (element.name === 'w:shd')
      read = { ...read, look: mergeLooks(read.look, { ...plainLook, isShaded: isShading(element) }) };
    else if (element.name === 'w:numPr') {
      const { listId, level } = readListPlace(reader);
      if (listId !== null) read = { ...read, list: { listId, level: level ?? 0 } };
    }
  }
  return read;
}

/** Whether a colour fills anything inside the element that was opened last. */
function hasFillInside(reader: XmlReader): boolean {
  let hasFill = false;
  for (const element of reader.children()) {
    if (element.name === 'w:shd' ? isShading(element) : hasFillInside(reader)) hasFill = true;
  }
  return hasFill;
}

function readStyle(reader: XmlReader): OwnStyle {
  let style: OwnStyle = { ...plainStyle, basedOn: null };
  let named: number | null = null;
  for (const element of reader.children()) {
    switch (element.name) {
      case 'w:name':
        named = levelByName(element.get('w:val') ?? '');
        break;
      case 'w:basedOn':
        style = { ...style, basedOn: element.get('w:val') };
        break;
      case 'w:pPr':
        style = readParagraphPart(reader, style);
        break;
      case 'w:rPr':
        style = { ...style, look: mergeLooks(readLook(reader), style.look) };
        break;
      case 'w:tblPr':
      case 'w:tcPr':
      case 'w:tblStylePr':
        style = { ...style, hasFill: hasFillInside(reader) || style.hasFill };
        break;
    }
  }
  return { ...style, headingLevel: style.headingLevel ?? named };
}

/** The styles of a Word document. */
export class WordStyles {
  readonly #own: ReadonlyMap<string, OwnStyle>;
  readonly #resolved = new Map<string, WordStyle>();
  readonly #defaultParagraph: string | null;
  readonly #defaultLook: TextLook;

  constructor(own: ReadonlyMap<string, OwnStyle>, defaultParagraph: string | null, defaultLook: TextLook) {
    this.#own = own;
    this.#defaultParagraph = defaultParagraph;
    this.#defaultLook = defaultLook;
  }

  /** The style of a paragraph; the document's default for null. */
  paragraph(id: string | null): WordStyle {
    const style = this.get(id ?? this.#defaultParagraph);
    return { ...style, look: mergeLooks(style.look, this.#defaultLook) };
  }

  /** A style by its id; a plain one for null and unknown ids. */
  get(id: string | null): WordStyle {
    if (id === null) return plainStyle;
    const known = this.#resolved.get(id);
    if (known) return known;
    let style: WordStyle = plainStyle;
    let next: string | null = id;
    // A style may be based on itself in a hostile file.
    for (let step = 0; step < ancestorLimit && next !== null; step += 1) {
      const own: OwnStyle | undefined = this.#own.get(next);
      if (!own) break;
      style = {
        headingLevel: style.headingLevel ?? own.headingLevel,
        list: style.list ?? own.list,
        look: mergeLooks(style.look, own.look),
        hasFill: style.hasFill || own.hasFill,
      };
      next = own.basedOn;
    }
    this.#resolved.set(id, style);
    return style;
  }
}

function readDefaults(reader: XmlReader): TextLook {
  let look = plainLook;
  for (const part of reader.children()) {
    if (part.name !== 'w:rPrDefault') continue;
    for (const element of reader.children()) if (element.name === 'w:rPr') look = readLook(reader);
  }
  return look;
}

/** Reads the part with the styles; without it everything is plain. */
export async function readWordStyles(office: OfficePackage, path: string | null): Promise<WordStyles> {
  const reader = await office.open(path);
  const own = new Map<string, OwnStyle>();
  let defaultParagraph: string | null = null;
  let defaultLook = plainLook;
  for (const root of reader?.children() ?? []) {
    if (root.name !== 'w:styles' || !reader) continue;
    for (const element of reader.children()) {
      if (own.size >= styleLimit) break;
      if (element.name === 'w:docDefaults') defaultLook = readDefaults(reader);
      if (element.name !== 'w:style') continue;
      const id = element.get('w:styleId') ?? '';
      const isDefault = ['1', 'true', 'on'].includes(element.get('w:default') ?? '');
      if (isDefault && element.get('w:type') === 'paragraph') defaultParagraph = id;
      own.set(id, readStyle(reader));
    }
  }
  return new WordStyles(own, defaultParagraph, defaultLook);
}
