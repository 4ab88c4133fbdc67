import { z } from 'zod';
import { fileTicketSchema } from '../../electron/shared/ids.ts';

/** All that the page may know of a file: an opaque ticket, and what to call it. */
export const ticketedFileSchema = z.object({
  ticket: fileTicketSchema,
  name: z.string(),
  sizeBytes: z.number().nonnegative(),
});
export type TicketedFile = z.infer<typeof ticketedFileSchema>;
