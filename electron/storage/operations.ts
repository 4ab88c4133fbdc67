import { z } from 'zod';
import { conversationSchema, folderSchema, messageOutlineSchema } from '../shared/conversation.ts';
import { documentDescriptionSchema, passageSchema } from '../shared/document.ts';
import { draftKeySchema, draftSchema } from '../shared/draft.ts';
import {
  conversationIdSchema,
  documentHashSchema,
  documentIdSchema,
  folderIdSchema,
  ledgerEntryIdSchema,
  messageIdSchema,
  passageIdSchema,
  presetIdSchema,
  summaryIdSchema,
} from '../shared/ids.ts';
import { ledgerEntrySchema } from '../shared/ledger-entry.ts';
import { messageSearchSchema } from '../shared/message-search.ts';
import { messageSchema } from '../shared/message.ts';
import { presetSchema } from '../shared/preset.ts';
import { settingsPatchSchema, settingsSchema } from '../shared/settings.ts';
import { summarySchema } from '../shared/summary.ts';

/** Length of the vectors that the index holds: what the built-in embedder makes. */
export const vectorDimensions = 384;

/** Milliseconds since 1970. */
const instantSchema = z.int().nonnegative();
const limitSchema = z.int().min(1).max(1_000);
const offsetSchema = z.int().nonnegative();
const documentIdsSchema = z.array(documentIdSchema).readonly();
const scoredPassagesSchema = z.array(z.object({ passage: passageSchema, score: z.number() }).readonly()).readonly();

/** A vector of unit length: with any other, cosines could not be compared. */
const vectorSchema = z.custom<Float32Array>(
  (vector) =>
    vector instanceof Float32Array && vector.length === vectorDimensions && Math.abs(Math.hypot(...vector) - 1) < 1e-3,
  `must be ${vectorDimensions} numbers of unit length`,
);

/** The headings of a stored document, in order of `start`. */
export const headingsSchema = z
  .array(z.object({ level: z.int().positive(), title: z.string(), start: offsetSchema }).readonly())
  .readonly();

const storedDocumentSchema = z
  .object({ description: documentDescriptionSchema, text: z.string(), headings: headingsSchema })
  .readonly();

const conversationChangeSchema = conversationSchema
  .unwrap()
  .omit({ id: true, isPrivate: true, createdAt: true })
  .partial()
  .readonly();
const messageChangeSchema = messageSchema
  .unwrap()
  .pick({ parts: true, status: true, runId: true, usage: true, modelName: true, route: true, error: true })
  .partial()
  .readonly();
const historySummarySchema = z
  .object({ conversationId: conversationIdSchema, messageId: messageIdSchema, text: z.string() })
  .readonly();
const documentChangeSchema = documentDescriptionSchema
  .unwrap()
  .pick({ status: true, error: true, name: true })
  .partial()
  .readonly();
const summaryChangeSchema = summarySchema
  .unwrap()
  .omit({ id: true, documentId: true, createdAt: true })
  .partial()
  .readonly();
const ledgerChangeSchema = ledgerEntrySchema
  .unwrap()
  .pick({ outcome: true, bytesSent: true, bytesReceived: true })
  .partial()
  .readonly();

const newVectorsSchema = z.array(z.object({ passageId: passageIdSchema, vector: vectorSchema }).readonly()).readonly();

const operation = <Input extends z.ZodTuple, Output extends z.ZodType>(input: Input, output: Output) => ({
  input,
  output,
});

/**
 * Every call that the worker answers: what goes in, in the order of the arguments, and what comes out. Both ends parse
 * with these, and both take their types from them.
 */
export const operations = {
  'conversations.list': operation(z.tuple([]), z.array(conversationSchema).readonly()),
  'conversations.get': operation(z.tuple([conversationIdSchema]), conversationSchema.nullable()),
  'conversations.insert': operation(z.tuple([conversationSchema]), z.void()),
  'conversations.update': operation(z.tuple([conversationIdSchema, conversationChangeSchema]), z.void()),
  'conversations.remove': operation(z.tuple([conversationIdSchema, instantSchema]), z.void()),
  'conversations.restore': operation(z.tuple([conversationIdSchema]), z.void()),
  'conversations.untitled': operation(z.tuple([limitSchema]), z.array(conversationSchema).readonly()),
  'folders.list': operation(z.tuple([]), z.array(folderSchema).readonly()),
  'folders.insert': operation(z.tuple([folderSchema]), z.void()),
  'folders.rename': operation(z.tuple([folderIdSchema, folderSchema.unwrap().shape.name]), z.void()),
  'folders.remove': operation(z.tuple([folderIdSchema]), z.void()),
  'presets.list': operation(z.tuple([]), z.array(presetSchema).readonly()),
  'presets.put': operation(z.tuple([presetSchema]), z.void()),
  'presets.remove': operation(z.tuple([presetIdSchema, instantSchema]), z.void()),
  'presets.restore': operation(z.tuple([presetIdSchema]), z.void()),
  'presets.hiddenBuiltIns': operation(z.tuple([]), z.array(presetIdSchema).readonly()),
  'presets.setBuiltInHidden': operation(z.tuple([presetIdSchema, z.boolean()]), z.void()),
  'drafts.get': operation(z.tuple([draftKeySchema]), draftSchema.nullable()),
  'drafts.put': operation(z.tuple([draftKeySchema, draftSchema]), z.void()),
  'drafts.remove': operation(z.tuple([draftKeySchema]), z.void()),
  'messages.branch': operation(z.tuple([messageIdSchema]), z.array(messageSchema).readonly()),
  'messages.get': operation(z.tuple([messageIdSchema]), messageSchema.nullable()),
  'messages.append': operation(z.tuple([messageSchema]), z.void()),
  'messages.update': operation(z.tuple([messageIdSchema, messageChangeSchema]), z.void()),
  'messages.interruptStreaming': operation(z.tuple([]), z.int().nonnegative()),
  'messages.ofConversation': operation(z.tuple([conversationIdSchema]), z.array(messageSchema).readonly()),
  'messages.outline': operation(z.tuple([conversationIdSchema]), z.array(messageOutlineSchema).readonly()),
  'messages.newestEnd': operation(z.tuple([messageIdSchema]), messageIdSchema),
  'messages.search': operation(z.tuple([z.string(), limitSchema]), messageSearchSchema),
  'messages.searchBranch': operation(z.tuple([messageIdSchema, z.string()]), z.array(messageIdSchema).readonly()),
  'messages.insertConversation': operation(z.tuple([conversationSchema, z.array(messageSchema).readonly()]), z.void()),
  'messages.historySummary': operation(z.tuple([messageIdSchema]), historySummarySchema.nullable()),
  'messages.putHistorySummary': operation(z.tuple([historySummarySchema]), z.void()),
  'documents.list': operation(z.tuple([]), z.array(documentDescriptionSchema).readonly()),
  'documents.get': operation(z.tuple([documentIdSchema]), documentDescriptionSchema.nullable()),
  'documents.findByHash': operation(z.tuple([documentHashSchema]), documentDescriptionSchema.nullable()),
  'documents.stagePassages': operation(
    z.tuple([documentIdSchema, offsetSchema, z.array(passageSchema).readonly()]),
    z.void(),
  ),
  'documents.insert': operation(z.tuple([storedDocumentSchema]), z.void()),
  'documents.update': operation(z.tuple([documentIdSchema, documentChangeSchema]), z.void()),
  'documents.headings': operation(z.tuple([documentIdSchema]), headingsSchema),
  'documents.text': operation(z.tuple([documentIdSchema, offsetSchema, offsetSchema]), z.string()),
  'documents.remove': operation(z.tuple([documentIdSchema, instantSchema]), z.void()),
  'documents.restore': operation(z.tuple([documentIdSchema]), z.void()),
  'passages.ofDocument': operation(z.tuple([documentIdSchema]), z.array(passageSchema).readonly()),
  'passages.withoutVector': operation(z.tuple([documentIdSchema, limitSchema]), z.array(passageSchema).readonly()),
  'passages.insertVectors': operation(z.tuple([newVectorsSchema]), z.void()),
  'passages.searchLexical': operation(z.tuple([z.string(), documentIdsSchema, limitSchema]), scoredPassagesSchema),
  'passages.searchDense': operation(z.tuple([vectorSchema, documentIdsSchema, limitSchema]), scoredPassagesSchema),
  'summaries.list': operation(z.tuple([]), z.array(summarySchema).readonly()),
  'summaries.get': operation(z.tuple([summaryIdSchema]), summarySchema.nullable()),
  'summaries.insert': operation(z.tuple([summarySchema]), z.void()),
  'summaries.update': operation(z.tuple([summaryIdSchema, summaryChangeSchema]), z.void()),
  'summaries.remove': operation(z.tuple([summaryIdSchema, instantSchema]), z.void()),
  'summaries.restore': operation(z.tuple([summaryIdSchema]), z.void()),
  'summaries.stopRunning': operation(z.tuple([]), z.int().nonnegative()),
  'settings.get': operation(z.tuple([]), settingsSchema),
  'settings.update': operation(z.tuple([settingsPatchSchema]), settingsSchema),
  'ledger.list': operation(z.tuple([limitSchema]), z.array(ledgerEntrySchema).readonly()),
  'ledger.insert': operation(z.tuple([ledgerEntrySchema]), z.void()),
  'ledger.update': operation(z.tuple([ledgerEntryIdSchema, ledgerChangeSchema]), z.void()),
  /** One batch of what was deleted before an instant; to be called until it is done. */
  'maintenance.purge': operation(
    z.tuple([instantSchema]),
    z.object({ removed: z.int().nonnegative(), isDone: z.boolean() }).readonly(),
  ),
};

/** The table of operations as a type. */
export type Operations = typeof operations;
export type OperationName = keyof Operations;
export type OperationInput<Name extends OperationName> = z.output<Operations[Name]['input']>;
export type OperationOutput<Name extends OperationName> = z.output<Operations[Name]['output']>;

/** The work behind operations, as the worker has it: one synchronous function each. */
export type Handlers<Name extends OperationName = OperationName> = {
  readonly [Key in Name]: (...input: OperationInput<Key>) => OperationOutput<Key>;
};

/** The operations of one repository, such as `messages`. */
export type OperationsOf<Repository extends string> = Extract<OperationName, `${Repository}.${string}`>;
