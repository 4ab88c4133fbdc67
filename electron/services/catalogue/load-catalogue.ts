import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { catalogueEntrySchema } from '../../shared/catalogue.ts';
import type { CatalogueEntry } from '../../shared/catalogue.ts';

const catalogueSchema = z.object({
  version: z.literal(1),
  models: z
    .array(catalogueEntrySchema)
    .refine((entries) => new Set(entries.map(({ id }) => id)).size === entries.length, 'ids are unique'),
});

/** The models that Sotto recommends, from `catalogue/models.json`. Throws `app/unexpected` when the installation lacks them. */
export async function loadCatalogue(resourcesFolder: string): Promise<readonly CatalogueEntry[]> {
  try {
    const text = await readFile(join(resourcesFolder, 'catalogue', 'models.json'), 'utf8');
    return catalogueSchema.parse(JSON.parse(text)).models;
  } catch (error) {
    throw new AppError('app/unexpected', 'The catalogue of models is missing.', {}, { cause: error });
  }
}
