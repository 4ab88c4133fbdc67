import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import { repositorySchema } from './catalogue.ts';
import { downloadIdSchema, modelIdSchema } from './ids.ts';

/** What to fetch: a model of a repository, by its quantisation or by the path of its (first) file. */
export const downloadRequestSchema = z
  .object({
    repository: repositorySchema,
    wanted: z.union([
      z.object({ quantisation: z.string().max(40) }).readonly(),
      z.object({ path: z.string().max(500) }).readonly(),
    ]),
  })
  .readonly();
export type DownloadRequest = z.infer<typeof downloadRequestSchema>;

/**
 * `waiting` for a free place or for the next try; `paused` by the person, or because the lock was closed; `failed` keeps
 * what is there, so that trying again goes on from it; `done` has a model.
 */
export const downloadStateSchema = z.enum(['waiting', 'running', 'checking', 'paused', 'failed', 'done']);
export type DownloadState = z.infer<typeof downloadStateSchema>;

/** A model on its way to this machine. */
export const downloadSchema = z
  .object({
    id: downloadIdSchema,
    repository: repositorySchema,
    /** As people read it: the entry's name, else the file's. */
    name: z.string(),
    quantisation: z.string().nullable(),
    state: downloadStateSchema,
    /** Bytes on the disk and in all, over all files. */
    doneBytes: z.int().nonnegative(),
    totalBytes: z.int().positive(),
    /** Over the last seconds; null while nothing flows. */
    bytesPerSecond: z.number().nonnegative().nullable(),
    remainingMs: z.number().nonnegative().nullable(),
    /** Of the last try; also while it waits for the next one. */
    error: appErrorDataSchema.nullable(),
    /** Milliseconds until it tries again; null when it does not by itself. */
    retryInMs: z.int().nonnegative().nullable(),
    modelId: modelIdSchema.nullable(),
    /** Milliseconds since 1970. */
    startedAt: z.int().nonnegative(),
  })
  .readonly();
export type Download = z.infer<typeof downloadSchema>;
