import { z } from 'zod';

/** Name of the file beside the libraries of an engine pack that says which they are. */
export const enginePackRecordName = 'installed.json';

/**
 * Libraries that came later than the app: what they were made for, and size and time of each as they were checked. A file
 * that differs is not loaded.
 */
export const enginePackRecordSchema = z
  .object({
    format: z.literal(1),
    /** Version of the inference library that they belong to. */
    library: z.string(),
    packages: z
      .array(
        z
          .object({
            /** Without its scope, such as `linux-x64-cuda`. */
            name: z.string().regex(/^[a-z0-9-]{1,60}$/),
            files: z
              .array(z.object({ path: z.string(), sizeBytes: z.int().nonnegative(), mtimeMs: z.number() }).readonly())
              .readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type EnginePackRecord = z.infer<typeof enginePackRecordSchema>;
