import type { Passage } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Handlers } from '../operations.ts';
import type { StoredPage } from '../storage.ts';

type Staged = { readonly text: string[]; readonly passages: Passage[]; readonly pages: StoredPage[] };

/** What was handed over of documents that are not stored yet. */
export type StagedDocuments = {
  readonly handlers: Handlers<`documents.${'stageText' | 'stagePassages' | 'stagePages'}`>;
  /** All that was staged of a document, which is staged no more. */
  readonly take: (id: DocumentId) => {
    readonly text: string;
    readonly passages: readonly Passage[];
    readonly pages: readonly StoredPage[];
  };
};

/** An empty stage. A slice replaces what an attempt that was broken off left at its place and behind it. */
export function createStagedDocuments(): StagedDocuments {
  const staged = new Map<DocumentId, Staged>();
  const of = (id: DocumentId): Staged => {
    const found = staged.get(id) ?? { text: [], passages: [], pages: [] };
    staged.set(id, found);
    return found;
  };

  return {
    handlers: {
      'documents.stageText': (id, index, text) => void of(id).text.splice(index, Infinity, text),
      'documents.stagePassages': (id, offset, passages) => {
        of(id).passages.splice(offset, Infinity, ...passages);
      },
      'documents.stagePages': (id, offset, pages) => void of(id).pages.splice(offset, Infinity, ...pages),
    },
    take: (id) => {
      const { text, passages, pages } = of(id);
      staged.delete(id);
      return { text: text.join(''), passages, pages };
    },
  };
}
