import { AppError } from '../../shared/app-error.ts';
import { emptyDraft } from '../../shared/draft.ts';
import type { Draft, DraftKey } from '../../shared/draft.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import type { Storage } from '../../storage/storage.ts';
import type { DraftsService } from './drafts-service.ts';

/** Makes the service; the storage keeps drafts of private conversations in memory. */
export function createDraftsService({
  storage,
}: {
  readonly storage: Pick<Storage, 'drafts' | 'conversations'>;
}): DraftsService {
  const { drafts, conversations } = storage;
  // A person types faster than a slow disk writes; an older text must never come in after a newer one.
  let queue: Promise<unknown> = Promise.resolve();

  const requirePlace = async (key: DraftKey): Promise<void> => {
    if (key === 'new-chat' || (await conversations.get(key)) !== null) return;
    throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
  };

  const write = async (key: DraftKey, draft: Draft): Promise<void> => {
    await requirePlace(key);
    const text = wellFormedText(draft.text);
    const isEmpty = text === '' && draft.documentIds.length === 0 && draft.queue.length === 0;
    if (isEmpty) await drafts.remove(key);
    else await drafts.put(key, { text, documentIds: draft.documentIds, queue: draft.queue.map(wellFormedText) });
  };

  return {
    async get(key) {
      await requirePlace(key);
      await queue;
      return (await drafts.get(key)) ?? emptyDraft;
    },
    put(key, draft) {
      const written = queue.then(() => write(key, draft));
      queue = written.catch(() => undefined);
      return written;
    },
  };
}
