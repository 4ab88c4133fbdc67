import { z } from 'zod';
import { repositorySchema } from './catalogue.ts';
import { modelFitSchema } from './fit.ts';
import { modelIdSchema } from './ids.ts';

/** What a person looks for on the hub. */
export const hubQuerySchema = z
  .object({
    text: z.string().trim().max(200),
    /** As the hub names licences, such as `apache-2.0`; null for all. */
    licence: z.string().max(60).nullable().default(null),
    /** Least popular first is of no use to anybody. */
    order: z.enum(['downloads', 'likes', 'updated']).default('downloads'),
  })
  .readonly();
export type HubQuery = z.infer<typeof hubQuerySchema>;

/** A repository that has GGUF files, as a search finds it. */
export const hubModelSchema = z
  .object({
    repository: repositorySchema,
    downloads: z.int().nonnegative(),
    likes: z.int().nonnegative(),
    licence: z.string().nullable(),
    /** The publisher wants to know who downloads it; needs the person's token. */
    isGated: z.boolean(),
    /** Milliseconds since 1970; null where the hub does not say. */
    updatedAt: z.int().nonnegative().nullable(),
  })
  .readonly();
export type HubModel = z.infer<typeof hubModelSchema>;

/** One model of a repository: one file, or several that belong together. */
export const hubFileSchema = z
  .object({
    /** Path in the repository of the first file; names the whole. */
    path: z.string(),
    /** All its files in order; one unless the model is split. */
    parts: z
      .array(
        z
          .object({
            path: z.string(),
            sizeBytes: z.int().positive(),
            /** Hexadecimal; null where the hub does not tell, and then it cannot be checked. */
            sha256: z
              .string()
              .regex(/^[0-9a-f]{64}$/)
              .nullable(),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    sizeBytes: z.int().positive(),
    quantisation: z.string().nullable(),
    /** Null until its header was read over the network. */
    fit: modelFitSchema.nullable(),
    installedId: modelIdSchema.nullable(),
  })
  .readonly();
export type HubFile = z.infer<typeof hubFileSchema>;

/** What a repository offers. */
export const hubRepositorySchema = z
  .object({
    repository: repositorySchema,
    /** Commit that the sizes and digests belong to. */
    revision: z.string().regex(/^[0-9a-f]{40}$/),
    licence: z.string().nullable(),
    isGated: z.boolean(),
    files: z.array(hubFileSchema).readonly(),
  })
  .readonly();
export type HubRepository = z.infer<typeof hubRepositorySchema>;
