import type { ConversationId } from '../../shared/ids.ts';
import type { WaitingSource } from './cloud-service.ts';

/** Which conversations have a request that waits for a person; `enter` returns the way out. */
export type WaitingConversations = WaitingSource & { enter(id: ConversationId): () => void };

/** None wait at first. */
export function createWaitingConversations(): WaitingConversations {
  const waiting = new Map<symbol, ConversationId>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    enter(id) {
      // Two branches of one conversation may wait at once.
      const place = Symbol('waiting');
      waiting.set(place, id);
      tell();
      return () => {
        if (waiting.delete(place)) tell();
      };
    },
    current: () => [...new Set(waiting.values())],
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
