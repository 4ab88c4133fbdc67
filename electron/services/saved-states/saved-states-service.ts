import type { SavedStateFile } from '../../inference/engine.ts';
import type { ModelId } from '../../shared/ids.ts';

/** What saved states take on the disk. */
export type SavedStatesUsage = {
  readonly sizeBytes: number;
  /** Of each model; only those that have any. */
  readonly byModel: Readonly<Record<string, number>>;
};

/**
 * What a model has read of the conversations that were asked last, kept over unloading and restart, so that a long
 * conversation goes on without being read again. Each is a file that only its row in the encrypted database can open:
 * without the row, of a deleted conversation for instance, it is noise. Nothing is kept of private conversations, or
 * where chats are not kept.
 */
export interface SavedStatesService {
  /** For a question of this conversation to this model; null when nothing is kept. */
  find(conversationKey: string, modelId: ModelId): Promise<SavedStateFile | null>;
  /** Notes that the model now has so many tokens of a conversation. Keys that are no conversation's are passed over. */
  noteAnswer(conversationKey: string, modelId: ModelId, tokens: number): void;
  usage(): Promise<SavedStatesUsage>;
  /** Removes all, or those of one model. */
  clear(modelId: ModelId | null): Promise<void>;
  /** Saves what is worth it, within a few seconds. */
  close(): Promise<void>;
}
