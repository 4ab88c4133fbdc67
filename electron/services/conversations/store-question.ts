import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Conversation } from '../../shared/conversation.ts';
import { conversationIdSchema, createId, messageIdSchema } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import { conversationTitle } from './conversation-title.ts';
import type { Question, StoredQuestion } from './conversations-service.ts';

type TurnStorage = Pick<Storage, 'conversations' | 'messages'>;

async function beginConversation(
  documentIds: Conversation['documentIds'],
  { conversations }: TurnStorage,
  now: number,
): Promise<Conversation> {
  const id = createId(conversationIdSchema);
  const conversation: Conversation = { id, title: '', tipId: null, documentIds, createdAt: now, updatedAt: now };
  await conversations.insert(conversation);
  return conversation;
}

async function continueConversation(id: Conversation['id'], question: Question, { conversations }: TurnStorage) {
  const conversation = await conversations.get(id);
  if (conversation === null) {
    throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
  }
  // What the last question was asked of is what the next is asked of, also when it is asked again.
  const { documentIds } = question;
  if (documentIds !== undefined) await conversations.update(id, { documentIds });
  return conversation;
}

/** Stores the user's turn; see `ConversationsService.storeQuestion`. */
export async function storeQuestion(question: Question, storage: TurnStorage, clock: Clock): Promise<StoredQuestion> {
  const { conversationId: id, text, documentIds = [] } = question;
  if (text.trim() === '') throw new AppError('prompt/empty', 'The message has no text.');
  const conversation =
    id === undefined
      ? await beginConversation(documentIds, storage, clock.now())
      : await continueConversation(id, question, storage);
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
