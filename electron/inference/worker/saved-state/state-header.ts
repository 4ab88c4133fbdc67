import { z } from 'zod';

/** What the file of a saved state says in clear about itself, bound to its content. */
export const stateHeaderSchema = z
  .object({
    format: z.literal(1),
    /** Id of the model, which is made of its hash. */
    model: z.string(),
    /** Of everything else that has to be the same: see `stateIdentity`. */
    options: z.string(),
    /** Versions of the inference library. */
    library: z.string(),
    tokens: z.int().positive(),
  })
  .strict()
  .readonly();
export type StateHeader = z.infer<typeof stateHeaderSchema>;

/** True when a state with this header may be loaded where another one would be written with `wanted`. */
export function isSameKind(header: StateHeader, wanted: Omit<StateHeader, 'tokens'>): boolean {
  return header.model === wanted.model && header.options === wanted.options && header.library === wanted.library;
}
