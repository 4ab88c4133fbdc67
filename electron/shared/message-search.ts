import { z } from 'zod';
import { conversationIdSchema, messageIdSchema } from './ids.ts';

/** Part of a text, `start` included, `end` excluded, in UTF-16 code units. */
export const textRangeSchema = z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() }).readonly();

/** One found message or title. */
export const messageHitSchema = z
  .object({
    conversationId: conversationIdSchema,
    conversationTitle: z.string(),
    isArchived: z.boolean(),
    /** Null where the title matched. */
    messageId: messageIdSchema.nullable(),
    role: z.enum(['user', 'assistant']).nullable(),
    createdAt: z.int().nonnegative(),
    /** Words around the first match, one line; a cut is shown by `…`. Empty for an answer that is hidden until a person wants it. */
    snippet: z.string(),
    /** The matches in `snippet`. */
    matches: z.array(textRangeSchema).readonly(),
  })
  .readonly();
export type MessageHit = z.infer<typeof messageHitSchema>;

/** What a search found; `hasMore` when the limit cut it. */
export const messageSearchSchema = z
  .object({ hits: z.array(messageHitSchema).readonly(), hasMore: z.boolean() })
  .readonly();
export type MessageSearch = z.infer<typeof messageSearchSchema>;
