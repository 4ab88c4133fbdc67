import type { ConversationId, MessageId } from '../../shared/ids.ts';
import type { MessageSearch } from '../../shared/message-search.ts';

/** Search over everything that was said and every title. Private conversations are not in it. */
export interface SearchService {
  /**
   * All words must be there; the last one may be the beginning of a word, `"in quotes"` is a phrase; case and accents do
   * not count. Newest first; `limit` 1 to 200.
   */
  find(request: { readonly query: string; readonly limit: number }): Promise<MessageSearch>;
  /** Messages of the shown branch in which the query stands, in reading order. Works in private conversations too. */
  inConversation(request: {
    readonly conversationId: ConversationId;
    readonly query: string;
  }): Promise<readonly MessageId[]>;
}
