import { formatCounter } from '../archive/format-counter.ts';
import type { DocumentWriter } from '../archive/document-writer.ts';
import type { NoteQueue } from '../archive/note-queue.ts';
import type { TextLook } from '../archive/text-look.ts';
import type { ListLevel, OpenStyles } from './open-styles.ts';

/** What the reading of text needs of the whole document. */
export type OpenContext = {
  readonly styles: OpenStyles;
  readonly writer: DocumentWriter;
  readonly queue: NoteQueue;
  readonly lists: ListCounters;
  /** Whether a person cannot see what is being read. */
  readonly isHidden: boolean;
  readonly look: TextLook;
  /** Whether it is inside a cell, where nothing is repeated: repeated inside repeated grows without bound. */
  readonly isInCell: boolean;
  /** Whether what lies behind the text is not white. */
  readonly isShaded: boolean;
};

/** Where a list stands: its levels, and how deep the reading is in it, from 0. */
export type ListPlace = { readonly styleName: string | null; readonly depth: number };

const bullet: ListLevel = { format: null, prefix: '', suffix: '', start: 1, shownLevels: 1 };

/** Where the counting of each list stands, by the name of its style: a list may go on after a paragraph. */
export class ListCounters {
  readonly #counters = new Map<string, number[]>();

  /** Begins a list anew. */
  restart(styleName: string | null): void {
    this.#counters.delete(styleName ?? '');
  }

  /** Counts on, and returns what stands in front of the item, such as `2.` or `•`. @param start - that the item asks for. */
  next({ styleName, depth }: ListPlace, levels: readonly ListLevel[], start: number | null): string {
    const counters = this.#counters.get(styleName ?? '') ?? [];
    this.#counters.set(styleName ?? '', counters);
    const level = levels[depth] ?? bullet;
    counters.length = Math.min(counters.length, depth + 1);
    for (let index = 0; index <= depth; index += 1) {
      counters[index] ??= (levels[index]?.start ?? 1) - (index === depth ? 1 : 0);
    }
    counters[depth] = start ?? (counters[depth] ?? 0) + 1;
    if (level.format === null) return '•';
    const numbers: string[] = [];
    for (let index = Math.max(0, depth + 1 - level.shownLevels); index <= depth; index += 1) {
      const format = levels[index]?.format ?? null;
      if (format !== null) numbers.push(formatCounter(counters[index] ?? 1, format));
    }
    const number = numbers.filter((text) => text !== '').join('.');
    return number === '' ? '' : `${level.prefix}${number}${level.suffix}`;
  }
}
