import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import { formatCounter } from '../archive/format-counter.ts';
import { isWhite } from '../archive/text-look.ts';

/** How lines are led in: as paragraphs, or as the list that a body placeholder is. */
export type DrawingTextStyle = {
  readonly isList: boolean;
  /** Whether white letters cannot be seen where the text stands. */
  readonly isOnWhite: boolean;
  readonly onHidden: (text: string) => void;
};

/** Letters of one point or less are dust; sizes are in hundredths of a point. */
const tinySize = 100;

type Line = { readonly text: string; readonly level: number; readonly marker: string | null };

const hasWhiteFill = (reader: XmlReader): boolean => {
  let isFilledWhite = false;
  for (const color of reader.children()) {
    if (color.name === 'a:srgbClr') isFilledWhite = isWhite(color.get('val') ?? '');
    else if (color.name === 'a:schemeClr') isFilledWhite = ['bg1', 'lt1'].includes(color.get('val') ?? '');
    else if (color.name === 'a:sysClr') isFilledWhite = isWhite(color.get('lastClr') ?? '');
  }
  return isFilledWhite;
};

/** Whether letters with the `a:rPr` that was opened last cannot be seen. */
function isInvisible(properties: XmlElement, reader: XmlReader, isOnWhite: boolean): boolean {
  const size = properties.integer('sz');
  let isHidden = size !== null && size <= tinySize;
  for (const element of reader.children()) {
    if (element.name === 'a:solidFill' && hasWhiteFill(reader) && isOnWhite) isHidden = true;
    // A colour behind the letters shows them, whatever their size.
    if (element.name === 'a:highlight' && !(size !== null && size <= tinySize)) isHidden = false;
  }
  return isHidden;
}

function readRun(reader: XmlReader, style: DrawingTextStyle): string {
  let isHidden = false;
  let text = '';
  for (const element of reader.children()) {
    if (element.name === 'a:rPr') isHidden = isInvisible(element, reader, style.isOnWhite);
    else if (element.name === 'a:t') text += reader.text();
  }
  if (!isHidden) return text;
  style.onHidden(text);
  return '';
}

const autoFormats: readonly (readonly [prefix: string, format: string])[] = [
  ['alphaLc', 'lowerLetter'],
  ['alphaUc', 'upperLetter'],
  ['romanLc', 'lowerRoman'],
  ['romanUc', 'upperRoman'],
];

/** A number as `a:buAutoNum` asks for it, such as `arabicPeriod`. */
function autoNumber(type: string, value: number): string {
  const format = autoFormats.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'decimal';
  const number = formatCounter(value, format);
  if (type.endsWith('ParenBoth')) return `(${number})`;
  if (type.endsWith('ParenR')) return `${number})`;
  return type.endsWith('Plain') ? number : `${number}.`;
}

/** Counts the numbered lines of one text; a line of an outer level starts the inner ones anew. */
class LineCounter {
  readonly #counts: number[] = [];

  next(level: number, start: number): number {
    this.#counts.length = Math.min(this.#counts.length, level + 1);
    for (let index = this.#counts.length; index < level; index += 1) this.#counts.push(0);
    const count = (this.#counts[level] ?? start - 1) + 1;
    this.#counts[level] = count;
    return count;
  }

  /** A line without a number at this level ends the count there. */
  stop(level: number): void {
    this.#counts.length = Math.min(this.#counts.length, level);
  }
}

type Bullet =
  | { readonly kind: 'none' | 'mark' | 'inherited' }
  | { readonly kind: 'number'; readonly type: string; readonly start: number };

function readBullet(reader: XmlReader): Bullet {
  let bullet: Bullet = { kind: 'inherited' };
  for (const element of reader.children()) {
    if (element.name === 'a:buNone') bullet = { kind: 'none' };
    else if (element.name === 'a:buChar' || element.name === 'a:buBlip') bullet = { kind: 'mark' };
    else if (element.name === 'a:buAutoNum') {
      bullet = { kind: 'number', type: element.get('type') ?? '', start: element.integer('startAt') ?? 1 };
    }
  }
  return bullet;
}

function readLine(reader: XmlReader, style: DrawingTextStyle, counter: LineCounter): Line {
  let text = '';
  let level = 0;
  let bullet: Bullet = { kind: 'inherited' };
  for (const element of reader.children()) {
    if (element.name === 'a:pPr') {
      level = Math.min(8, Math.max(0, element.integer('lvl') ?? 0));
      bullet = readBullet(reader);
    } else if (element.name === 'a:r' || element.name === 'a:fld') text += readRun(reader, style);
    else if (element.name === 'a:br') text += '\n';
    else if (element.name.startsWith('m:') || element.name === '?:m') text += reader.text();
  }
  if (text.trim() === '') return { text: '', level, marker: null };
  if (bullet.kind === 'number') {
    return { text, level, marker: autoNumber(bullet.type, counter.next(level, bullet.start)) };
  }
  counter.stop(level);
  const hasMark = bullet.kind === 'mark' || (bullet.kind === 'inherited' && style.isList);
  return { text, level, marker: hasMark ? '•' : null };
}

/** The paragraphs of the text body that was opened last, as lines; items of lists carry their marks. */
export function readDrawingText(reader: XmlReader, style: DrawingTextStyle): readonly string[] {
  const counter = new LineCounter();
  const lines: string[] = [];
  for (const element of reader.children()) {
    if (element.name !== 'a:p') continue;
    const { text, level, marker } = readLine(reader, style, counter);
    if (text.trim() === '') continue;
    const indent = '  '.repeat(level);
    lines.push(marker === null ? `${indent}${text.trim()}` : `${indent}${marker} ${text.trim()}`);
  }
  return lines;
}
