import { AppError } from '../../shared/app-error.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SearchService } from './search-service.ts';

/** Makes the service over the index of the storage. */
export function createSearchService({
  storage,
}: {
  readonly storage: Pick<Storage, 'messages' | 'conversations'>;
}): SearchService {
  const { messages, conversations } = storage;
  return {
    async find({ query, limit }) {
      if (query.trim() === '') return { hits: [], hasMore: false };
      return messages.search(query.toWellFormed(), limit);
    },
    async inConversation({ conversationId, query }) {
      const conversation = await conversations.get(conversationId);
      if (conversation === null) {
        throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
      }
      const { tipId } = conversation;
      return tipId === null || query.trim() === '' ? [] : messages.searchBranch(tipId, query.toWellFormed());
    },
  };
}
