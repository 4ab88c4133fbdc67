import { AppError } from '../../shared/app-error.ts';
import { emptyDraft } from '../../shared/draft.ts';
import type { Draft, DraftKey } from '../../shared/draft.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import type { Storage } from '../../storage/storage.ts';
import type { DraftsService } from './drafts-service.ts';

const isNothing = ({ text, documentIds, collectionIds, queue, preset, options }: Draft): boolean =>
  text === '' &&
  documentIds.length === 0 &&
  collectionIds.length === 0 &&
  queue.length === 0 &&
  preset === null &&
  Object.values(options).every((option) => option === null);

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
    const queue = draft.queue.map((message) => ({ ...message, text: wellFormedText(message.text) }));
    const kept = { ...draft, text, queue };
    if (isNothing(kept)) await drafts.remove(key);
    else await drafts.put(key, kept);
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
