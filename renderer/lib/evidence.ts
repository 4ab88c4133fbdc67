import { createContext, use } from 'react';
import type { DocumentDescription, Passage } from '../../electron/shared/document.ts';
import type { DocumentId } from '../../electron/shared/ids.ts';
import type { Place } from '../../electron/shared/place.ts';

/** A numbered quotation: the passage of an answer, or the words that carry a statement of a summary. */
export type EvidencePassage = {
  readonly mark: number;
  readonly passage: Pick<Passage, 'documentId' | 'documentName' | 'place' | 'text'>;
};

/** What the evidence column shows: a place in a document, and the other passages of the same answer or statement. */
export type EvidenceTarget = {
  readonly documentId: DocumentId;
  readonly documentName: string;
  readonly place: Place;
  /** The n of [n], where the place was cited. */
  readonly mark: number | null;
  readonly others: readonly EvidencePassage[];
};

export type EvidenceActions = { readonly open: (target: EvidenceTarget) => void };

export const EvidenceContext = createContext<EvidenceActions>({ open: () => undefined });

export function useEvidence(): EvidenceActions {
  return use(EvidenceContext);
}

/** The passage [mark] of an answer as a target; null when the answer has none. */
export function citedTarget(passages: readonly EvidencePassage[], mark: number): EvidenceTarget | null {
  const cited = passages.find((passage) => passage.mark === mark);
  if (cited === undefined) return null;
  const { documentId, documentName, place } = cited.passage;
  return { documentId, documentName, place, mark, others: passages };
}

/** A document from its beginning, with nothing highlighted. */
export function documentTarget({ id, name, hash, pages }: DocumentDescription): EvidenceTarget {
  const place = { documentHash: hash, start: 0, end: 0, ...(pages === null ? {} : { page: 1 }) };
  return { documentId: id, documentName: name, place, mark: null, others: [] };
}
