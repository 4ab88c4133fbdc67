import { conversationOptionsSchema } from '../../shared/conversation.ts';
import type { Conversation } from '../../shared/conversation.ts';
import { conversationIdSchema, createId } from '../../shared/ids.ts';
import type { NewConversation } from './conversations-service.ts';

/** An empty conversation that begins at `now` (milliseconds since 1970). */
export function buildConversation(beginning: NewConversation, now: number): Conversation {
  const { documentIds, collectionIds = [], isPrivate = false, folderId = null, options = {} } = beginning;
  return {
    id: createId(conversationIdSchema),
    title: '',
    titleOrigin: 'none',
    tipId: null,
    documentIds,
    collectionIds,
    folderId,
    isPinned: false,
    isArchived: false,
    isPrivate,
    isLocalOnly: false,
    options: conversationOptionsSchema.parse(options),
    createdAt: now,
    updatedAt: now,
  };
}
