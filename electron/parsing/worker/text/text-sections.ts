import type { ExtractedDocument, ExtractedTable } from '../extracted-document.ts';
import type { FoundHeading } from '../find-headings.ts';

/** A text put together from parts, each a paragraph or more of its own, with headings and tables moved to their places. */
export class TextSections {
  readonly #parts: string[] = [];
  readonly #headings: FoundHeading[] = [];
  readonly #tables: ExtractedTable[] = [];
  #waiting: readonly { readonly level: number; readonly title: string }[] = [];
  #length = 0;

  /** Characters so far. */
  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#parts.join('');
  }

  get headings(): readonly FoundHeading[] {
    return this.#headings;
  }

  get tables(): readonly ExtractedTable[] {
    return this.#tables;
  }

  /** The next part begins under this heading; its own line is not added. */
  addHeading(level: number, title: string): void {
    this.#waiting = [...this.#waiting, { level, title }];
  }

  addText(text: string): void {
    this.add({ text, headings: [], tables: [] }, 0);
  }

  /** Adds a part; its headings come `depth` levels further in. Blank parts are left out. */
  add({ text, headings, tables }: Pick<ExtractedDocument, 'text' | 'headings' | 'tables'>, depth: number): void {
    if (text.trim() === '') return;
    const gap = this.#length === 0 ? '' : '\n\n';
    const offset = this.#length + gap.length;
    const content = text.trimEnd();
    this.#parts.push(gap, content);
    this.#length = offset + content.length;
    for (const heading of this.#waiting) this.#headings.push({ ...heading, start: offset });
    this.#waiting = [];
    for (const heading of headings) {
      this.#headings.push({ ...heading, level: heading.level + depth, start: heading.start + offset });
    }
    for (const { start, end, header } of tables) {
      this.#tables.push({ start: start + offset, end: Math.min(end, content.length) + offset, header });
    }
  }
}
