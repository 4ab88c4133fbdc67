import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Conversation } from '../../shared/conversation.ts';
import { conversationIdSchema, createId, messageIdSchema } from '../../shared/ids.ts';
import type { ConversationId, MessageId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import { conversationTitle } from './conversation-title.ts';

type ChatStorage = Pick<Storage, 'conversations' | 'messages'>;

async function openConversation(
  id: ConversationId | undefined,
  storage: ChatStorage,
  now: number,
): Promise<Conversation> {
  if (id !== undefined) {
    const conversation = await storage.conversations.get(id);
    if (conversation !== null) return conversation;
    throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
  }
  const conversation: Conversation = {
    id: createId(conversationIdSchema),
    title: '',
    tipId: null,
    documentIds: [],
    createdAt: now,
    updatedAt: now,
  };
  await storage.conversations.insert(conversation);
  return conversation;
}

/**
 * Stores the user's turn at the tip of its conversation, making the conversation where there is none and naming it
 * where it has no name. Resolves after the commit. Throws `app/not-found`.
 */
export async function storeQuestion(
  { conversationId, text }: { readonly conversationId?: ConversationId; readonly text: string },
  storage: ChatStorage,
  clock: Clock,
): Promise<{ readonly conversationId: ConversationId; readonly questionId: MessageId }> {
  const conversation = await openConversation(conversationId, storage, clock.now());
  const questionId = createId(messageIdSchema);
  await storage.messages.append({
    id: questionId,
    conversationId: conversation.id,
    parentId: conversation.tipId,
    role: 'user',
    parts: [{ type: 'text', text }],
    status: 'complete',
    runId: null,
    modelName: null,
    route: null,
    usage: null,
    createdAt: clock.now(),
  });
  if (conversation.title === '') {
    await storage.conversations.update(conversation.id, { title: conversationTitle(text) });
  }
  return { conversationId: conversation.id, questionId };
}
