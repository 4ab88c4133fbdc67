import { createContext, use, useState } from 'react';
import type { ConversationId, DocumentId } from '../../electron/shared/ids.ts';

/** What a person has begun to write. It is kept while the window is open, and nowhere else. */
export type Draft = { readonly text: string; readonly documentIds: readonly DocumentId[] };

export type DraftKey = ConversationId | 'new-chat';

const emptyDraft: Draft = { text: '', documentIds: [] };

/** Drafts by conversation, so that leaving a page loses no sentence. */
export const DraftsContext = createContext<Map<DraftKey, Draft>>(new Map([['new-chat', emptyDraft]]));

export function useDraft(key: DraftKey): readonly [Draft, (change: Partial<Draft>) => void] {
  const drafts = use(DraftsContext);
  const [draft, setDraft] = useState<Draft>(() => drafts.get(key) ?? emptyDraft);
  const change = (part: Partial<Draft>): void => {
    const next = { ...(drafts.get(key) ?? emptyDraft), ...part };
    drafts.set(key, next);
    setDraft(next);
  };
  return [draft, change];
}
