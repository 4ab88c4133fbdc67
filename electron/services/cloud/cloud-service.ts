import type { CloudPreview, PreviewDecision } from '../../shared/cloud-preview.ts';
import type { PreviewId } from '../../shared/ids.ts';

/**
 * Requests to large models while they wait for a person. The answer that needs one tells its preview to its followers and
 * waits; a preview ends with its decision, with the answer, or with the app. Each call throws `app/not-found` once it has.
 */
export interface CloudService {
  preview(id: PreviewId): Promise<CloudPreview>;
  /** Further words are replaced, here and, with `isRemembered`, from now on; the body is made anew. */
  redactMore(
    id: PreviewId,
    request: { readonly words: readonly string[]; readonly isRemembered: boolean },
  ): Promise<CloudPreview>;
  /** Replaces the text of turns, by their index; the body is made anew. Throws `app/invalid-input` for an index that is none. */
  edit(id: PreviewId, turns: readonly { readonly index: number; readonly text: string }[]): Promise<CloudPreview>;
  /** `isAlways` lets the requests of this conversation go without a preview from now on; only with `send`. */
  decide(id: PreviewId, decision: PreviewDecision, options: { readonly isAlways: boolean }): Promise<void>;
}
