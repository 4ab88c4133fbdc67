import type { Handler } from 'htmlparser2';
import { hiddenSampleLimit } from '../extraction-limits.ts';
import { declarationsOf, readStyleRules } from './style-rules.ts';
import type { StyleRules } from './style-rules.ts';
import { TableFlow } from './table-flow.ts';
import { TextFlow } from './text-flow.ts';
import { isSeen, nextStyle, pageStyle } from './visible-style.ts';
import type { VisibleStyle } from './visible-style.ts';

/** Elements whose content is no text of the page. */
const skipped = new Set(
  'script style noscript template iframe frame object embed applet audio video canvas datalist desc metadata annotation annotation-xml'.split(
    ' ',
  ),
);
/** Elements that begin and end a line, and those that begin and end a paragraph. */
const lines = new Set(
  'div li dt dd tr address center option legend label figcaption caption summary fieldset form header footer nav main aside button'.split(
    ' ',
  ),
);
const paragraphs = new Set(
  'p ul ol dl table blockquote pre section article figure details hr h1 h2 h3 h4 h5 h6'.split(' '),
);

/** More open elements than any page has on purpose. */
const depthLimit = 10_000;

/** Tables inside tables inside tables are a layout, and past this only text. */
const tableDepthLimit = 30;

type Frame = {
  readonly name: string;
  readonly isSkipped: boolean;
  readonly style: VisibleStyle;
  readonly isPlain: boolean;
  /** The list that it is or stands in: the number of its next item, or null for bullets. */
  readonly list: { next: number | null; readonly depth: number } | null;
  /** What its end has to close. */
  opened: 'heading' | 'table' | 'cell' | null;
};

type OpenTable = { readonly table: TableFlow; readonly outer: TextFlow };

/** Takes the parser's events and writes the text of the page. */
export class HtmlHandler {
  readonly #rules: StyleRules;
  readonly #characterLimit: number;
  readonly #frames: Frame[] = [];
  readonly #openTables: OpenTable[] = [];
  readonly #root: Frame;
  readonly flow = new TextFlow();
  #current = this.flow;
  #characters = 0;
  title = '';
  hiddenCharacters = 0;
  hiddenSample = '';
  hasPictures = false;
  isTooDeep = false;
  isCut = false;

  constructor(html: string, characterLimit: number) {
    this.#rules = readStyleRules(html);
    this.#characterLimit = characterLimit;
    const style = pageStyle(!this.#rules.hasUnknownBackgrounds);
    this.#root = { name: '', isSkipped: false, style, isPlain: false, list: null, opened: null };
  }

  get callbacks(): Partial<Handler> {
    return {
      onopentag: (name, attributes) => this.#open(name, attributes),
      onclosetag: (name) => this.#close(name),
      ontext: (text) => this.#text(text),
    };
  }

  get #top(): Frame {
    return this.#frames.at(-1) ?? this.#root;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    const outer = this.#top;
    const frame: Frame = {
      name,
      isSkipped: outer.isSkipped || skipped.has(name),
      style: outer.isSkipped
        ? outer.style
        : nextStyle(outer.style, declarationsOf(this.#rules, name, attributes), attributes),
      isPlain: outer.isPlain || name === 'pre' || name === 'textarea',
      list: isList(name) ? { next: firstNumber(name, attributes), depth: (outer.list?.depth ?? -1) + 1 } : outer.list,
      opened: null,
    };
    this.#frames.push(frame);
    if (this.#frames.length > depthLimit) {
      this.isTooDeep = true;
      this.isCut = true;
    }
    if (frame.isSkipped || this.isCut) return;
    if (name === 'img' && attributes['src'] !== undefined) this.hasPictures = true;
    if (name === 'br') this.#current.addLineBreak();
    else if (isSeen(frame.style)) this.#openBlock(name, attributes);
  }

  #openBlock(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#endBlock(name, this.#top);
    if (name === 'li') this.#openItem(this.#top);
    else if (name === 'tr') this.#openTables.at(-1)?.table.openRow();
    else this.#top.opened = this.#openPart(name, attributes);
  }

  #openItem({ list }: Frame): void {
    const mark = list?.next == null ? '•' : `${list.next}.`;
    if (list?.next != null) list.next += 1;
    this.#current.setMarker(`${'  '.repeat(Math.min(8, list?.depth ?? 0))}${mark} `);
  }

  #openPart(name: string, attributes: Readonly<Record<string, string>>): Frame['opened'] {
    if (/^h[1-6]$/.test(name)) {
      this.#current.openHeading(Number(name.slice(1)));
      return 'heading';
    }
    if (name === 'table' && this.#openTables.length < tableDepthLimit) {
      this.#openTables.at(-1)?.table.noteTable();
      this.#openTables.push({ table: new TableFlow(), outer: this.#current });
      return 'table';
    }
    const open = this.#openTables.at(-1);
    if (open && (name === 'td' || name === 'th')) {
      this.#current = open.table.openCell(name === 'th', Number.parseInt(attributes['colspan'] ?? '1', 10) || 1);
      return 'cell';
    }
    if (name === 'td' || name === 'th') this.#current.endBlock(1);
    return null;
  }

  #close(name: string): void {
    const frame = this.#frames.pop();
    if (!frame || frame.isSkipped) return;
    if (frame.opened === 'heading') this.#current.closeHeading();
    else if (frame.opened === 'table') this.#closeTable();
    else if (frame.opened === 'cell') this.#current = this.#openTables.at(-1)?.outer ?? this.flow;
    if (!isSeen(frame.style)) return;
    this.#endBlock(name, frame);
  }

  #endBlock(name: string, { list }: Frame): void {
    // A list inside an item is no paragraph of its own.
    const isInner = isList(name) && (list?.depth ?? 0) > 0;
    if (lines.has(name) || isInner) this.#current.endBlock(1);
    else if (paragraphs.has(name)) this.#current.endBlock(2);
  }

  #closeTable(): void {
    const open = this.#openTables.pop();
    if (!open) return;
    this.#current = open.outer;
    open.table.writeTo(open.outer);
  }

  #text(text: string): void {
    const frame = this.#top;
    if (frame.name === 'title' && this.title.length < 1_000 && !this.#isInPicture()) this.title += text;
    if (frame.isSkipped || frame.name === 'title' || this.isCut) return;
    if (!isSeen(frame.style)) {
      this.#hide(text);
      return;
    }
    this.#characters += text.length;
    if (this.#characters > this.#characterLimit) {
      this.isCut = true;
      return;
    }
    if (frame.isPlain) this.#current.addPlainText(text);
    else this.#current.addText(text);
  }

  /** Drawings have titles of their own. */
  #isInPicture(): boolean {
    return this.#frames.some(({ name }) => name === 'svg');
  }

  #hide(text: string): void {
    const content = text.replaceAll(/[\s\u00a0]+/g, ' ');
    if (content.trim() === '') return;
    this.hiddenCharacters += content.trim().length;
    if (this.hiddenSample.length < hiddenSampleLimit)
      this.hiddenSample += `${content.trim().slice(0, hiddenSampleLimit)} `;
  }
}

const isList = (name: string): boolean => name === 'ol' || name === 'ul';

function firstNumber(name: string, attributes: Readonly<Record<string, string>>): number | null {
  if (name !== 'ol') return null;
  const start = Number.parseInt(attributes['start'] ?? '1', 10);
  return Number.isNaN(start) ? 1 : start;
}
