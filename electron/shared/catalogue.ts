import { z } from 'zod';
import { modelFitSchema } from './fit.ts';
import { modelIdSchema } from './ids.ts';
import { modelKindSchema } from './model.ts';

/** `publisher/name` of a repository on the hub: what a path and an address may hold, and nothing that climbs. */
export const repositorySchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/)
  .refine((name) => !name.includes('..'));

/** What a model is good for, as words in the catalogue of languages under `strength.<name>`. */
export const strengthSchema = z.enum(['chat', 'summaries', 'code', 'languages', 'long-texts', 'reasoning', 'search']);

/** A licence as the catalogue knows it. `terms` says what a person should look at before using it for work. */
export const licenceSchema = z
  .object({ id: z.string(), name: z.string(), url: z.url(), terms: z.enum(['free', 'conditions', 'not-commercial']) })
  .readonly();
export type Licence = z.infer<typeof licenceSchema>;

/** One model that Sotto recommends. Sizes and digests are not here: they are read from the hub. */
export const catalogueEntrySchema = z
  .object({
    /** Kebab-case, stable: `sotto models install ID`. */
    id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    name: z.string(),
    /** One line for people, without jargon, by language. */
    summary: z.object({ en: z.string(), de: z.string() }).readonly(),
    family: z.string(),
    kind: modelKindSchema,
    architecture: z.string(),
    parameterCount: z.int().positive(),
    /** Those that each token goes through, where that is not all: tables are looked up, experts take turns. */
    activeParameterCount: z.int().positive().exactOptional(),
    /** Tokens that it was trained for. */
    contextLength: z.int().positive(),
    licence: licenceSchema,
    /** BCP 47 tags, most important first. */
    languages: z.array(z.string()).readonly(),
    strengths: z.array(strengthSchema).readonly(),
    /** Name of the family of chat templates, such as `chatml`; null for what does not chat. */
    chatTemplate: z.string().nullable(),
    repository: repositorySchema,
    /** Best value first, as the file names have them: `Q4_K_M`. */
    quantisations: z.array(z.string()).min(1).readonly(),
    /** True when repository and files were looked up on the hub when the catalogue was written. */
    isChecked: z.boolean(),
  })
  .readonly();
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

/** One way to have a model: an entry in one precision. */
export const modelOfferSchema = z
  .object({
    entryId: z.string(),
    quantisation: z.string(),
    /** Bytes of all its files; an estimate from the parameters until the hub was asked. */
    sizeBytes: z.int().positive(),
    isSizeKnown: z.boolean(),
    fit: modelFitSchema,
    /** Where it is on this machine already. */
    installedId: modelIdSchema.nullable(),
  })
  .readonly();
export type ModelOffer = z.infer<typeof modelOfferSchema>;

/** An entry with what this machine makes of it. */
export const cataloguedModelSchema = z
  .object({
    entry: catalogueEntrySchema,
    /** One for each quantisation, in their order; once the hub was asked, for those that it has. */
    offers: z.array(modelOfferSchema).readonly(),
    /** Quantisation of the offer that suits this machine best; null where none runs. */
    bestQuantisation: z.string().nullable(),
    /** At most one entry of each kind; the reason is words under `recommended.<name>`. */
    recommended: z.enum(['best-that-fits', 'quick-on-this-machine', 'only-one-that-fits']).nullable(),
  })
  .readonly();
export type CataloguedModel = z.infer<typeof cataloguedModelSchema>;
