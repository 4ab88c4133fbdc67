import type { Egress } from '../egress/egress.ts';
import type { ChatTurn } from '../inference/engine.ts';
import type { Clock } from '../platform/clock.ts';
import type { ConversationId, LedgerEntryId } from '../shared/ids.ts';
import type { Remote } from '../shared/remote.ts';

/** What a remote is asked. `remote.modelName` must be chosen. */
export type RemoteRequest = {
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number;
  /** 0 to 2; left out for models that take none. */
  readonly temperature?: number;
  /** Not sent to OpenAI, whose models that reason refuse them. */
  readonly stopStrings?: readonly string[];
};

/** The request as it would leave: made once, shown, and sent just so. */
export type CapturedRequest = {
  readonly remote: Remote;
  readonly request: RemoteRequest;
  readonly url: string;
  /** Sent in UTF-8. */
  readonly body: string;
};

/** What a captured request is sent with. */
export type SendOptions = {
  readonly key: string | null;
  readonly isLocalOnly: boolean;
  readonly conversationId: ConversationId | null;
  /** What it costs at most, in millionths of a US dollar; null for what nobody bills. */
  readonly mostCostMicroDollars: number | null;
  /** Told of the entry in the ledger before anything leaves. */
  readonly onEntry: (id: LedgerEntryId) => void;
};

/** What a remote says; `remote-end` last. Calls of tools, which nobody offered, are left out and counted there. */
export type RemotePart =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | {
      readonly type: 'remote-end';
      /** `refused`: the remote's own filter ended it. */
      readonly reason: 'complete' | 'length' | 'refused';
      /** Null where it did not say. */
      readonly inputTokens: number | null;
      readonly outputTokens: number | null;
      readonly reusedTokens: number;
      readonly ignoredToolCalls: number;
    };

/** What the remote provider needs. */
export type RemoteProviderOptions = { readonly egress: Egress; readonly clock: Clock };

/** A model as a remote lists it. */
export type ListedModel = { readonly name: string; readonly contextTokens: number | null };

/**
 * Large models elsewhere. Nothing is sent twice: every failure is an AppError `provider/*` or `egress/*` whose detail
 * `mayBeBilled` says whether another try could be billed a second time.
 */
export interface RemoteProvider {
  /** Sends nothing: lets the SDK write its request and keeps it. Throws `provider/unexpected`. */
  capture(remote: Remote, request: RemoteRequest): Promise<CapturedRequest>;
  /** Sends these bytes, once; leaving the loop ends the connection. */
  send(captured: CapturedRequest, options: SendOptions, signal: AbortSignal): AsyncIterable<RemotePart>;
  /** Asks for the list of models, which costs nothing. At most 2,000, as the remote names them. */
  listModels(remote: Remote, key: string | null, signal: AbortSignal): Promise<readonly ListedModel[]>;
}
