import { z } from 'zod';
import { appErrorDataSchema } from '../../shared/app-error.ts';
import { repositorySchema } from '../../shared/catalogue.ts';
import { downloadIdSchema } from '../../shared/ids.ts';

const partSchema = z
  .object({
    /** In the repository. */
    path: z.string().min(1).max(500),
    sizeBytes: z.int().positive(),
    /** What the hub says; without it only the size and the header can be checked. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    /** Of the bytes that are there; sent back so that they are gone on from only while the file is the same. */
    entityTag: z.string().max(1_000).nullable(),
    /** Hexadecimal SHA-256 of what was written, once it is all there and right. */
    writtenSha256: z.string().nullable(),
    /** File name in the model folder, chosen before the renames, so that one that was cut short is gone on with. */
    finalName: z.string().max(255).nullable(),
  })
  .readonly();
export type DownloadPart = z.infer<typeof partSchema>;

/** What is kept of a download beside its bytes; in the model folder, so that it needs no open database. */
export const downloadRecordSchema = z
  .object({
    version: z.literal(1),
    id: downloadIdSchema,
    repository: repositorySchema,
    revision: z.string().regex(/^[0-9a-f]{40}$/),
    host: z.string().max(300),
    licence: z.string().max(200).nullable(),
    name: z.string().max(300),
    quantisation: z.string().max(60).nullable(),
    /** `waiting` goes on by itself after a restart; the others wait for a person. */
    state: z.enum(['waiting', 'paused', 'failed']),
    error: appErrorDataSchema.nullable(),
    parts: z.array(partSchema).min(1).max(1_000).readonly(),
    startedAt: z.int().nonnegative(),
  })
  .readonly();
export type DownloadRecord = z.infer<typeof downloadRecordSchema>;
