import type { FileTicket } from '../../shared/ids.ts';

/** A file behind a ticket. */
export type TicketedFile = {
  readonly ticket: FileTicket;
  /** Absolute path; of the user's own file, or of an upload in the temporary folder. */
  readonly path: string;
  /** Opens an upload, which lies sealed; absent for a file of the user's own and for a model. */
  readonly sealKey?: Uint8Array;
  /** Name as the user knows it, made safe to show. */
  readonly name: string;
  readonly sizeBytes: number;
};

/** What the page may know of a file. */
export type FileSummary = Omit<TicketedFile, 'path' | 'sealKey'>;

/** Stands between paths and those who must not know them. */
export interface FilesService {
  /** A ticket for a path that a trusted process named. Throws `file/not-found`, `file/is-folder`, `file/unreadable`. */
  ticketForPath(path: string): Promise<FileSummary>;
  /**
   * A ticket for bytes that a browser sent; they lie sealed in the temporary folder, and are removed on close.
   * Throws `file/too-large`, `disk/full`, `disk/not-writable`.
   */
  ticketForUpload(name: string, bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<FileSummary>;
  /** As `ticketForUpload`, for a text; it becomes UTF-8. */
  ticketForText(name: string, text: string): Promise<FileSummary>;
  /** Throws `file/unknown-ticket`. */
  resolve(ticket: FileTicket): TicketedFile;
  /** Forgets a ticket whose file is stored elsewhere now. What was uploaded for it is removed. */
  release(ticket: FileTicket): Promise<void>;
  close(): Promise<void>;
}
