import type { DocumentWriter } from './document-writer.ts';
import { formatCounter } from './format-counter.ts';

/** Notes and comments that wait for the end of the block in which they stand. */
export class NoteQueue {
  #pending: string[] = [];
  #footnotes = 0;
  #endnotes = 0;

  /** Queues a footnote, and returns its mark for the sentence: `[^1]`. */
  footnote(text: string): string {
    this.#footnotes += 1;
    return this.#queue(`[^${this.#footnotes}]`, text);
  }

  /** Queues an endnote, and returns its mark for the sentence: `[^i]`. */
  endnote(text: string): string {
    this.#endnotes += 1;
    return this.#queue(`[^${formatCounter(this.#endnotes, 'lowerRoman')}]`, text);
  }

  /** Queues a comment, which has no mark. */
  comment(author: string | null, text: string): void {
    const by = author === null || author.trim() === '' ? '' : ` by ${author.trim()}`;
    if (text.trim() !== '') this.#pending.push(`Comment${by}: ${text.trim()}`);
  }

  /** Writes what waits, a line each. */
  write(writer: DocumentWriter): void {
    if (this.#pending.length === 0) return;
    writer.endTable();
    for (const line of this.#pending) writer.block(line, 'item');
    this.#pending = [];
  }

  #queue(mark: string, text: string): string {
    this.#pending.push(`${mark}: ${text.trim()}`);
    return mark;
  }
}
