import type { Draft, DraftKey } from '../../shared/draft.ts';

/** What was begun and not sent yet, by conversation; kept like the chats themselves. */
export interface DraftsService {
  get(key: DraftKey): Promise<Draft>;
  /** An empty draft is forgotten. A draft of a private conversation stays in memory. Throws `app/not-found`. */
  put(key: DraftKey, draft: Draft): Promise<void>;
}
