import type { AccessRecord } from '../../platform/access-file.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { SecretStore } from '../../platform/secret-store.ts';
import type { DamagedDatabase, DatabaseFile, StorageLocation } from '../../storage/storage.ts';
import type { KeepingSource } from './access-service.ts';
import type { OpenChats } from './open-chats.ts';

/** What the access service is made of. */
export type AccessServiceOptions = {
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute; uploads lie there while chats are open. */
  readonly temporaryFolder: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Builds everything over a database. Throws AppError `storage/*`, `disk/*`. */
  readonly openChats: (opening: {
    readonly location: StorageLocation;
    readonly isFresh: boolean;
    readonly keeping: KeepingSource;
  }) => Promise<OpenChats>;
  readonly openDamaged: (file: DatabaseFile) => DamagedDatabase;
};

/** A record of chats that outlive the app. */
export type KeptRecord = Exclude<AccessRecord, { readonly keeping: 'session-only' }>;

/** What there is at the moment; `key` is that of the database file. */
export type Held =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'open';
      readonly chats: OpenChats;
      /** Null before the first choice. */
      readonly record: AccessRecord | null;
      /** Null for a database in memory. */
      readonly key: Uint8Array | null;
      readonly isBesideKept: boolean;
    }
  | { readonly kind: 'locked'; readonly record: KeptRecord }
  | {
      readonly kind: 'damaged';
      readonly record: KeptRecord;
      readonly key: Uint8Array;
      readonly damaged: DamagedDatabase;
    }
  | { readonly kind: 'failed'; readonly record: AccessRecord | null };

/** True for a record whose chats are in a file. */
export function isKept(record: AccessRecord | null): record is KeptRecord {
  return record !== null && record.keeping !== 'session-only';
}
