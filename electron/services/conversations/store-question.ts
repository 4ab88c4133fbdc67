import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Conversation } from '../../shared/conversation.ts';
import { createId, messageIdSchema } from '../../shared/ids.ts';
import type { MessageId } from '../../shared/ids.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import type { Storage } from '../../storage/storage.ts';
import { buildConversation } from './build-conversation.ts';
import { conversationTitle } from './conversation-title.ts';
import type { Question, StoredQuestion } from './conversations-service.ts';

type TurnStorage = Pick<Storage, 'conversations' | 'messages'>;

async function beginConversation(
  { documentIds = [], collectionIds = [] }: Question,
  { conversations }: TurnStorage,
  now: number,
): Promise<Conversation> {
  const conversation = buildConversation({ documentIds, collectionIds }, now);
  await conversations.insert(conversation);
  return conversation;
}

async function continueConversation(id: Conversation['id'], question: Question, { conversations }: TurnStorage) {
  const conversation = await conversations.get(id);
  if (conversation === null) {
    throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
  }
  // What the last question was asked of is what the next is asked of, also when it is asked again.
  const { documentIds, collectionIds } = question;
  if (documentIds !== undefined || collectionIds !== undefined) {
    await conversations.update(id, {
      ...(documentIds === undefined ? {} : { documentIds }),
      ...(collectionIds === undefined ? {} : { collectionIds }),
    });
  }
  return conversation;
}

/** What the question follows. A parent in another conversation would tear the tree. */
async function parentOf(conversation: Conversation, { parentId }: Question, { messages }: TurnStorage) {
  if (parentId === undefined) return conversation.tipId;
  if (parentId === null) return null;
  await requireMessage(parentId, conversation.id, messages);
  return parentId;
}

/** Throws `app/not-found` unless the message is one of the conversation's. */
export async function requireMessage(
  id: MessageId,
  conversationId: Conversation['id'],
  messages: Pick<TurnStorage['messages'], 'get'>,
): Promise<void> {
  if ((await messages.get(id))?.conversationId === conversationId) return;
  throw new AppError('app/not-found', 'There is no such message in the conversation.', { kind: 'message' });
}

/** Stores the user's turn; see `ConversationsService.storeQuestion`. */
export async function storeQuestion(question: Question, storage: TurnStorage, clock: Clock): Promise<StoredQuestion> {
  const { conversationId: id } = question;
  const text = wellFormedText(question.text);
  if (text.trim() === '') throw new AppError('prompt/empty', 'The message has no text.');
  const conversation =
    id === undefined
      ? await beginConversation(question, storage, clock.now())
      : await continueConversation(id, question, storage);
  const questionId = createId(messageIdSchema);
  await storage.messages.append({
    id: questionId,
    conversationId: conversation.id,
    parentId: await parentOf(conversation, question, storage),
    role: 'user',
    parts: [{ type: 'text', text }],
    status: 'complete',
    runId: null,
    modelName: null,
    route: null,
    usage: null,
    error: null,
    createdAt: clock.now(),
  });
  if (conversation.title === '') {
    const change = { title: conversationTitle(text), titleOrigin: 'first-words' } as const;
    await storage.conversations.update(conversation.id, change);
  }
  return { conversationId: conversation.id, questionId };
}
