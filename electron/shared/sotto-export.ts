import { z } from 'zod';
import { conversationSchema } from './conversation.ts';
import { messageSchema } from './message.ts';

/** Value of the first member (`format`) of a JSON file that Sotto wrote. */
export const sottoExportFormat = 'sotto-conversations';

/** Value of its second member (`version`). A reader takes this one and no other. */
export const sottoExportVersion = 1;

/** One element of its member `conversations`: the conversation as it is kept, and every branch, parents first. */
export const exportedConversationSchema = z
  .object({
    conversation: conversationSchema,
    /** Name of its folder; ids of folders mean nothing elsewhere. */
    folder: z.string().max(100).nullable(),
    messages: z.array(messageSchema).readonly(),
  })
  .readonly();
