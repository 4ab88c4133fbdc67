import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import {
  collectionIdSchema,
  documentIdSchema,
  folderTicketSchema,
  libraryFileIdSchema,
  sourceIdSchema,
} from './ids.ts';

/**
 * How a source is doing: `scanning` is being walked through, `watching` follows changes, `missing` is not there (an
 * unplugged drive: its files keep their index), `unreadable` may not be opened.
 */
export const sourceStateSchema = z.enum(['scanning', 'watching', 'missing', 'unreadable']);
export type SourceState = z.infer<typeof sourceStateSchema>;

/** One file or folder of a collection. The window is shown where it is; it cannot name it. */
export const collectionSourceSchema = z
  .object({
    id: sourceIdSchema,
    kind: z.enum(['folder', 'file']),
    /** Last part of the path. */
    name: z.string(),
    /** The path as a person reads it, with `~` for the home folder. */
    displayPath: z.string(),
    state: sourceStateSchema,
    /** Lines of gitignore syntax that say which files are left out. */
    ignorePatterns: z.array(z.string().max(500)).max(200).readonly(),
    /** Nothing that is made from its files goes to a cloud. */
    isLocalOnly: z.boolean().default(false),
  })
  .readonly();
export type CollectionSource = z.infer<typeof collectionSourceSchema>;

/** Files of a collection by how far they are. */
export const fileCountsSchema = z
  .object({
    total: z.int().nonnegative(),
    ready: z.int().nonnegative(),
    /** Not read yet, being read, or read and waiting for their meaning. */
    pending: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    /** Left out on purpose: too large, no format that is read, beyond the limit of files. */
    skipped: z.int().nonnegative(),
  })
  .readonly();
export type FileCounts = z.infer<typeof fileCountsSchema>;

/** A named set of files and folders. */
export const collectionSchema = z
  .object({
    id: collectionIdSchema,
    name: z.string().min(1).max(100),
    sources: z.array(collectionSourceSchema).readonly(),
    counts: fileCountsSchema,
    /** A person has halted the reading of its files; what was read is found all the same. */
    isPaused: z.boolean(),
    /** Nothing that is made from its files goes to a cloud. */
    isLocalOnly: z.boolean().default(false),
    createdAt: z.int().nonnegative(),
  })
  .readonly();
export type Collection = z.infer<typeof collectionSchema>;

/** `waiting` to be read; `reading` now; `indexing` is searchable by words; `ready` by meaning too. */
export const libraryFileStatusSchema = z.enum(['waiting', 'reading', 'indexing', 'ready', 'failed', 'skipped']);
export type LibraryFileStatus = z.infer<typeof libraryFileStatusSchema>;

/** One file of a collection. */
export const libraryFileSchema = z
  .object({
    id: libraryFileIdSchema,
    collectionId: collectionIdSchema,
    sourceId: sourceIdSchema,
    /** Below its source, with `/` between its parts; the file's name for a source that is a file. */
    path: z.string(),
    sizeBytes: z.int().nonnegative(),
    /** Milliseconds since 1970. */
    modifiedAt: z.number(),
    status: libraryFileStatusSchema,
    /** Why it failed or was skipped. */
    error: appErrorDataSchema.nullable(),
    /** What it was read as; also while a changed file waits to be read again. */
    documentId: documentIdSchema.nullable(),
  })
  .readonly();
export type LibraryFile = z.infer<typeof libraryFileSchema>;

/** Why indexing rests. */
export const indexingPauseSchema = z.enum(['user', 'battery', 'busy', 'offline-drive']).nullable();

/** The background work over all collections. */
export const libraryProgressSchema = z
  .object({
    /** Files that are known to need reading or indexing, and those of them that are done; both 0 when idle. */
    filesDone: z.int().nonnegative(),
    filesTotal: z.int().nonnegative(),
    /** Name of the file that is being read; null between two. */
    current: z.string().nullable(),
    pause: indexingPauseSchema,
    /** Null until there is enough to estimate from. */
    remainingMs: z.number().nonnegative().nullable(),
    /** A new embedder reads all passages again while the old index serves. */
    isRebuilding: z.boolean(),
  })
  .readonly();
export type LibraryProgress = z.infer<typeof libraryProgressSchema>;

/** A folder as the picker shows it; tickets stand for paths. */
export const folderListingSchema = z
  .object({
    ticket: folderTicketSchema,
    name: z.string(),
    displayPath: z.string(),
    parent: folderTicketSchema.nullable(),
    folders: z.array(z.object({ ticket: folderTicketSchema, name: z.string() }).readonly()).readonly(),
    /** Files directly in it that could be read. */
    files: z.int().nonnegative(),
    /** The home folder, documents, downloads, drives. */
    places: z.array(z.object({ ticket: folderTicketSchema, name: z.string() }).readonly()).readonly(),
  })
  .readonly();
export type FolderListing = z.infer<typeof folderListingSchema>;

/** Files that one collection holds at most; the rest are skipped with a message. */
export const collectionFileLimit = 50_000;
