import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { updatePackageSchema } from '../../shared/update.ts';

const packedFileSchema = z
  .object({
    /** Below its package, such as `bins/linux-x64-cuda/libllama.so`. */
    path: z.string().regex(/^bins(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}){1,4}$/),
    sizeBytes: z.int().nonnegative(),
  })
  .readonly();

/** Libraries of one system as one file: gzip of all of them, one after the other in this order. */
export const enginePackSchema = z
  .object({
    /** Operating system and architecture as Node names them, such as `linux-x64`. */
    system: z.string(),
    ...updatePackageSchema.unwrap().pick({ name: true, sizeBytes: true, sha512: true }).shape,
    packages: z
      .array(
        z
          .object({ name: z.string().regex(/^[a-z0-9-]{1,60}$/), files: z.array(packedFileSchema).min(1).readonly() })
          .readonly(),
      )
      .min(1)
      .readonly(),
  })
  .readonly();
export type EnginePack = z.infer<typeof enginePackSchema>;

const enginePackListSchema = z
  .object({
    format: z.literal(1),
    /** Version of the inference library that they were made for. */
    library: z.string(),
    packs: z.array(enginePackSchema).readonly(),
  })
  .readonly();

/** What the app may fetch, with the digests that it believes; they come with the app and with nothing else. */
export type EnginePackList = z.infer<typeof enginePackListSchema>;

/** Null when the list is missing or cannot be read. */
export async function readEnginePackList(resourcesFolder: string): Promise<EnginePackList | null> {
  try {
    const text = await readFile(join(resourcesFolder, 'engines', 'packs.json'), 'utf8');
    return enginePackListSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Bytes of all its files. */
export function unpackedBytes({ packages }: EnginePack): number {
  return packages.reduce((sum, { files }) => files.reduce((all, { sizeBytes }) => all + sizeBytes, sum), 0);
}
