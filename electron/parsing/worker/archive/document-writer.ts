import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../shared/app-error.ts';
import type { DocumentFormat, ReadingReport } from '../../../shared/document.ts';
import type { FoundHeading } from '../find-headings.ts';
import { characterLimit, hiddenSampleLimit, pageLimit, tableLimit } from '../extraction-limits.ts';
import type { ExtractedDocument, ExtractedPage, ExtractedTable, ExtractionTools } from '../extracted-document.ts';
import { headerRow, tableRow } from '../text/table-row.ts';

type Omission = ReadingReport['omissions'][number];

/** How a block stands to the one before it: `item` after `item` follows on the next line, others after a blank line. */
export type BlockKind = 'paragraph' | 'item' | 'row';

const titleLimit = 300;

/** A gap before a block and one after the last, at most. */
const gapLength = 4;

/** Characters of one row of a table. */
const rowLimit = 500_000;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/**
 * Gathers what a reader finds into an extracted document: text with its offsets, pages, headings, tables, and the report
 * of what is not in it. Beyond the limits it takes nothing more and says so in the report.
 */
export class DocumentWriter {
  readonly #name: string;
  readonly #onProgress: ExtractionTools['onProgress'];
  readonly #parts: string[] = [];
  readonly #headings: FoundHeading[] = [];
  readonly #pages: ExtractedPage[] = [];
  readonly #tables: ExtractedTable[] = [];
  readonly #omissions = new Set<Omission>();
  #table: { readonly start: number; header: string } | null = null;
  #length = 0;
  #last: BlockKind | null = null;
  #isFull = false;
  #hiddenCharacters = 0;
  #hiddenSample = '';

  constructor({ name, onProgress }: ExtractionTools) {
    this.#name = name;
    this.#onProgress = onProgress;
  }

  /** True once the text or the pages have reached their limit: what is written now is left out. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Tells how far the reading is, renews its deadline, and lets the message out. */
  async progress(fraction: number): Promise<void> {
    this.#onProgress(Math.min(1, Math.max(0, fraction)), true);
    await setImmediate();
  }

  /** Begins a page; the text written from now on is its. Returns false when there are too many. */
  page(label: string | null): boolean {
    if (this.#pages.length >= pageLimit) {
      this.omit('page-limit');
      this.#isFull = true;
    }
    if (this.#isFull) return false;
    this.#endPage();
    const tidy = label === null ? null : oneLine(label).slice(0, titleLimit).toWellFormed() || null;
    this.#pages.push({ start: this.#length, label: tidy, reading: 'text', size: null, runs: [] });
    return true;
  }

  /** Writes a block; blank ones leave nothing behind. Blank space around it goes. */
  block(text: string, kind: BlockKind = 'paragraph'): void {
    this.#write(
      text
        .replaceAll(/\r\n?/g, '\n')
        .replace(/^\s*\n/, '')
        .trimEnd(),
      kind,
    );
  }

  /** Writes a heading. @param level - 1 is the outermost. */
  heading(level: number, text: string): void {
    const title = oneLine(text);
    const start = this.#write(title, 'paragraph');
    if (start !== null) this.#headings.push({ level: Math.min(level, 9), title: title.slice(0, titleLimit), start });
  }

  /** Writes a row of a table. The first one tells whether the table has a header. */
  row(cells: readonly string[]): void {
    const line = tableRow(this.#bounded(cells));
    if (line === '') return;
    const isFirst = this.#table === null;
    const start = this.#write(line, isFirst ? 'paragraph' : 'row');
    if (start === null) return;
    if (isFirst) this.#last = 'row';
    this.#table ??= { start, header: headerRow(cells) };
  }

  /** Ends the table that rows were written to. */
  endTable(): void {
    if (!this.#table) return;
    const { start, header } = this.#table;
    this.#table = null;
    this.#last = 'paragraph';
    if (this.#tables.length < tableLimit) this.#tables.push({ start, end: this.#length, header });
  }

  /** Characters that still fit. */
  get room(): number {
    return this.#isFull ? 0 : characterLimit - this.#length - gapLength;
  }

  /** Writes text with headings and tables of its own, whose offsets are into it. */
  insert(text: string, headings: readonly FoundHeading[], tables: readonly ExtractedTable[]): void {
    const shift = this.#write(text.trimEnd(), 'paragraph');
    if (shift === null) return;
    const isInside = ({ start }: { readonly start: number }): boolean => shift + start < this.#length;
    for (const heading of headings.filter(isInside)) {
      this.#headings.push({ ...heading, title: heading.title.slice(0, titleLimit), start: shift + heading.start });
    }
    for (const { start, end, header } of tables.filter(isInside)) {
      if (this.#tables.length >= tableLimit) break;
      this.#tables.push({ start: shift + start, end: Math.min(this.#length, shift + end), header });
    }
  }

  /** Notes hidden text that was counted elsewhere. @param sample - its beginning. */
  hideCounted(characters: number, sample: string): void {
    const before = this.#hiddenCharacters;
    this.hide(sample);
    this.#hiddenCharacters = before + characters;
  }

  /** Notes text that the reader of the document does not see. It is not part of the text. */
  hide(text: string): void {
    const isSampled = this.#hiddenSample.length < hiddenSampleLimit;
    const tidy = isSampled ? oneLine(text.slice(0, 10 * hiddenSampleLimit)) : '';
    this.#hiddenCharacters += text.length > 10 * hiddenSampleLimit || !isSampled ? text.length : tidy.length;
    if (tidy === '') return;
    this.#hiddenSample += `${this.#hiddenSample === '' ? '' : '\n'}${tidy}`;
  }

  /** Notes that something is left out. */
  omit(omission: Omission): void {
    this.#omissions.add(omission);
  }

  /** Throws `file/no-text` when nothing but blank space was found. */
  finish(format: DocumentFormat, title: string | null): ExtractedDocument {
    this.#endPage();
    const text = this.#parts.join('').toWellFormed();
    if (text.trim() === '') throw new AppError('file/no-text', 'The document has no text.', { name: this.#name });
    return {
      format,
      text,
      title: title === null ? null : oneLine(title).slice(0, titleLimit).toWellFormed() || null,
      headings: this.#headings.map((heading) => ({ ...heading, title: heading.title.toWellFormed() })),
      pages: this.#pages.length === 0 ? null : this.#markBlank(text),
      tables: this.#tables,
      report: {
        recognisedPages: [],
        unreadablePages: [],
        hiddenCharacters: this.#hiddenCharacters,
        hiddenSample: this.#hiddenSample.slice(0, hiddenSampleLimit).toWellFormed(),
        omissions: [...this.#omissions],
      },
      encoding: 'binary',
    };
  }

  /** The cells that fit into a row: a hostile file may repeat a long text in each of them. */
  #bounded(cells: readonly string[]): readonly string[] {
    let length = 0;
    const end = cells.findIndex((cell) => (length += cell.length + 3) > rowLimit);
    if (end === -1) return cells;
    this.omit('character-limit');
    return [...cells.slice(0, end), (cells[end] ?? '').slice(0, rowLimit)];
  }

  /** Where the block starts; null when nothing was written. */
  #write(text: string, kind: BlockKind): number | null {
    if (kind !== 'row' && this.#table) this.endTable();
    if (text.trim() === '' || this.#isFull) return null;
    const isTight = kind === this.#last && kind !== 'paragraph';
    const gap = this.#last === null ? '' : isTight ? '\n' : '\n\n';
    const room = characterLimit - this.#length - gapLength;
    if (text.length > room) {
      this.omit('character-limit');
      this.#isFull = true;
      if (room <= 0) return null;
    }
    const kept = text.slice(0, room);
    this.#parts.push(gap, kept);
    this.#length += gap.length + kept.length;
    this.#last = kind;
    return this.#length - kept.length;
  }

  #endPage(): void {
    this.endTable();
    if (this.#last !== null) {
      this.#parts.push('\n\n');
      this.#length += 2;
    }
    this.#last = null;
  }

  #markBlank(text: string): readonly ExtractedPage[] {
    return this.#pages.map((page, index) => {
      const end = this.#pages[index + 1]?.start ?? text.length;
      return text.slice(page.start, end).trim() === '' ? { ...page, reading: 'blank' } : page;
    });
  }
}
