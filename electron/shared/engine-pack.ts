import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';

/**
 * Libraries for graphics cards of NVIDIA, which are too large for the app. `unavailable`: this build knows no place to ask,
 * has them, or the computer has no such card.
 */
export const enginePackStateSchema = z
  .object({
    phase: z.enum(['unavailable', 'offered', 'downloading', 'unpacking', 'installed']),
    /** Of the download; 0 while unavailable. */
    sizeBytes: z.int().nonnegative(),
    /** What they take on the disk afterwards. */
    unpackedBytes: z.int().nonnegative(),
    /** Of the download, on the disk. */
    doneBytes: z.int().nonnegative(),
    /** Host that is asked; null where there is none. */
    host: z.string().nullable(),
    error: appErrorDataSchema.nullable(),
  })
  .readonly();
export type EnginePackState = z.infer<typeof enginePackStateSchema>;
