import type { ConversationId, PreviewId, RemoteId } from '../../shared/ids.ts';
import type { Route } from '../../shared/route.ts';

/** A piece that was replaced, in the text that is shown: offsets in UTF-16 units of the body. */
export type ShownReplacement = {
  readonly start: number;
  readonly end: number;
  readonly placeholder: string;
  readonly original: string;
};

/** The request as it would leave, byte for byte. */
export type CloudPreview = {
  readonly id: PreviewId;
  readonly remoteId: RemoteId;
  readonly remoteName: string;
  readonly host: string;
  readonly policyUrl: string | null;
  readonly modelName: string;
  /** The body: what is sent is these bytes in UTF-8. */
  readonly body: string;
  readonly replacements: readonly ShownReplacement[];
  /** Counted by the local model's measure, an estimate. */
  readonly inputTokens: number;
  readonly savedTokens: number;
  /** Millionths of a US dollar at most; null where no price is known. */
  readonly mostCostMicroDollars: number | null;
  readonly route: Route;
};

/** Prepares what may leave, shows it, and sends just that. */
export interface CloudService {
  /** Throws `egress/*` when it could not leave anyway. */
  prepare(request: { readonly conversationId: ConversationId; readonly remoteId: RemoteId }): Promise<CloudPreview>;
  /** With more words redacted, or with turns edited; a new preview takes the place of the old. */
  redactMore(id: PreviewId, words: readonly string[]): Promise<CloudPreview>;
  discard(id: PreviewId): Promise<void>;
}
