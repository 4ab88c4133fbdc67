import type { ConversationId, FileTicket } from '../../shared/ids.ts';
import type { ExportFormat, ImportReport } from '../../shared/transfer.ts';

/** One piece of an export: the name of a file and some of its text; pieces of one file follow each other. */
export type ExportPiece = { readonly fileName: string; readonly text: string };

/** Conversations out of the app and into it. Nothing of a private conversation is exported unless it is named. */
export interface TransferService {
  /**
   * `null` is all conversations. JSON and HTML are one file; Markdown is one a conversation. Every branch is in JSON, the
   * shown one in the others. Ends quietly when `signal` is aborted.
   */
  export(
    request: { readonly conversationIds: readonly ConversationId[] | null; readonly format: ExportFormat },
    signal: AbortSignal,
  ): AsyncIterable<ExportPiece>;
  /**
   * Takes in what the file holds, all of a conversation or nothing of it, and says what was taken. What was imported
   * before is not taken twice. Throws `transfer/*`, `file/*`.
   */
  import(ticket: FileTicket, signal: AbortSignal): Promise<ImportReport>;
}
