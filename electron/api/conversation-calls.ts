import { z } from 'zod';
import { conversationOptionsPatchSchema as optionsPatchSchema, placementSchema } from '../shared/conversation.ts';
import {
  collectionIdSchema,
  conversationIdSchema,
  documentIdSchema,
  fileTicketSchema,
  folderIdSchema,
  messageIdSchema,
} from '../shared/ids.ts';
import { findingKindSchema } from '../shared/screening.ts';
import { searchScopeSchema } from '../shared/search-scope.ts';
import { exportFormatSchema } from '../shared/transfer.ts';
import { neverAborted, procedure, streamed } from './procedure.ts';

const folderName = z.string().trim().min(1).max(100);

/** The list of conversations, their folders and branches. */
export const conversations = {
  list: procedure.handler(({ context }) => context.services.conversations.list()),
  watchChanges: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.conversations.watchChanges(signal ?? neverAborted));
  }),
  open: procedure
    .input(z.object({ id: conversationIdSchema }))
    .handler(({ context, input }) => context.services.conversations.open(input.id)),
  branch: procedure
    .input(z.object({ tipId: messageIdSchema }))
    .handler(({ context, input }) => context.services.conversations.branch(input.tipId)),
  outline: procedure
    .input(z.object({ id: conversationIdSchema }))
    .handler(({ context, input }) => context.services.conversations.outline(input.id)),
  show: procedure
    .input(z.object({ id: conversationIdSchema, messageId: messageIdSchema, isEnd: z.boolean().default(false) }))
    .handler(({ context, input }) => context.services.conversations.show(input.id, input.messageId, input.isEnd)),
  create: procedure
    .input(
      z.object({
        documentIds: z.array(documentIdSchema).max(1_000),
        collectionIds: z.array(collectionIdSchema).max(100).default([]),
        isPrivate: z.boolean().default(false),
        folderId: folderIdSchema.nullable().default(null),
        options: optionsPatchSchema.default({}),
      }),
    )
    .handler(({ context, input }) => context.services.conversations.create(input)),
  place: procedure
    .input(
      z.object({
        id: conversationIdSchema,
        placement: placementSchema,
      }),
    )
    .handler(({ context, input }) => context.services.conversations.place(input.id, input.placement)),
  setOptions: procedure
    .input(z.object({ id: conversationIdSchema, options: optionsPatchSchema }))
    .handler(({ context, input }) => context.services.conversations.setOptions(input.id, input.options)),
  setLocalOnly: procedure
    .input(z.object({ id: conversationIdSchema, isLocalOnly: z.boolean() }))
    .handler(({ context, input }) => context.services.conversations.setLocalOnly(input.id, input.isLocalOnly)),
  setFolderLocalOnly: procedure
    .input(z.object({ id: folderIdSchema, isLocalOnly: z.boolean() }))
    .handler(({ context, input }) => context.services.conversations.setFolderLocalOnly(input.id, input.isLocalOnly)),
  allowFindings: procedure
    .input(z.object({ messageId: messageIdSchema, kinds: z.array(findingKindSchema).max(20) }))
    .handler(({ context, input }) => context.services.conversations.allowFindings(input.messageId, input.kinds)),
  folders: procedure.handler(({ context }) => context.services.conversations.folders()),
  createFolder: procedure
    .input(z.object({ name: folderName }))
    .handler(({ context, input }) => context.services.conversations.createFolder(input.name)),
  renameFolder: procedure
    .input(z.object({ id: folderIdSchema, name: folderName }))
    .handler(({ context, input }) => context.services.conversations.renameFolder(input.id, input.name)),
  removeFolder: procedure
    .input(z.object({ id: folderIdSchema }))
    .handler(({ context, input }) => context.services.conversations.removeFolder(input.id)),
  rename: procedure
    .input(z.object({ id: conversationIdSchema, title: z.string().trim().min(1).max(200) }))
    .handler(({ context, input }) => context.services.conversations.rename(input.id, input.title)),
  setScope: procedure
    .input(z.object({ id: conversationIdSchema, scope: searchScopeSchema }))
    .handler(({ context, input }) => context.services.conversations.setScope(input.id, input.scope)),
  remove: procedure
    .input(z.object({ id: conversationIdSchema }))
    .handler(({ context, input }) => context.services.conversations.remove(input.id)),
  restore: procedure
    .input(z.object({ id: conversationIdSchema }))
    .handler(({ context, input }) => context.services.conversations.restore(input.id)),
};

/** Search over what was said. */
export const search = {
  find: procedure
    .input(z.object({ query: z.string().max(1_000), limit: z.int().min(1).max(200).default(50) }))
    .handler(({ context, input }) => context.services.search.find(input)),
  inConversation: procedure
    .input(z.object({ conversationId: conversationIdSchema, query: z.string().max(1_000) }))
    .handler(({ context, input }) => context.services.search.inConversation(input)),
};

/** Conversations out of the app and into it. */
export const transfer = {
  export: procedure
    .input(
      z.object({ conversationIds: z.array(conversationIdSchema).max(100_000).nullable(), format: exportFormatSchema }),
    )
    .handler(async function* ({ context, input, signal }) {
      yield* streamed(() => context.services.transfer.export(input, signal ?? neverAborted));
    }),
  import: procedure
    .input(z.object({ ticket: fileTicketSchema }))
    .handler(({ context, input, signal }) => context.services.transfer.import(input.ticket, signal ?? neverAborted)),
};
