import { isWhite, mergeLooks, plainLook } from '../archive/text-look.ts';
import type { TextLook } from '../archive/text-look.ts';
import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { OpenPackage } from './open-package.ts';

/** One level of a list: a bullet, or a number in a format with text around it. */
export type ListLevel = {
  readonly format: string | null;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  /** How many levels the number shows, as in 1.2.3. */
  readonly shownLevels: number;
};

type OwnStyle = {
  readonly parent: string | null;
  readonly look: TextLook;
  /** Of a table, a row, a column or a slide: whether it is not shown. */
  readonly isHidden: boolean;
};

/** A style's parents that are followed. */
const ancestorLimit = 20;

const styleLimit = 50_000;

/** Names of `style:num-format` in the words of `formatCounter`. */
const counterFormats: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '': 'none',
};

/** A length such as `12pt` or `2.5cm` in points; null for anything else. */
export function pointsOf(length: string | null): number | null {
  const [, digits, unit] = /^(-?\d{1,9}(?:\.\d{1,9})?)(pt|cm|mm|in|px|pc)$/.exec(length?.trim() ?? '') ?? [];
  if (digits === undefined) return null;
  const points = { pt: 1, cm: 72 / 2.54, mm: 72 / 25.4, in: 72, px: 0.75, pc: 12 };
  return Number(digits) * (Object.entries(points).find(([name]) => name === unit)?.[1] ?? 1);
}

const colorOf = (value: string | null): string | null => (value?.startsWith('#') ? value.slice(1) : null);

const isFilledWith = (value: string | null): boolean | null => {
  if (value === null || value === 'transparent') return null;
  const color = colorOf(value);
  return color !== null && !isWhite(color);
};

/** What the properties of a style say of how text looks. */
function lookOf(element: XmlElement): TextLook {
  const display = element.get('text:display');
  return {
    isVanished: display === null ? null : display === 'none',
    color: colorOf(element.get('fo:color')),
    sizePoints: pointsOf(element.get('fo:font-size')),
    isShaded: isFilledWith(element.get('fo:background-color')),
  };
}

function readStyle(style: XmlElement, reader: XmlReader): OwnStyle {
  let look = plainLook;
  let isHidden = false;
  for (const element of reader.children()) {
    if (!element.name.endsWith('-properties')) continue;
    look = mergeLooks(look, lookOf(element));
    // Shapes and slides fill by a name of their own.
    const fill = element.get('draw:fill');
    if (fill !== null && fill !== 'none') look = { ...look, isShaded: true };
    isHidden ||= element.get('table:display') === 'false' || element.get('presentation:visibility') === 'hidden';
    isHidden ||= element.get('text:display') === 'none';
  }
  return { parent: style.get('style:parent-style-name'), look, isHidden };
}

function readListStyle(reader: XmlReader): readonly ListLevel[] {
  const levels: ListLevel[] = [];
  for (const element of reader.children()) {
    const index = element.integer('text:level');
    if (index === null || index < 1 || index > 10) continue;
    const isNumber = element.name === 'text:list-level-style-number';
    levels[index - 1] = {
      format: isNumber ? (counterFormats[element.get('style:num-format') ?? ''] ?? 'decimal') : null,
      prefix: (element.get('style:num-prefix') ?? '').slice(0, 20),
      suffix: (element.get('style:num-suffix') ?? '').slice(0, 20),
      start: element.integer('text:start-value') ?? 1,
      shownLevels: Math.min(10, Math.max(1, element.integer('text:display-levels') ?? 1)),
    };
  }
  return levels;
}

/** The styles of an OpenDocument file, gathered as its parts are read. */
export class OpenStyles {
  readonly #own = new Map<string, OwnStyle>();
  readonly #lists = new Map<string, readonly ListLevel[]>();
  readonly #looks = new Map<string, TextLook>();
  #pageWidthPoints = Infinity;
  #pageHeightPoints = Infinity;

  /** Of the first page layout that states its size, in points; infinite when none does. */
  get pageSize(): { readonly width: number; readonly height: number } {
    return { width: this.#pageWidthPoints, height: this.#pageHeightPoints };
  }

  /** Reads the `office:styles` or the like that was opened last. */
  read(reader: XmlReader): void {
    for (const element of reader.children()) {
      if (this.#own.size + this.#lists.size >= styleLimit) return;
      const name = element.get('style:name') ?? '';
      if (element.name === 'style:style') {
        this.#own.set(`${element.get('style:family') ?? ''}/${name}`, readStyle(element, reader));
      } else if (element.name === 'text:list-style') this.#lists.set(name, readListStyle(reader));
      else if (element.name === 'style:page-layout') this.#readPageLayout(reader);
    }
  }

  /** How text of this style looks. @param family - such as `text`, `paragraph` or `table-cell`. */
  look(family: string, name: string | null): TextLook {
    if (name === null) return plainLook;
    const key = `${family}/${name}`;
    const known = this.#looks.get(key);
    if (known) return known;
    let look = plainLook;
    let next: string | null = name;
    // A style may be its own parent in a hostile file.
    for (let step = 0; step < ancestorLimit && next !== null; step += 1) {
      const own: OwnStyle | undefined = this.#own.get(`${family}/${next}`);
      if (!own) break;
      look = mergeLooks(look, own.look);
      next = own.parent;
    }
    this.#looks.set(key, look);
    return look;
  }

  /** Whether a table, row, section or slide of this style is not shown. */
  isHidden(family: string, name: string | null): boolean {
    return this.#own.get(`${family}/${name ?? ''}`)?.isHidden ?? false;
  }

  /** The levels of a list, outermost first; empty for one that has no style. */
  list(name: string | null): readonly ListLevel[] {
    return this.#lists.get(name ?? '') ?? [];
  }

  #readPageLayout(reader: XmlReader): void {
    for (const element of reader.children()) {
      const width = pointsOf(element.get('fo:page-width'));
      const height = pointsOf(element.get('fo:page-height'));
      if (element.name !== 'style:page-layout-properties' || width === null || height === null) continue;
      // Notes pages have layouts too; a slide that is smaller than the largest is not cut off.
      const isFirst = this.#pageWidthPoints === Infinity;
      this.#pageWidthPoints = isFirst ? width : Math.max(width, this.#pageWidthPoints);
      this.#pageHeightPoints = isFirst ? height : Math.max(height, this.#pageHeightPoints);
    }
  }
}

/** Reads the styles that all parts share. Those of the content itself are read as they come. */
export async function readOpenStyles(files: OpenPackage): Promise<OpenStyles> {
  const styles = new OpenStyles();
  const reader = await files.open('styles.xml');
  for (const _document of reader?.children() ?? []) {
    for (const element of reader?.children() ?? []) {
      if (reader && ['office:styles', 'office:automatic-styles'].includes(element.name)) styles.read(reader);
    }
  }
  return styles;
}
