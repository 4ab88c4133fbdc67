import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const updateSourceSchema = z
  .object({
    /** Folder on the web with `feed.txt` and the packages, without a slash at its end; null in a build that asks nobody. */
    address: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .nullable(),
    /** Hosts that the address may redirect to, each with all below it. */
    redirectHosts: z.array(z.string().max(253)).max(8).readonly(),
    /** DER of SubjectPublicKeyInfo in base64, Ed25519. */
    publicKeys: z.array(z.string().max(200)).max(4).readonly(),
  })
  .readonly();

/** Where newer versions come from, and who signs them. */
export type UpdateSource = Omit<z.infer<typeof updateSourceSchema>, 'address'> & { readonly address: string };

/** What this build was made with; null where it knows no address or no key, or what it knows cannot be read. */
export async function readUpdateSource(resourcesFolder: string): Promise<UpdateSource | null> {
  try {
    const text = await readFile(join(resourcesFolder, 'updates', 'source.json'), 'utf8');
    const { address, ...rest } = updateSourceSchema.parse(JSON.parse(text));
    return address === null || rest.publicKeys.length === 0 ? null : { ...rest, address: address.replace(/\/+$/, '') };
  } catch {
    return null;
  }
}
