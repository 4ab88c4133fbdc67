import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceEngine } from '../../inference/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { conversationIdSchema } from '../../shared/ids.ts';
import type { ConversationId, ModelId } from '../../shared/ids.ts';
import type { SavedState } from '../../storage/saved-state-repository.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { SavedStatesService } from './saved-states-service.ts';

/** What the service is made of. */
export type SavedStatesServiceOptions = {
  readonly storage: Pick<Storage, 'savedStates' | 'conversations'>;
  readonly engine: Pick<InferenceEngine, 'saveState' | 'beforeUnload' | 'loaded'>;
  readonly settings: Pick<SettingsService, 'get'>;
  /** Absolute; made when the first state is saved. */
  readonly folder: string;
  /** False in a session that keeps nothing. */
  readonly isKept: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** A shorter conversation is read again sooner than its state is read back, in tokens. */
const leastTokens = 256;
/** The engine has so many conversations in mind at once. */
const mostRemembered = 4;
/** Saving at the end holds the app up for so long at most, in milliseconds. */
const closingMs = 5_000;
const bytesOfMebibyte = 1024 * 1024;

type Remembered = { readonly conversationId: ConversationId; readonly modelId: ModelId; readonly tokens: number };

class SavedStates implements SavedStatesService {
  readonly #options: SavedStatesServiceOptions;
  readonly #stopListening: () => void;
  #cleaning: Promise<void> | null = null;
  #remembered: readonly Remembered[] = [];

  constructor(options: SavedStatesServiceOptions) {
    this.#options = options;
    this.#stopListening = options.engine.beforeUnload(async (slot) => {
      if (slot === 'chat') await this.#saveAll(closingMs);
    });
  }

  async find(conversationKey: string, modelId: ModelId) {
    const id = conversationIdSchema.safeParse(conversationKey);
    if (!id.success || !this.#options.isKept()) return null;
    const { savedStates } = this.#options.storage;
    await this.#clean();
    const found = await savedStates.find(id.data, modelId, this.#optionsKey());
    if (found === null) return null;
    await savedStates.use(found.fileName);
    return { path: this.#pathOf(found), key: found.key, modelId };
  }

  noteAnswer(conversationKey: string, modelId: ModelId, tokens: number): void {
    const id = conversationIdSchema.safeParse(conversationKey);
    // Asked now: when the app closes, nothing counts as kept any more.
    if (!id.success || !this.#options.isKept()) return;
    const others = this.#remembered.filter(({ conversationId }) => conversationId !== id.data);
    this.#remembered = [{ conversationId: id.data, modelId, tokens }, ...others].slice(0, mostRemembered);
  }

  async usage() {
    if (this.#options.isKept()) await this.#clean();
    const byModel: Record<string, number> = {};
    let sizeBytes = 0;
    for (const state of await this.#options.storage.savedStates.list()) {
      byModel[state.modelId] = (byModel[state.modelId] ?? 0) + state.sizeBytes;
      sizeBytes += state.sizeBytes;
    }
    return { sizeBytes, byModel };
  }

  async clear(modelId: ModelId | null): Promise<void> {
    const all = await this.#options.storage.savedStates.list();
    await this.#remove(all.filter((state) => modelId === null || state.modelId === modelId));
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#cleaning;
    await this.#saveAll(closingMs);
    // What was deleted since the beginning; only where the folder is known to be that of these chats.
    if (this.#cleaning !== null)
      await this.#removeOrphans().catch((error: unknown) => this.#warn('not-cleaned', error));
  }

  /** Once, at the first call that finds the chats open: before that nobody knows whether they are kept here. */
  async #clean(): Promise<void> {
    this.#cleaning ??= this.#removeOrphans().catch((error: unknown) => this.#warn('saved-states-not-cleaned', error));
    await this.#cleaning;
  }

  /** The most recent first; what there is no time for is read again the next time. */
  async #saveAll(withinMs: number): Promise<void> {
    const remembered = this.#remembered;
    this.#remembered = [];
    const worthIt = remembered.filter(({ tokens }) => tokens >= leastTokens);
    if (worthIt.length === 0) return;
    const limitBytes = (await this.#options.settings.get()).savedStateLimitMebibytes * bytesOfMebibyte;
    if (limitBytes === 0) return;
    const signal = AbortSignal.timeout(withinMs);
    for (const one of worthIt) {
      try {
        signal.throwIfAborted();
        await this.#save(one, signal);
      } catch (error) {
        this.#warn('state-not-saved', error);
      }
    }
    await this.#keepWithin(limitBytes).catch((error: unknown) => this.#warn('saved-states-not-limited', error));
  }

  async #save({ conversationId, modelId }: Remembered, signal: AbortSignal): Promise<void> {
    const { storage, engine, clock, folder } = this.#options;
    const conversation = await storage.conversations.get(conversationId);
    if (conversation === null || conversation.isPrivate) return;
    const optionsKey = this.#optionsKey();
    const former = await storage.savedStates.find(conversationId, modelId, optionsKey);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const fileName = `${randomUUID()}.state`;
    const file = { path: join(folder, fileName), key: new Uint8Array(randomBytes(32)), modelId };
    const result = await engine.saveState(conversationId, file, signal);
    if (result.status !== 'saved') return;
    const { sizeBytes, tokens } = result;
    const usedAt = clock.now();
    try {
      const state = { conversationId, modelId, optionsKey, key: file.key, fileName, sizeBytes, tokens, usedAt };
      await storage.savedStates.put(state);
    } catch (error) {
      // Without its row nobody can read it.
      await rm(file.path, { force: true });
      throw error;
    }
    if (former !== null) await rm(this.#pathOf(former), { force: true });
  }

  /** Those that were not used for longest go first. */
  async #keepWithin(limitBytes: number): Promise<void> {
    const states = await this.#options.storage.savedStates.list();
    let sizeBytes = states.reduce((sum, state) => sum + state.sizeBytes, 0);
    const tooMany: SavedState[] = [];
    for (const state of states) {
      if (sizeBytes <= limitBytes) break;
      tooMany.push(state);
      sizeBytes -= state.sizeBytes;
    }
    await this.#remove(tooMany);
  }

  async #remove(states: readonly SavedState[]): Promise<void> {
    await this.#options.storage.savedStates.remove(states.map(({ fileName }) => fileName));
    for (const state of states) await rm(this.#pathOf(state), { force: true });
  }

  /** Files without a row, as deleted conversations leave them, and rows without a file. */
  async #removeOrphans(): Promise<void> {
    const { storage, folder } = this.#options;
    const states = await storage.savedStates.list();
    const known = new Set(states.map(({ fileName }) => fileName));
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (!known.has(name)) await rm(join(folder, name), { force: true });
    const lost: string[] = [];
    for (const state of states) {
      const isThere = await stat(this.#pathOf(state)).then(
        () => true,
        () => false,
      );
      if (!isThere) lost.push(state.fileName);
    }
    if (lost.length > 0) await storage.savedStates.remove(lost);
  }

  /** A state of another window or of other arithmetic is of no use; the file itself says more, and is checked by the engine. */
  #optionsKey(): string {
    const loaded = this.#options.engine.loaded('chat');
    return `${loaded?.contextTokens ?? 0}:${loaded?.backend ?? 'none'}`;
  }

  #pathOf({ fileName }: Pick<SavedState, 'fileName'>): string {
    return join(this.#options.folder, fileName);
  }

  #warn(what: string, error: unknown): void {
    this.#options.logger.warn(what, { code: AppError.from(error).code });
  }
}

/** Makes the service; what deleted conversations left is removed at the first question and at the end. */
export function createSavedStatesService(options: SavedStatesServiceOptions): SavedStatesService {
  return new SavedStates(options);
}
