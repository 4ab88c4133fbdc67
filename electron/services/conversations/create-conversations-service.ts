import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Conversation } from '../../shared/conversation.ts';
import { conversationIdSchema, createId } from '../../shared/ids.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ConversationsService } from './conversations-service.ts';
import { storeQuestion } from './store-question.ts';

/** UTF-16 code units that a title keeps at most. */
export const titleLimit = 200;

/** What the service is made of. */
export type ConversationsServiceOptions = {
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly clock: Clock;
};

/** One line without spaces around it; a surrogate pair that the limit would split goes as a whole. */
function tidyTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line
    .slice(0, titleLimit)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

/** Makes the service. */
export function createConversationsService({ storage, clock }: ConversationsServiceOptions): ConversationsService {
  const { conversations, messages } = storage;

  const get = async (id: ConversationId): Promise<Conversation> => {
    const conversation = await conversations.get(id);
    if (!conversation) throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
    return conversation;
  };

  return {
    list: () => conversations.list(),
    async open(id) {
      const conversation = await get(id);
      const { tipId } = conversation;
      return { conversation, messages: tipId === null ? [] : await messages.branch(tipId) };
    },
    async create({ documentIds }) {
      const now = clock.now();
      const id = createId(conversationIdSchema);
      const conversation = { id, title: '', tipId: null, documentIds, createdAt: now, updatedAt: now };
      await conversations.insert(conversation);
      return conversation;
    },
    async rename(id, title) {
      const tidy = tidyTitle(title);
      if (tidy !== '') await conversations.update(id, { title: tidy });
      return get(id);
    },
    async setDocuments(id, documentIds) {
      await conversations.update(id, { documentIds });
      return get(id);
    },
    remove: (id) => conversations.remove(id),
    async restore(id) {
      await conversations.restore(id);
      return get(id);
    },
    storeQuestion: (question) => storeQuestion(question, storage, clock),
    async questionOf(answerId) {
      const answer = await messages.get(answerId);
      if (answer === null || answer.role !== 'assistant' || answer.parentId === null) {
        throw new AppError('app/not-found', 'There is no such answer.', { kind: 'message' });
      }
      return { conversationId: answer.conversationId, questionId: answer.parentId, runId: answer.runId };
    },
  };
}
