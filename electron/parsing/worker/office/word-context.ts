import type { DocumentWriter } from '../archive/document-writer.ts';
import { formatCounter } from './format-counter.ts';
import type { Numbering } from './numbering.ts';
import type { WordStyles } from './word-styles.ts';

/** Footnotes, endnotes and comments of a document, by their ids. */
export type WordNotes = {
  readonly footnotes: Map<string, string>;
  readonly endnotes: Map<string, string>;
  readonly comments: Map<string, string>;
};

/** What the reading of a paragraph needs of the whole document. */
export class WordContext {
  readonly styles: WordStyles;
  readonly numbering: Numbering;
  readonly writer: DocumentWriter;
  readonly #notes: WordNotes;
  #pending: string[] = [];
  #footnotes = 0;
  #endnotes = 0;

  constructor(styles: WordStyles, numbering: Numbering, writer: DocumentWriter, notes: WordNotes) {
    this.styles = styles;
    this.numbering = numbering;
    this.writer = writer;
    this.#notes = notes;
  }

  /** The mark of a note in its sentence. The note itself waits for the end of the block; each comes once. */
  footnote(id: string): string {
    const text = this.#notes.footnotes.get(id);
    if (text === undefined) return '';
    this.#footnotes += 1;
    return this.#mark(this.#notes.footnotes, id, text, `[^${this.#footnotes}]`);
  }

  /** Like `footnote`, numbered i, ii and on. */
  endnote(id: string): string {
    const text = this.#notes.endnotes.get(id);
    if (text === undefined) return '';
    this.#endnotes += 1;
    return this.#mark(this.#notes.endnotes, id, text, `[^${formatCounter(this.#endnotes, 'lowerRoman')}]`);
  }

  /** A comment waits for the end of the block, without a mark. */
  comment(id: string): void {
    const text = this.#notes.comments.get(id);
    if (text === undefined) return;
    this.#notes.comments.delete(id);
    this.#pending.push(text);
  }

  /** The notes and comments that wait, as lines. */
  takeNotes(): readonly string[] {
    const lines = this.#pending;
    this.#pending = [];
    return lines;
  }

  #mark(notes: Map<string, string>, id: string, text: string, mark: string): string {
    notes.delete(id);
    this.#pending.push(`${mark}: ${text}`);
    return mark;
  }
}
