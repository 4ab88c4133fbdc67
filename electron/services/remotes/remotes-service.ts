import type { AppErrorCode } from '../../shared/app-error.ts';
import type { RemoteId } from '../../shared/ids.ts';
import type { CertificateFlaw, Remote, RemoteModel, RemoteText } from '../../shared/remote.ts';

/**
 * How a test of address and key ended; nothing is generated, so nothing is spent. `refused`: by the settings here
 * (`egress/*`: nothing was sent) or by the remote; the catalogue has a sentence for its code.
 */
export type RemoteTest =
  | {
      readonly status: 'works';
      readonly models: number;
      /** Another path of the same server, which answered and is kept now; null where the address was right. */
      readonly movedTo: string | null;
    }
  | { readonly status: 'wrong-key' | 'no-key' | 'unreachable' | 'not-an-api' | 'busy' }
  /** It speaks no TLS, wants it, or only speaks TLS that is too old. */
  | { readonly status: 'no-tls' | 'wants-tls' | 'old-tls' }
  | { readonly status: 'bad-certificate'; readonly flaw: CertificateFlaw }
  | { readonly status: 'refused'; readonly code: AppErrorCode };

/** Large models elsewhere that the person has set up. Their keys are the keys service's. */
export interface RemotesService {
  list(): Promise<readonly Remote[]>;
  /**
   * Without an address it is the vendor's own. Throws `app/invalid-input` with `field` and `reason` (a `RemoteProblem`) for
   * an address without scheme, with a query or of the wrong zone, a name that is taken, or one remote too many.
   */
  add(text: RemoteText): Promise<Remote>;
  /**
   * Its key stays as long as scheme, host and port do, and is removed before they change. Throws `app/not-found`, what `add`
   * throws, and `access/keychain-unavailable` where the key cannot be removed.
   */
  update(id: RemoteId, text: RemoteText): Promise<Remote>;
  /** Its key goes first. Throws `app/not-found`, and `access/keychain-unavailable` where the key cannot be removed. */
  remove(id: RemoteId): Promise<void>;
  /** As the remote lists them, with prices where they are known. Throws what a request throws. */
  models(id: RemoteId, signal: AbortSignal): Promise<readonly RemoteModel[]>;
  /**
   * Where the address answers but lists no models, the usual paths of its server are tried, and the first that lists some is
   * kept. Throws `app/not-found`, and `access/keychain-unavailable` where the key cannot be had.
   */
  test(id: RemoteId, signal: AbortSignal): Promise<RemoteTest>;
}
