import type { RemoteId } from '../../shared/ids.ts';
import type { Remote, RemoteModel, RemoteText } from '../../shared/remote.ts';

/** How a test of address and key ended; nothing is generated, so nothing is spent. */
export type RemoteTest =
  | { readonly status: 'works'; readonly models: number }
  | {
      readonly status: 'wrong-key' | 'no-key' | 'unreachable' | 'bad-certificate' | 'not-an-api' | 'refused' | 'busy';
    };

/** Large models elsewhere that the person has set up. Their keys are the keys service's. */
export interface RemotesService {
  list(): Promise<readonly Remote[]>;
  /** Throws `app/invalid-input` with `field` for an address without scheme, with a query, or of the wrong zone. */
  add(text: RemoteText): Promise<Remote>;
  /** Throws `app/not-found`. */
  update(id: RemoteId, text: RemoteText): Promise<Remote>;
  /** Its key goes with it. */
  remove(id: RemoteId): Promise<void>;
  /** As the remote lists them, with prices where they are known. Throws what a request throws. */
  models(id: RemoteId, signal: AbortSignal): Promise<readonly RemoteModel[]>;
  test(id: RemoteId, signal: AbortSignal): Promise<RemoteTest>;
}
