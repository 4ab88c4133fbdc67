import { v7 } from 'uuid';
import { z } from 'zod';

/**
 * Every record has a UUIDv7 (RFC 9562): unique without a central counter, and sortable by the time it was made.
 * Each kind of id is its own type, so that a message's id cannot stand where a conversation's is wanted.
 */
export const conversationIdSchema = z.uuidv7().brand('ConversationId');
export type ConversationId = z.infer<typeof conversationIdSchema>;

/** One message of the tree, the user's or the model's. */
export const messageIdSchema = z.uuidv7().brand('MessageId');
export type MessageId = z.infer<typeof messageIdSchema>;

/** A folder of the conversation list. */
export const folderIdSchema = z.uuidv7().brand('FolderId');
export type FolderId = z.infer<typeof folderIdSchema>;

/** A way to ask that was written down. */
export const presetIdSchema = z.uuidv7().brand('PresetId');
export type PresetId = z.infer<typeof presetIdSchema>;

/** A document in this app; the same bytes added twice keep one id. */
export const documentIdSchema = z.uuidv7().brand('DocumentId');
export type DocumentId = z.infer<typeof documentIdSchema>;

/** A stretch of a document that is found and quoted as one. */
export const passageIdSchema = z.uuidv7().brand('PassageId');
export type PassageId = z.infer<typeof passageIdSchema>;

/** One summary of one document in one style. */
export const summaryIdSchema = z.uuidv7().brand('SummaryId');
export type SummaryId = z.infer<typeof summaryIdSchema>;

/** A named set of files and folders that questions are asked of. */
export const collectionIdSchema = z.uuidv7().brand('CollectionId');
export type CollectionId = z.infer<typeof collectionIdSchema>;

/** One file or folder that a collection was given. */
export const sourceIdSchema = z.uuidv7().brand('SourceId');
export type SourceId = z.infer<typeof sourceIdSchema>;

/** One file that was found in a source. */
export const libraryFileIdSchema = z.uuidv7().brand('LibraryFileId');
export type LibraryFileId = z.infer<typeof libraryFileIdSchema>;

/** One part of a summary's tree. */
export const summaryNodeIdSchema = z.uuidv7().brand('SummaryNodeId');

/** A run is one piece of work whose parts are streamed: an answer, a summary, an import. */
export const runIdSchema = z.uuidv7().brand('RunId');
export type RunId = z.infer<typeof runIdSchema>;

/** A model on its way to this machine. */
export const downloadIdSchema = z.uuidv7().brand('DownloadId');
export type DownloadId = z.infer<typeof downloadIdSchema>;

/** A large model elsewhere that was set up. */
export const remoteIdSchema = z.uuidv7().brand('RemoteId');
export type RemoteId = z.infer<typeof remoteIdSchema>;

/** A request that was shown before it leaves. */
export const previewIdSchema = z.uuidv7().brand('PreviewId');
export type PreviewId = z.infer<typeof previewIdSchema>;

/** One request that left the machine or was refused. */
export const ledgerEntryIdSchema = z.uuidv7().brand('LedgerEntryId');
export type LedgerEntryId = z.infer<typeof ledgerEntryIdSchema>;

/** The page's only handle on a file: opaque, made by the process that knows the path or holds the bytes. */
export const fileTicketSchema = z.uuidv7().brand('FileTicket');
export type FileTicket = z.infer<typeof fileTicketSchema>;

/** The page's only handle on a folder: opaque, made by the process that knows the path. */
export const folderTicketSchema = z.uuidv7().brand('FolderTicket');
export type FolderTicket = z.infer<typeof folderTicketSchema>;

/**
 * A model is named by its content: `sha256:` and the first 16 hexadecimal digits of the digest of its file,
 * so a renamed or moved file stays the same model.
 */
export const modelIdSchema = z
  .string()
  .regex(/^sha256:[0-9a-f]{16}$/)
  .brand('ModelId');
export type ModelId = z.infer<typeof modelIdSchema>;

/** Hexadecimal SHA-256 (64 digits) of the bytes of a document as the user gave it. */
export const documentHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand('DocumentHash');
export type DocumentHash = z.infer<typeof documentHashSchema>;

/** Makes a new id of the kind that `schema` describes: `createId(messageIdSchema)`. */
export function createId<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  return schema.parse(v7());
}
