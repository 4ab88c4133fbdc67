import type { ConversationId, PreviewId, RemoteId } from './ids.ts';
import type { RemoteZone } from './remote.ts';
import type { Route } from './route.ts';

/** A piece that was replaced, in the body that is shown: offsets in UTF-16 units, of the placeholder as it stands there. */
export type ShownReplacement = {
  readonly start: number;
  readonly end: number;
  readonly placeholder: string;
  /** Never leaves; shown to the person only. */
  readonly original: string;
};

/** One turn as it would leave, placeholders in it; a person may edit its text. */
export type PreviewTurn = { readonly role: 'system' | 'user' | 'assistant'; readonly text: string };

/** A request as it would leave, byte for byte. */
export type CloudPreview = {
  readonly id: PreviewId;
  readonly conversationId: ConversationId;
  readonly remoteId: RemoteId;
  readonly remoteName: string;
  readonly zone: RemoteZone;
  readonly host: string;
  readonly policyUrl: string | null;
  readonly modelName: string;
  readonly turns: readonly PreviewTurn[];
  /** What is sent are these characters in UTF-8. */
  readonly body: string;
  /** SHA-256 of those bytes in hex, as the ledger will have it. */
  readonly bodyHash: string;
  readonly replacements: readonly ShownReplacement[];
  /** Counted by the local model's measure: an estimate. */
  readonly inputTokens: number;
  /** Tokens that were left out of what would have been sent: an estimate. */
  readonly savedTokens: number;
  /** Millionths of a US dollar, at most; null for a server of the person's own. */
  readonly mostCostMicroDollars: number | null;
  /** False where the dearest known price had to stand in. */
  readonly isPriceKnown: boolean;
  readonly route: Route;
};

/** What a person decides over a preview. `cancel` stops the answer. */
export type PreviewDecision = 'send' | 'local' | 'cancel';

/** The same, with what it is said of: a request is sent by naming the bytes that the person saw. */
export type PreviewChoice =
  | {
      readonly decision: 'send';
      /** `bodyHash` of the preview that was on the screen. */
      readonly bodyHash: string;
      /** True lets the requests of this conversation go to this remote's address without a preview from now on. */
      readonly isAlways: boolean;
    }
  | { readonly decision: Exclude<PreviewDecision, 'send'> };
