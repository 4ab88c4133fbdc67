import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import { citedPassageSchema } from './document.ts';
import { conversationIdSchema, documentIdSchema, messageIdSchema, runIdSchema } from './ids.ts';
import { routeSchema } from './route.ts';
import { findingKindSchema, findingSchema } from './screening.ts';
import { sentSchema } from './sent.ts';
import { usageSchema } from './usage.ts';

/** How well the passages carry one sentence of an answer; offsets are into the message's text part. */
export const sentenceCheckSchema = z
  .object({
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
    isSupported: z.boolean(),
    /** How likely it is that the passages carry it, 0 to 1; absent for answers of before it was measured. */
    probability: z.number().min(0).max(1).optional(),
    /** Numbers of the passages ([n]) that carry it. */
    marks: z.array(z.int().positive()).readonly(),
  })
  .readonly();
export type SentenceCheck = z.infer<typeof sentenceCheckSchema>;

/** Things the reader should know about a message; words in the catalogue under `notice.<name>`. */
export const noticeNameSchema = z.enum([
  'interrupted',
  'stopped',
  'length-limit',
  'history-trimmed',
  'history-summarised',
  'documents-whole',
  'documents-passages',
  'not-in-documents',
  'documents-every-part',
  'documents-compared',
  'documents-findings',
  'index-incomplete',
  'safe-mode',
  'remote-failed',
  'large-model-may-help',
  'remote-refused',
  'remote-refused-midway',
  'ended-by-lock',
]);
export type NoticeName = z.infer<typeof noticeNameSchema>;

/** A message is a list of typed parts, in reading order. */
export const messagePartSchema = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('text'), text: z.string(), checks: z.array(sentenceCheckSchema).readonly().optional() })
    .readonly(),
  z
    .object({
      type: z.literal('reasoning'),
      text: z.string(),
      /** From its first to its last word; absent while it grows and where it came from another program. */
      durationMs: z.number().nonnegative().optional(),
    })
    .readonly(),
  z.object({ type: z.literal('attachment'), documentId: documentIdSchema, name: z.string() }).readonly(),
  z.object({ type: z.literal('citation'), passage: citedPassageSchema }).readonly(),
  z
    .object({
      type: z.literal('grounds'),
      /** The question as it was searched, when a follow-up was completed from the conversation; null when it was asked as it stands. */
      searchedAs: z.string().nullable(),
      /** Calibrated probability that the passages hold the answer, 0 to 1; null where it was not measured. */
      confidence: z.number().min(0).max(1).nullable(),
      /** What the confidence means in words, by the calibration's own bounds. */
      level: z.enum(['high', 'medium', 'low']).nullable(),
    })
    .readonly(),
  z.object({ type: z.literal('notice'), name: noticeNameSchema }).readonly(),
  /** What left this machine for it. */
  z.object({ type: z.literal('sent'), sent: sentSchema }).readonly(),
  /** What was noticed in its text; the person chooses what is shown. */
  z
    .object({
      type: z.literal('screening'),
      findings: z.array(findingSchema).readonly(),
      /** What the person has chosen to see or to use; absent before they chose anything. */
      allowed: z.array(findingKindSchema).readonly().optional(),
    })
    .readonly(),
]);
export type MessagePart = z.infer<typeof messagePartSchema>;

/** `streaming` while its run is alive; `interrupted` when a crash cut it short; `stopped` when the user did. */
export const messageStatusSchema = z.enum(['complete', 'streaming', 'stopped', 'interrupted', 'failed']);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

/** Messages form a tree: each knows its parent, and a conversation knows the tip of the branch that is shown. */
export const messageSchema = z
  .object({
    id: messageIdSchema,
    conversationId: conversationIdSchema,
    parentId: messageIdSchema.nullable(),
    role: z.enum(['user', 'assistant']),
    parts: z.array(messagePartSchema).readonly(),
    status: messageStatusSchema,
    /** Set while the answer is being written: follow this run to see it grow. */
    runId: runIdSchema.nullable(),
    modelName: z.string().nullable(),
    route: routeSchema.nullable(),
    usage: usageSchema.nullable(),
    /** Why the answer failed; null for any other status. */
    error: appErrorDataSchema.nullable(),
    /** Milliseconds since 1970. */
    createdAt: z.int().nonnegative(),
  })
  .readonly();
export type Message = z.infer<typeof messageSchema>;

/** The plain text of a message: its text parts joined by blank lines. */
export function messageText(message: Pick<Message, 'parts'>): string {
  return message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}
