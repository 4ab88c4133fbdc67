import { z } from 'zod';
import { conversationOptionsPatchSchema } from './conversation.ts';
import { collectionIdSchema, conversationIdSchema, documentIdSchema, presetIdSchema } from './ids.ts';
import { placeChoiceSchema } from './route.ts';

/** Where a draft belongs: a conversation, or the page of a new one. */
export const draftKeySchema = z.union([conversationIdSchema, z.literal('new-chat')]);
export type DraftKey = z.infer<typeof draftKeySchema>;

const waitingTextSchema = z.string().max(2_000_000);

/** A message that waits for the answer under way, and where it is to be answered; null lets the rules decide. */
export const queuedMessageSchema = z.union([
  // As it was kept before a person could say where.
  waitingTextSchema.transform((text) => ({ text, choice: null })),
  z.object({ text: waitingTextSchema, choice: placeChoiceSchema.nullable() }).readonly(),
]);
export type QueuedMessage = z.infer<typeof queuedMessageSchema>;

/** What a person has begun to write, and what waits to be sent when the answer under way has ended. */
export const draftSchema = z
  .object({
    text: z.string().max(2_000_000),
    documentIds: z.array(documentIdSchema).max(1_000).readonly(),
    /** What a chat that is not begun yet will be asked of, beside the documents. */
    collectionIds: z.array(collectionIdSchema).max(100).readonly().default([]),
    /** Messages in their order, sent one after the other. */
    queue: z.array(queuedMessageSchema).max(20).readonly(),
    /** The preset that the message is written with, and what was filled in for its variables. */
    preset: z
      .object({ id: presetIdSchema, values: z.record(z.string().max(31), z.string().max(2_000)).readonly() })
      .readonly()
      .nullable()
      .default(null),
    /** What a chat that is not begun yet will do differently. */
    options: conversationOptionsPatchSchema.default({}),
  })
  .readonly();
export type Draft = z.infer<typeof draftSchema>;

/** Nothing begun. */
export const emptyDraft: Draft = { text: '', documentIds: [], collectionIds: [], queue: [], preset: null, options: {} };
