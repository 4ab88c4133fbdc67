import type { Clock } from '../platform/clock.ts';
import { AppError } from '../shared/app-error.ts';
import { layPrivateSide } from '../storage/private-layer.ts';
import { PrivateSide } from '../storage/private-side.ts';
import type { Storage } from '../storage/storage.ts';
import type { PassingConversations } from '../services/quick-ask/create-quick-ask-service.ts';
import { createCallGate } from './call-gate.ts';

/** Conversations of the moment: private ones of a layer of its own, which no list, search or export looks into. */
export type PassingStorage = PassingConversations & {
  /** What is here and, for everything else, `kept`. */
  readonly storage: Pick<Storage, 'conversations' | 'messages' | 'folders' | 'labels'>;
  /** Forgets all; `kept` stays open. */
  close(): Promise<void>;
};

/**
 * Lays a second private side over `kept`. One of its conversations can be let out, under the ids that it has: whoever is
 * writing an answer of it goes on and need not know.
 */
export function createPassingStorage(kept: Storage, openMemory: () => Promise<Storage>, clock: Clock): PassingStorage {
  const side = new PrivateSide(openMemory);
  const gate = createCallGate();
  const { conversations, messages, folders, labels } = layPrivateSide(kept, side);
  const purge = async (): Promise<void> => {
    // All that was removed up to now, this moment included.
    await side.readIfOpen((memory) => memory.maintenance.purge(clock.now() + 1), 0);
  };
  return {
    storage: {
      conversations,
      folders,
      labels,
      messages: {
        ...messages,
        // Between its copy and the change of its place, what is written of a conversation would be lost.
        append: (message) => gate.pass(() => messages.append(message)),
        update: (id, change) => gate.pass(() => messages.update(id, change)),
      },
    },
    open: async () => void (await side.open()),
    purge,
    keep: (id) =>
      gate.closeDuring(async () => {
        if (!side.hasConversation(id))
          throw new AppError('app/not-found', 'It is forgotten.', { kind: 'conversation' });
        const memory = await side.open();
        const conversation = await memory.conversations.get(id);
        if (conversation === null) throw new AppError('app/not-found', 'It is forgotten.', { kind: 'conversation' });
        const tree = await memory.messages.ofConversation(id);
        const inherited = await memory.labels.inherited(id);
        await kept.messages.insertConversation({ ...conversation, isPrivate: false }, tree);
        if (inherited !== null) await kept.labels.setInherited(id, inherited);
        side.release(id, tree);
        await memory.conversations.remove(id);
        await purge();
      }),
    close: async () => await side.close(),
  };
}
