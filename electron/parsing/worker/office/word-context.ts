import type { DocumentWriter } from '../archive/document-writer.ts';
import { NoteQueue } from '../archive/note-queue.ts';
import type { Numbering } from './numbering.ts';
import type { WordStyles } from './word-styles.ts';

/** A footnote, an endnote or a comment. */
export type WordNote = { readonly author: string | null; readonly text: string };

/** Footnotes, endnotes and comments of a document, by their ids. */
export type WordNotes = {
  readonly footnotes: Map<string, WordNote>;
  readonly endnotes: Map<string, WordNote>;
  readonly comments: Map<string, WordNote>;
};

/** What the reading of a paragraph needs of the whole document. */
export class WordContext {
  readonly styles: WordStyles;
  readonly numbering: Numbering;
  readonly writer: DocumentWriter;
  readonly queue = new NoteQueue();
  readonly #notes: WordNotes;

  constructor(styles: WordStyles, numbering: Numbering, writer: DocumentWriter, notes: WordNotes) {
    this.styles = styles;
    this.numbering = numbering;
    this.writer = writer;
    this.#notes = notes;
  }

  /** The mark of a note in its sentence. Each comes once, however often a hostile file points at it. */
  footnote(id: string): string {
    const note = this.#take(this.#notes.footnotes, id);
    return note ? this.queue.footnote(note.text) : '';
  }

  /** Like `footnote`, numbered i, ii and on. */
  endnote(id: string): string {
    const note = this.#take(this.#notes.endnotes, id);
    return note ? this.queue.endnote(note.text) : '';
  }

  /** A comment, which has no mark. */
  comment(id: string): void {
    const note = this.#take(this.#notes.comments, id);
    if (note) this.queue.comment(note.author, note.text);
  }

  #take(notes: Map<string, WordNote>, id: string): WordNote | undefined {
    const note = notes.get(id);
    notes.delete(id);
    return note;
  }
}
