import type { ExtractedTable } from '../extracted-document.ts';
import type { FoundHeading } from '../find-headings.ts';

/** Blank space as pages mean it: any run is one space, the space that does not break included. */
const collapse = (text: string): string => text.replaceAll(/[\s\u00a0]+/g, ' ');

/** Text that grows block by block, with the headings and tables in it. */
export class TextFlow {
  readonly #pieces: string[] = [];
  /** Made when they are needed: a long table has a million flows without any. */
  #headings: FoundHeading[] | null = null;
  #tables: ExtractedTable[] | null = null;
  #length = 0;
  /** Line ends that come before the next word: 1 ends a line, 2 a paragraph. */
  #breaks = 0;
  #isSpaced = false;
  #marker = '';
  #heading: { readonly level: number; start: number | null; title: string } | null = null;

  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#pieces.join('');
  }

  get headings(): readonly FoundHeading[] {
    return this.#headings ?? [];
  }

  get tables(): readonly ExtractedTable[] {
    return this.#tables ?? [];
  }

  /** Words of running text. */
  addText(text: string): void {
    const words = collapse(text);
    const content = words.trim();
    if (words.startsWith(' ')) this.#isSpaced = true;
    if (content === '') return;
    this.#write(content);
    this.#isSpaced = words.endsWith(' ');
  }

  /** Text whose line ends and spaces count. */
  addPlainText(text: string): void {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) this.addLineBreak();
      // The parser hands over a line in pieces where it has entities, so a space at the end of one may be between words.
      if (line.trim() === '') this.#isSpaced ||= line !== '';
      else this.#write(line);
    }
  }

  /** The next word begins a line of its own, after a blank one with `lines` 2. */
  endBlock(lines: 1 | 2): void {
    this.#breaks = Math.max(this.#breaks, lines);
  }

  /** One more line end, up to a blank line. */
  addLineBreak(): void {
    this.#breaks = Math.min(2, this.#breaks + 1);
  }

  /** Stands in front of the next word, such as the mark of a list's item. */
  setMarker(marker: string): void {
    this.#marker = marker;
  }

  openHeading(level: number): void {
    this.endBlock(2);
    this.#heading = { level, start: null, title: '' };
  }

  closeHeading(): void {
    const heading = this.#heading;
    this.#heading = null;
    this.endBlock(2);
    if (heading?.start == null) return;
    const title = collapse(heading.title).trim().slice(0, 200);
    (this.#headings ??= []).push({ level: heading.level, title, start: heading.start });
  }

  /** Lines that are rows of a table. */
  addTable(rows: readonly string[], header: string): void {
    this.endBlock(2);
    let start: number | null = null;
    for (const row of rows) {
      this.endBlock(1);
      this.#write(row);
      start ??= this.#length - row.length;
    }
    this.endBlock(2);
    if (start !== null) (this.#tables ??= []).push({ start, end: this.#length, header });
  }

  /** Another flow as a block of this one. */
  addFlow(flow: TextFlow): void {
    if (flow.length === 0) return;
    this.endBlock(1);
    const { text } = flow;
    this.#write(text);
    const offset = this.#length - text.length;
    for (const heading of flow.headings) (this.#headings ??= []).push({ ...heading, start: heading.start + offset });
    for (const table of flow.tables) {
      (this.#tables ??= []).push({ ...table, start: table.start + offset, end: table.end + offset });
    }
    this.endBlock(1);
  }

  #write(content: string): void {
    if (this.#breaks > 0 && this.#length > 0) this.#push('\n'.repeat(this.#breaks));
    else if (this.#isSpaced && this.#length > 0) this.#push(' ');
    const isNewLine = this.#breaks > 0 || this.#length === 0;
    this.#breaks = 0;
    this.#isSpaced = false;
    if (this.#marker !== '') {
      this.#push(isNewLine ? this.#marker : ` ${this.#marker}`);
      this.#marker = '';
    }
    if (this.#heading) {
      this.#heading.start ??= this.#length;
      this.#heading.title += ` ${content}`;
    }
    this.#push(content);
  }

  #push(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }
}
