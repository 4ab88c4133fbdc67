import type { ConversationId, ModelId } from '../shared/ids.ts';
import type { KeyOwner } from '../shared/key.ts';

/** What a model has evaluated of a conversation, in an encrypted file of its own, whose key is nowhere but here. */
export type SavedState = {
  readonly conversationId: ConversationId;
  readonly modelId: ModelId;
  /** Differs where a state of other options would be of no use. */
  readonly optionsKey: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
  /** In the folder of saved states. */
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly tokens: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
};

/** Saved states; those of a conversation go when it is deleted, also where that is undone. */
export interface SavedStateRepository {
  /** Longest unused first. */
  list(): Promise<readonly SavedState[]>;
  find(conversationId: ConversationId, modelId: ModelId, optionsKey: string): Promise<SavedState | null>;
  /** Replaces that of the same conversation, model and options. Throws `app/not-found` for a conversation that is not kept. */
  put(state: SavedState): Promise<void>;
  /** It was used now. */
  use(fileName: string): Promise<void>;
  remove(fileNames: readonly string[]): Promise<void>;
}

/** Keys of the person, where no keychain has them. */
export interface SecretRepository {
  owners(): Promise<readonly KeyOwner[]>;
  get(owner: KeyOwner): Promise<string | null>;
  put(owner: KeyOwner, secret: string): Promise<void>;
  remove(owner: KeyOwner): Promise<void>;
}
