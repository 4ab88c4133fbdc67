import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Conversation } from '../../shared/conversation.ts';
import { conversationIdSchema, createId, messageIdSchema } from '../../shared/ids.ts';
import type { ConversationId, DocumentId, MessageId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';

type QuestionStorage = Pick<Storage, 'conversations' | 'messages'>;

/** Characters of a question that name its conversation. */
const titleLength = 60;

function titleOf(question: string): string {
  const line = question.trim().replaceAll(/\s+/g, ' ');
  return line.length <= titleLength ? line : `${line.slice(0, titleLength).replace(/\s+\S*$/, '')}…`;
}

async function openConversation(
  id: ConversationId | undefined,
  documentIds: readonly DocumentId[],
  storage: QuestionStorage,
  now: number,
): Promise<Conversation> {
  if (id === undefined) {
    const ids = { id: createId(conversationIdSchema), tipId: null, documentIds };
    const conversation: Conversation = { ...ids, title: '', createdAt: now, updatedAt: now };
    await storage.conversations.insert(conversation);
    return conversation;
  }
  const conversation = await storage.conversations.get(id);
  if (!conversation) throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
  // What the last question was asked of is what the next is asked of, also when it is asked again.
  await storage.conversations.update(id, { documentIds });
  return conversation;
}

/** Stores a question at the tip of its conversation, making it where there is none. Resolves after the commit. Throws `app/not-found`. */
export async function storeQuestion(
  request: {
    readonly conversationId?: ConversationId;
    readonly documentIds: readonly DocumentId[];
    readonly question: string;
  },
  storage: QuestionStorage,
  clock: Clock,
): Promise<{ readonly conversationId: ConversationId; readonly questionId: MessageId }> {
  const { conversationId, documentIds, question } = request;
  const conversation = await openConversation(conversationId, documentIds, storage, clock.now());
  const questionId = createId(messageIdSchema);
  await storage.messages.append({
    id: questionId,
    conversationId: conversation.id,
    parentId: conversation.tipId,
    role: 'user',
    parts: [{ type: 'text', text: question }],
    status: 'complete',
    runId: null,
    modelName: null,
    route: null,
    usage: null,
    createdAt: clock.now(),
  });
  if (conversation.title === '') await storage.conversations.update(conversation.id, { title: titleOf(question) });
  return { conversationId: conversation.id, questionId };
}
