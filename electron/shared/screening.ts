import { z } from 'zod';

/**
 * What was noticed in a text that a model returned: a link that carries data away, characters that nobody sees, words
 * that give orders to a model, a secret of what was asked, content that may harm. Words in the catalogue under
 * `screening.<kind>`.
 */
export const findingKindSchema = z.enum([
  'link-carries-data',
  'hidden-characters',
  'instructions',
  'secret',
  'harmful',
]);
export type FindingKind = z.infer<typeof findingKindSchema>;

/** Offsets in UTF-16 units of the message's text, `end` after the last. */
export const findingSchema = z
  .object({ kind: findingKindSchema, start: z.int().nonnegative(), end: z.int().nonnegative() })
  .readonly();
export type Finding = z.infer<typeof findingSchema>;
