import type { ConversationId } from '../../shared/ids.ts';
import type { ConversationRedactor, RedactionService } from '../redaction/redaction-service.ts';

/** Conversations whose placeholders are remembered; those of older ones begin again with their next question. */
const mostConversations = 200;

/** One redactor for each conversation while the app runs, so that a placeholder stands for the same piece in all its requests. */
export type ConversationRedactors = { readonly of: (id: ConversationId) => ConversationRedactor };

/** Makes them. What they remember is in this process's memory and nowhere else. */
export function createConversationRedactors({
  createRedactor,
}: Pick<RedactionService, 'createRedactor'>): ConversationRedactors {
  const redactors = new Map<ConversationId, ConversationRedactor>();
  return {
    of(id) {
      const redactor = redactors.get(id) ?? createRedactor();
      // Put at the end again, so that the first ones are those that nobody asked for longest.
      redactors.delete(id);
      redactors.set(id, redactor);
      for (const old of [...redactors.keys()].slice(0, -mostConversations)) redactors.delete(old);
      return redactor;
    },
  };
}
