import type { ExtractedTable } from '../extracted-document.ts';
import { headerRow } from '../text/table-row.ts';
import type { PageBlock } from './page-block.ts';
import { joinHyphen } from './join-hyphens.ts';
import type { Segment } from './segment.ts';

/** A stretch of the text and where it stands on its page; see `readPageSchema`. */
export type Run = readonly [number, number, number, number, number, number];

/** A block as it stands in the text. */
export type WrittenBlock = {
  readonly kind: PageBlock['kind'];
  /** Index of the page, from 0. */
  readonly page: number;
  readonly start: number;
  readonly text: string;
  readonly lines: number;
  /** Height of its type: the largest of its lines. */
  readonly size: number;
  readonly isBold: boolean;
  /** Its first line is in several parts, as a row of a table is. */
  readonly isParted: boolean;
  /** Points from the upper edge of the page. */
  readonly top: number;
};

type Unit = { readonly segment: Segment; readonly separator: string };

/** The segments of a block, each with what stands in front of it. */
function unitsOf({ lines }: PageBlock): readonly Unit[] {
  const units: Unit[] = [];
  let separator = '';
  for (const { cells, end } of lines) {
    for (const cell of cells) {
      for (const segment of cell) {
        units.push({ segment, separator });
        separator = ' ';
      }
      separator = separator === ' ' || separator === '' ? ' | ' : `${separator.trimEnd()} | `;
    }
    separator = end === 'wrap' ? ' ' : '\n';
  }
  return units;
}

const tenth = (points: number): number => Math.round(points * 10) / 10;

const tamed = (text: string, kind: PageBlock['kind']): string => (kind === 'table' ? text.replaceAll('|', '¦') : text);

/** Puts the text together, page by page, and keeps where everything lies. */
export class TextWriter {
  readonly #compounds: ReadonlySet<string>;
  readonly #parts: string[] = [];
  readonly #tables: ExtractedTable[] = [];
  readonly #blocks: WrittenBlock[] = [];
  #length = 0;
  #runs: Run[] = [];
  #page = 0;

  constructor(compounds: ReadonlySet<string>) {
    this.#compounds = compounds;
  }

  get length(): number {
    return this.#length;
  }

  get blocks(): readonly WrittenBlock[] {
    return this.#blocks;
  }

  get tables(): readonly ExtractedTable[] {
    return this.#tables;
  }

  get text(): string {
    return this.#parts.join('');
  }

  writeBlock(block: PageBlock): void {
    const units = unitsOf(block);
    const [first] = units;
    if (!first) return;
    if (this.#runs.length > 0) this.#write('\n\n');
    const start = this.#length;
    const written: string[] = [];
    let glue = false;
    for (const [index, { segment, separator }] of units.entries()) {
      const next = units[index + 1];
      const join = next?.separator === ' ' ? joinHyphen(segment.text, next.segment.text, this.#compounds) : 'apart';
      const text = tamed(join === 'drop-hyphen' ? segment.text.slice(0, -1) : segment.text, block.kind);
      written.push(glue ? '' : separator, text);
      if (!glue) this.#write(separator);
      this.#writeSegment(text, segment);
      glue = join !== 'apart';
    }
    if (block.kind === 'table') this.#tables.push({ start, end: this.#length, header: headerOf(block) });
    this.#blocks.push({
      kind: block.kind,
      page: this.#page,
      start,
      text: written.join(''),
      lines: block.lines.length,
      size: Math.max(...units.map(({ segment }) => segment.size)),
      isBold: units.every(({ segment }) => segment.isBold),
      isParted: (block.lines[0]?.cells.flat().length ?? 0) > 1,
      top: first.segment.box.y0,
    });
  }

  /** Ends the page and hands over its runs. */
  endPage(): readonly Run[] {
    const runs = this.#runs;
    if (runs.length > 0) this.#write('\n\n');
    this.#runs = [];
    this.#page += 1;
    return runs;
  }

  #write(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  #writeSegment(text: string, { box }: Segment): void {
    const start = this.#length;
    this.#write(text);
    const size = [tenth(box.x1 - box.x0), tenth(box.y1 - box.y0)] as const;
    this.#runs.push([start, this.#length, tenth(box.x0), tenth(box.y0), ...size]);
  }
}

function headerOf({ lines }: PageBlock): string {
  const cells = lines[0]?.cells.map((cell) => cell.map(({ text }) => text).join(' ')) ?? [];
  return headerRow(cells);
}
