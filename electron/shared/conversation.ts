import { z } from 'zod';
import { conversationIdSchema, documentIdSchema, messageIdSchema } from './ids.ts';

export const conversationSchema = z
  .object({
    id: conversationIdSchema,
    /** Empty until the first message gives it one; the window then shows its own word for a new chat. */
    title: z.string(),
    /** Last message of the branch that is shown; null while empty. */
    tipId: messageIdSchema.nullable(),
    /** Documents that questions in this conversation are asked of. */
    documentIds: z.array(documentIdSchema).readonly(),
    createdAt: z.int().nonnegative(),
    updatedAt: z.int().nonnegative(),
  })
  .readonly();
export type Conversation = z.infer<typeof conversationSchema>;
