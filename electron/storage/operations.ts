import { z } from 'zod';
import { conversationSchema, folderSchema, messageOutlineSchema } from '../shared/conversation.ts';
import { draftKeySchema, draftSchema } from '../shared/draft.ts';
import {
  conversationIdSchema,
  documentIdSchema,
  folderIdSchema,
  messageIdSchema,
  presetIdSchema,
  summaryIdSchema,
} from '../shared/ids.ts';
import { messageSearchSchema } from '../shared/message-search.ts';
import { messageSchema } from '../shared/message.ts';
import { presetSchema } from '../shared/preset.ts';
import { settingsPatchSchema, settingsSchema } from '../shared/settings.ts';
import { summaryNodeSchema, summarySchema } from '../shared/summary.ts';
import { documentOperations } from './document-operations.ts';
import { labelOperations } from './label-operations.ts';
import { ledgerOperations } from './ledger-operations.ts';
import { libraryOperations } from './library-operations.ts';
import { instantSchema, limitSchema, operation } from './operation.ts';
import { remoteOperations } from './remote-operations.ts';
import { savedStateOperations } from './saved-state-operations.ts';
import { usageOperations } from './usage-operations.ts';

const conversationChangeSchema = conversationSchema
  .unwrap()
  .omit({ id: true, isPrivate: true, createdAt: true })
  // Their defaults must not come back for what a change leaves out.
  .extend({
    collectionIds: conversationSchema.unwrap().shape.collectionIds.unwrap(),
    isLocalOnly: conversationSchema.unwrap().shape.isLocalOnly.unwrap(),
  })
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
const summaryChangeSchema = summarySchema
  .unwrap()
  .omit({ id: true, documentId: true, createdAt: true })
  .partial()
  .readonly();

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
  'folders.setLocalOnly': operation(z.tuple([folderIdSchema, z.boolean()]), z.void()),
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
  ...documentOperations,
  ...labelOperations,
  ...ledgerOperations,
  ...libraryOperations,
  ...remoteOperations,
  ...savedStateOperations,
  ...usageOperations,
  'summaries.list': operation(z.tuple([]), z.array(summarySchema).readonly()),
  'summaries.get': operation(z.tuple([summaryIdSchema]), summarySchema.nullable()),
  'summaries.insert': operation(z.tuple([summarySchema]), z.void()),
  'summaries.update': operation(z.tuple([summaryIdSchema, summaryChangeSchema]), z.void()),
  'summaries.remove': operation(z.tuple([summaryIdSchema, instantSchema]), z.void()),
  'summaries.restore': operation(z.tuple([summaryIdSchema]), z.void()),
  'summaries.requeueRunning': operation(z.tuple([]), z.int().nonnegative()),
  'summaries.putNode': operation(z.tuple([summaryNodeSchema]), z.void()),
  'summaries.nodes': operation(z.tuple([summaryIdSchema]), z.array(summaryNodeSchema).readonly()),
  'summaries.latestTree': operation(z.tuple([documentIdSchema]), summaryIdSchema.nullable()),
  'settings.get': operation(z.tuple([]), settingsSchema),
  'settings.update': operation(z.tuple([settingsPatchSchema]), settingsSchema),
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
