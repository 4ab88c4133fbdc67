import type { ConversationId, LedgerEntryId } from '../shared/ids.ts';
import type { EgressPurpose, LedgerEntry } from '../shared/ledger-entry.ts';
import type { RemoteZone } from '../shared/remote.ts';

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
  readonly content?: {
    readonly zone: RemoteZone;
    readonly isLocalOnly: boolean;
    readonly conversationId: ConversationId | null;
  };
};

/** Says whether a request may leave; a pure decision over the settings of the moment. */
export interface EgressPolicy {
  decide(request: EgressRequest): Promise<
    | { readonly isAllowed: true }
    | {
        readonly isAllowed: false;
        readonly reason: 'offline' | 'not-allowed' | 'purpose-not-allowed' | 'mode-off' | 'local-only';
      }
  >;
}

/** Where requests are written down, before they leave. */
export interface EgressLedger {
  insert(entry: LedgerEntry): Promise<void>;
  update(
    id: LedgerEntry['id'],
    change: Partial<
      Pick<LedgerEntry, 'outcome' | 'bytesSent' | 'bytesReceived' | 'inputTokens' | 'outputTokens' | 'costMicroDollars'>
    >,
  ): Promise<void>;
}

/** The only way out of the machine. Throws AppError `egress/offline`, `egress/purpose-not-allowed`, `egress/not-allowed` or `egress/failed`. */
export interface Egress {
  fetch(request: EgressRequest, signal: AbortSignal): Promise<Response>;
}
