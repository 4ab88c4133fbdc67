import { z } from 'zod';
import {
  collectionIdSchema,
  conversationIdSchema,
  documentIdSchema,
  folderIdSchema,
  messageIdSchema,
  modelIdSchema,
  presetIdSchema,
} from './ids.ts';

/** What happens to the oldest turns when a conversation outgrows the context window. */
export const trimmingSchema = z.enum(['drop-oldest', 'summarise-oldest']);
export type Trimming = z.infer<typeof trimmingSchema>;

/** What one conversation does differently; null follows the settings. */
export const conversationOptionsSchema = z
  .object({
    presetId: presetIdSchema.nullable().default(null),
    systemPrompt: z.string().max(8_000).nullable().default(null),
    modelId: modelIdSchema.nullable().default(null),
    temperature: z.number().min(0).max(2).nullable().default(null),
    answerTokenLimit: z.int().min(16).max(32_768).nullable().default(null),
    trimming: trimmingSchema.nullable().default(null),
    /** True: requests of this conversation leave without the preview, as the person said in one. */
    sendsWithoutPreview: z.boolean().nullable().default(null),
    /** Zone and address that this was said of; a request to another one is shown. */
    sendsWithoutPreviewTo: z.string().max(4_096).nullable().default(null),
  })
  .readonly();
export type ConversationOptions = z.infer<typeof conversationOptionsSchema>;

/** Defaults must not come back for what a patch leaves out, so each field is unwrapped before it is made optional. */
export const conversationOptionsPatchSchema = z
  .object({
    presetId: presetIdSchema.nullable(),
    systemPrompt: z.string().max(8_000).nullable(),
    modelId: modelIdSchema.nullable(),
    temperature: z.number().min(0).max(2).nullable(),
    answerTokenLimit: z.int().min(16).max(32_768).nullable(),
    trimming: trimmingSchema.nullable(),
    sendsWithoutPreview: z.boolean().nullable(),
  })
  .partial()
  .strict()
  .readonly();
export type ConversationOptionsPatch = z.infer<typeof conversationOptionsPatchSchema>;

/** Who gave a conversation its title: a better origin is never replaced by a lesser one. */
export const titleOriginSchema = z.enum(['none', 'first-words', 'model', 'user']);

export const conversationSchema = z
  .object({
    id: conversationIdSchema,
    /** Empty until the first message gives it one; the window then shows its own word for a new chat. */
    title: z.string(),
    titleOrigin: titleOriginSchema,
    /** Last message of the branch that is shown; null while empty. */
    tipId: messageIdSchema.nullable(),
    /** Documents that questions in this conversation are asked of. */
    documentIds: z.array(documentIdSchema).readonly(),
    /** Collections that questions are asked of too. */
    collectionIds: z.array(collectionIdSchema).readonly().default([]),
    folderId: folderIdSchema.nullable(),
    isPinned: z.boolean(),
    isArchived: z.boolean(),
    /** Never written to the disk, gone when the app closes or locks. Fixed when it is made. */
    isPrivate: z.boolean(),
    /** Nothing of it, and of what is made from it, goes to a cloud. */
    isLocalOnly: z.boolean().default(false),
    options: conversationOptionsSchema,
    createdAt: z.int().nonnegative(),
    updatedAt: z.int().nonnegative(),
  })
  .readonly();
export type Conversation = z.infer<typeof conversationSchema>;

/** How a conversation stands in the list; what is left out stays. */
export const placementSchema = z
  .object({ folderId: folderIdSchema.nullable(), isPinned: z.boolean(), isArchived: z.boolean() })
  .partial()
  .strict()
  .readonly();
export type Placement = z.infer<typeof placementSchema>;

/** A folder of the conversation list; one level, in the order of their names. */
export const folderSchema = z
  .object({
    id: folderIdSchema,
    name: z.string().min(1).max(100),
    /** Holds for every conversation in it. */
    isLocalOnly: z.boolean().default(false),
    createdAt: z.int().nonnegative(),
  })
  .readonly();
export type Folder = z.infer<typeof folderSchema>;

/** One message of the tree without its content, for the map of branches. */
export const messageOutlineSchema = z
  .object({
    id: messageIdSchema,
    parentId: messageIdSchema.nullable(),
    role: z.enum(['user', 'assistant']),
    /** First words of its text, one line, at most 120 characters. */
    preview: z.string(),
    createdAt: z.int().nonnegative(),
  })
  .readonly();
export type MessageOutline = z.infer<typeof messageOutlineSchema>;
