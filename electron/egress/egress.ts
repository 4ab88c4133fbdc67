import type { ConversationId, LedgerEntryId } from '../shared/ids.ts';
import type { EgressPurpose, LedgerEntry } from '../shared/ledger-entry.ts';
import type { RemoteZone } from '../shared/remote.ts';

/** What is sent for whom. Without a conversation the body is not kept: so it is with private ones. */
export type EgressContent = {
  readonly zone: RemoteZone;
  readonly isLocalOnly: boolean;
  readonly conversationId: ConversationId | null;
  /**
   * What it costs at most, in millionths of a US dollar: stands in the ledger until what it cost is known, so that an end of
   * the app in between takes nothing out of the month. Default: unknown.
   */
  readonly mostCostMicroDollars?: number | null;
};

/** Why a request is refused. */
export type EgressRefusal = 'offline' | 'not-allowed' | 'purpose-not-allowed' | 'mode-off' | 'local-only';

/** Who wants to send what where. `url` must be https, or http to this machine. */
export type EgressRequest = {
  readonly url: string;
  readonly purpose: EgressPurpose;
  readonly askedBy: string;
  readonly method?: 'GET' | 'POST' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /**
   * Other hosts that a redirect may lead to, each with all below it (`hf.co` stands for `cdn.hf.co` too). Only over https,
   * or on this machine when the request itself went there, and without the header `authorization`.
   */
  readonly redirectHosts?: readonly string[];
  /** Told of the entry in the ledger before anything leaves. */
  readonly onEntry?: (id: LedgerEntryId) => void;
  /**
   * For purpose `provider`, and required there: what the content was made from. `isLocalOnly` is true when anything that it
   * was made from may not leave for the cloud; the policy refuses it then, whatever the asker thinks.
   */
  readonly content?: EgressContent;
};

/** Says whether a request may leave; a pure decision over the settings of the moment. */
export interface EgressPolicy {
  decide(
    request: EgressRequest,
  ): Promise<{ readonly isAllowed: true } | { readonly isAllowed: false; readonly reason: EgressRefusal }>;
}

/** Where requests are written down, before they leave. */
export interface EgressLedger {
  /** `body` is exactly what is sent, for a ledger that keeps it; null where it may not be kept, or there is none. */
  insert(entry: LedgerEntry, body?: Uint8Array<ArrayBuffer> | null): Promise<void>;
  update(
    id: LedgerEntry['id'],
    change: Partial<
      Pick<LedgerEntry, 'outcome' | 'bytesSent' | 'bytesReceived' | 'inputTokens' | 'outputTokens' | 'costMicroDollars'>
    >,
  ): Promise<void>;
}

/**
 * The only way out of the machine. Throws AppError `egress/failed`, or the refusal: `egress/offline`, `egress/not-allowed`,
 * `egress/purpose-not-allowed`, `egress/mode-off`, `egress/local-only`, or `egress/left-network` for a name that led out of the
 * own network without encryption.
 */
export interface Egress {
  fetch(request: EgressRequest, signal: AbortSignal): Promise<Response>;
}
