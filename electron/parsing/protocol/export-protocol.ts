import { z } from 'zod';
import { appErrorDataSchema } from '../../shared/app-error.ts';
import { conversationSchema } from '../../shared/conversation.ts';
import { messageSchema } from '../../shared/message.ts';
import { importSourceSchema, skipReasonSchema } from '../../shared/transfer.ts';
import { fileLocationSchema } from './file-source.ts';

/** One message of an export. Keys are the other program's own ids and mean something within their conversation only. */
export const importedMessageSchema = messageSchema
  .unwrap()
  .omit({ id: true, conversationId: true, parentId: true, runId: true })
  .extend({
    key: z.string(),
    parentKey: z.string().nullable(),
    status: messageSchema.unwrap().shape.status.exclude(['streaming']),
    /** Null where the export does not say. */
    createdAt: z.int().nonnegative().nullable(),
  })
  .readonly();
export type ImportedMessage = z.infer<typeof importedMessageSchema>;

/** A conversation of an export without its messages. */
export const importedConversationSchema = conversationSchema
  .unwrap()
  .omit({ id: true, tipId: true, folderId: true, titleOrigin: true })
  .extend({
    /** What tells it from the others of the same program, in every export of it. */
    sourceId: z.string().min(1),
    tipKey: z.string(),
    /** Name of its folder. */
    folder: z.string().max(100).nullable(),
    /** Null where the export does not say. */
    createdAt: z.int().nonnegative().nullable(),
    updatedAt: z.int().nonnegative().nullable(),
  })
  .readonly();
export type ImportedConversation = z.infer<typeof importedConversationSchema>;

/**
 * What an export holds, in the order of reading: its source once, then conversations, each with its messages (parents
 * first, in slices), what is left out of it, and its end. What is left out otherwise is told between them.
 */
export const exportStepSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('source'), source: importSourceSchema }).readonly(),
  z.object({ step: z.literal('conversation-start'), conversation: importedConversationSchema }).readonly(),
  z.object({ step: z.literal('messages'), messages: z.array(importedMessageSchema).readonly() }).readonly(),
  z.object({ step: z.literal('conversation-end') }).readonly(),
  z
    .object({
      step: z.literal('left-out'),
      reason: skipReasonSchema,
      count: z.int().positive(),
      /** Title of the conversation; empty where it has none. */
      title: z.string(),
    })
    .readonly(),
]);
export type ExportStep = z.infer<typeof exportStepSchema>;

/** What the parent asks: to begin, then for each next event. It gets nothing that it did not ask for. */
export const exportRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('read-export'), file: fileLocationSchema }).readonly(),
  z.object({ type: z.literal('read-on') }).readonly(),
]);

/** What the parsing process answers, one event a request; `export-end` or `export-error` comes last. */
export const exportEventSchema = z.discriminatedUnion('type', [
  /** A sign of life: everything is being checked before the first step. */
  z.object({ type: z.literal('export-progress') }).readonly(),
  z.object({ type: z.literal('export-steps'), steps: z.array(exportStepSchema).readonly() }).readonly(),
  z.object({ type: z.literal('export-end') }).readonly(),
  z.object({ type: z.literal('export-error'), error: appErrorDataSchema }).readonly(),
]);
export type ExportEvent = z.infer<typeof exportEventSchema>;

/** Characters of text in one event, roughly: more would hold up the process that takes them in. */
export const exportEventCharacters = 256 * 1024;
