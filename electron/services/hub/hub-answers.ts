import { z } from 'zod';
import { repositorySchema } from '../../shared/catalogue.ts';

/** A repository has at most so many files that are looked at. */
const siblingLimit = 10_000;

/** What the hub says about who may have a repository: `false`, or how the publisher wants to be asked. */
const gatedSchema = z
  .union([z.boolean(), z.string()])
  .catch(false)
  .transform((gated) => gated !== false);

const countSchema = z.int().nonnegative().catch(0);
const tagsSchema = z.array(z.string().max(200)).max(1_000).catch([]);

/** One find of `/api/models`. A find that is none is left out, not the whole list. */
export const foundModelSchema = z.object({
  id: repositorySchema,
  downloads: countSchema,
  likes: countSchema,
  tags: tagsSchema,
  gated: gatedSchema,
  lastModified: z.string().max(60).nullable().catch(null),
});

/** The answer of `/api/models`. */
export const foundModelsSchema = z.array(z.unknown()).max(1_000);

/** A path inside a repository: nothing that climbs, starts at a root, or cannot be seen. */
const repositoryPathSchema = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) => !/[\p{Cc}\p{Cf}\\]/u.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part)),
  );

const siblingSchema = z.object({
  rfilename: repositoryPathSchema,
  size: z.int().positive().nullable().catch(null),
  lfs: z
    .object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().positive() })
    .nullable()
    .catch(null),
});
export type Sibling = z.infer<typeof siblingSchema>;

/** The answer of `/api/models/REPOSITORY?blobs=true`. A file whose name or size is none is left out. */
export const repositoryAnswerSchema = z.object({
  id: repositorySchema,
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  gated: gatedSchema,
  tags: tagsSchema,
  siblings: z
    .array(z.unknown())
    .max(siblingLimit)
    .transform((siblings) => siblings.flatMap((sibling) => siblingSchema.safeParse(sibling).data ?? [])),
});

/** Licence of a repository from its tags, as the hub names licences; null without one. */
export function licenceOf(tags: readonly string[]): string | null {
  const tag = tags.find((one) => one.startsWith('license:'));
  return tag?.slice('license:'.length) ?? null;
}
