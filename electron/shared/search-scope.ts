import { z } from 'zod';
import { collectionIdSchema, documentIdSchema } from './ids.ts';

/** What a question is asked of: documents, and all documents of collections. Empty is nothing. */
export const searchScopeSchema = z
  .object({
    documentIds: z.array(documentIdSchema).max(1_000).readonly().default([]),
    collectionIds: z.array(collectionIdSchema).max(100).readonly().default([]),
  })
  .readonly();
export type SearchScope = z.infer<typeof searchScopeSchema>;

/** True when there is nothing to ask. */
export function isEmptyScope({ documentIds, collectionIds }: SearchScope): boolean {
  return documentIds.length === 0 && collectionIds.length === 0;
}
