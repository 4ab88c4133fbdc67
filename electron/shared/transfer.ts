import { z } from 'zod';

/** What an export is written in. `json` is Sotto's own and the only one that can be imported again. */
export const exportFormatSchema = z.enum(['markdown', 'json', 'html']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** Programs whose exports are understood. */
export const importSourceSchema = z.enum(['sotto', 'chatgpt', 'lm-studio', 'jan', 'open-webui']);
export type ImportSource = z.infer<typeof importSourceSchema>;

/** Why something of an import was left out; words in the catalogue under `transfer.skipped.<name>`. */
export const skipReasonSchema = z.enum([
  'empty-conversation',
  'broken-conversation',
  'unsupported-part',
  'system-message',
  'already-imported',
  'too-large',
]);

/** What was taken from an export of ours or another program's, and what was not. */
export const importReportSchema = z
  .object({
    source: importSourceSchema,
    conversations: z.int().nonnegative(),
    messages: z.int().nonnegative(),
    skipped: z
      .array(
        z
          .object({
            reason: skipReasonSchema,
            count: z.int().positive(),
            examples: z.array(z.string()).max(3).readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type ImportReport = z.infer<typeof importReportSchema>;
