import { conversationOptionsSchema } from '../../electron/shared/conversation.ts';
import type { Conversation } from '../../electron/shared/conversation.ts';
import { conversationIdSchema, createId } from '../../electron/shared/ids.ts';

/** A conversation as the app lists it. */
export function buildConversation(about: Partial<Conversation> = {}): Conversation {
  return {
    id: createId(conversationIdSchema),
    title: 'A chat',
    titleOrigin: 'user',
    tipId: null,
    documentIds: [],
    collectionIds: [],
    folderId: null,
    isPinned: false,
    isArchived: false,
    isPrivate: false,
    isLocalOnly: false,
    options: conversationOptionsSchema.parse({}),
    createdAt: 0,
    updatedAt: 0,
    ...about,
  };
}
