import { AppError } from '../../shared/app-error.ts';
import type { Conversation } from '../../shared/conversation.ts';
import type { ConversationId, DocumentId } from '../../shared/ids.ts';
import type { LocalOnly } from '../../shared/local-only.ts';
import type { Labelled } from '../../storage/label-operations.ts';
import type { Storage } from '../../storage/storage.ts';

/** What labels are read from. */
export type LabelStorage = Pick<Storage, 'conversations' | 'folders' | 'labels'>;

/** The one place that says what may not leave for a cloud. */
export interface LocalOnlyLabels {
  /** Computed anew each time; `documents` are further ones than the conversation names. Throws `app/not-found`. */
  of(id: ConversationId, documents?: readonly DocumentId[]): Promise<LocalOnly>;
  /** As `of`; what is inherited stays with the conversation from now on. */
  hold(id: ConversationId, documents?: readonly DocumentId[]): Promise<LocalOnly>;
}

type Found = Extract<LocalOnly, { readonly isLocalOnly: true }>;

const found = (because: Found['because'], name: string): Found => ({ isLocalOnly: true, because, name });

/** Last part of a path, of whatever system. */
const lastPart = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;

async function ofFolder({ folderId }: Conversation, { folders }: LabelStorage): Promise<Found | null> {
  if (folderId === null) return null;
  const folder = (await folders.list()).find(({ id }) => id === folderId);
  return folder?.isLocalOnly === true ? found('folder', folder.name) : null;
}

const ofLabelled = (labelled: Labelled | null): Found | null => {
  if (labelled === null) return null;
  const { because, name } = labelled;
  return found(because, because === 'source' ? lastPart(name) : name);
};

/** A collection with one labelled source or document counts as a whole: a search in it may find anything. */
async function ofCollections({ collectionIds }: Conversation, { labels }: LabelStorage): Promise<Found | null> {
  return collectionIds.length === 0 ? null : ofLabelled(await labels.ofCollections(collectionIds));
}

/** Makes it over a database. */
export function createLocalOnlyLabels(storage: LabelStorage): LocalOnlyLabels {
  const { conversations, labels } = storage;

  const ofDocuments = async (conversation: Conversation, further: readonly DocumentId[]): Promise<Found | null> => {
    // What an answer cites stays in it when the document is taken out of the conversation.
    const named = await labels.namedIn(conversation.id);
    return ofLabelled(await labels.ofDocuments([...new Set([...conversation.documentIds, ...further, ...named])]));
  };

  const of = async (id: ConversationId, documents: readonly DocumentId[] = []): Promise<LocalOnly> => {
    const conversation = await conversations.get(id);
    if (conversation === null) {
      throw new AppError('app/not-found', 'There is no such conversation.', { kind: 'conversation' });
    }
    if (conversation.isLocalOnly) return found('conversation', conversation.title);
    const inherited =
      (await ofFolder(conversation, storage)) ??
      (await ofCollections(conversation, storage)) ??
      (await ofDocuments(conversation, documents));
    if (inherited !== null) return inherited;
    const earlier = await labels.inherited(id);
    return earlier === null ? { isLocalOnly: false } : found('earlier', earlier);
  };

  return {
    of,
    async hold(id, documents) {
      const label = await of(id, documents);
      // Its own label is the person's to take off again; what came from elsewhere is in the text from now on.
      if (label.isLocalOnly && label.because !== 'conversation' && label.because !== 'earlier') {
        await labels.setInherited(id, label.name);
      }
      return label;
    },
  };
}
