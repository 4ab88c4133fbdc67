import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { Draft, DraftKey } from '../../electron/shared/draft.ts';

/** Where drafts are kept. */
export type DraftSource = {
  /** Null where nothing can be kept, as for a conversation that was deleted meanwhile. */
  get(key: DraftKey): Promise<Draft | null>;
  put(key: DraftKey, draft: Draft): Promise<void>;
};

type Entry = {
  draft: Draft;
  state: 'new' | 'loading' | 'loaded' | 'unkept';
  /** What was changed before it was known what is kept. */
  readonly changed: Set<string>;
  revision: number;
  savedRevision: number;
  /** Until it is known what is kept. */
  loading: Promise<void> | null;
  /** While it is being written. */
  saving: Promise<void> | null;
  timer: ReturnType<typeof setTimeout> | null;
  readonly listeners: Set<() => void>;
};

/** A crash loses at most what was written in this time. */
const saveAfterMs = 300;
const retryAfterMs = 1_000;

const nothingBegun: Draft = { text: '', documentIds: [], collectionIds: [], queue: [], preset: null, options: {} };

const joined = (stored: string, written: string): string => [stored, written].filter((text) => text !== '').join('\n');

/** What was stored and what was written while it was on its way: neither may push the other out. */
function merge(stored: Draft, { draft, changed }: Entry): Draft {
  return {
    text: joined(stored.text, draft.text),
    documentIds: changed.has('documentIds') ? draft.documentIds : stored.documentIds,
    collectionIds: changed.has('collectionIds') ? draft.collectionIds : stored.collectionIds,
    queue: [...stored.queue, ...draft.queue],
    preset: changed.has('preset') ? draft.preset : stored.preset,
    options: { ...stored.options, ...draft.options },
  };
}

/** Drafts by conversation: at hand at once, and kept a moment after each change, so that leaving loses no sentence. */
export class DraftStore {
  readonly #source: DraftSource;
  readonly #entries = new Map<DraftKey, Entry>();
  #isClosed = false;

  constructor(source: DraftSource) {
    this.#source = source;
  }

  view(key: DraftKey): Draft {
    return this.#entry(key).draft;
  }

  /** False until what was kept is known. */
  isKnown(key: DraftKey): boolean {
    const { state } = this.#entry(key);
    return state === 'loaded' || state === 'unkept';
  }

  subscribe(key: DraftKey, listener: () => void): () => void {
    const entry = this.#entry(key);
    entry.listeners.add(listener);
    if (entry.state === 'new') entry.loading = this.#load(key, entry);
    return () => void entry.listeners.delete(listener);
  }

  change(key: DraftKey, part: Partial<Draft>): void {
    const entry = this.#entry(key);
    entry.draft = { ...entry.draft, ...part };
    for (const name of Object.keys(part)) entry.changed.add(name);
    entry.revision += 1;
    this.#notify(entry);
    this.#saveLater(key, entry, saveAfterMs);
  }

  /** Keeps now whatever is not kept yet; resolves when it is, or cannot be. */
  async flush(): Promise<void> {
    await Promise.all(
      [...this.#entries].map(async ([key, entry]) => {
        // What was written before it was known what is kept waits for that; what is on its way may be older than the words.
        if (entry.state === 'loading' && entry.revision > entry.savedRevision) await entry.loading;
        if (entry.saving !== null) await entry.saving;
        await this.#save(key, entry);
      }),
    );
  }

  close(): void {
    void this.flush();
    this.#isClosed = true;
    for (const { timer } of this.#entries.values()) if (timer !== null) clearTimeout(timer);
  }

  #entry(key: DraftKey): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = {
      draft: nothingBegun,
      state: 'new',
      changed: new Set(),
      revision: 0,
      savedRevision: 0,
      loading: null,
      saving: null,
      timer: null,
      listeners: new Set(),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #notify(entry: Entry): void {
    for (const listener of entry.listeners) listener();
  }

  async #load(key: DraftKey, entry: Entry): Promise<void> {
    entry.state = 'loading';
    while (entry.state === 'loading' && !this.#isClosed) {
      try {
        const stored = await this.#source.get(key);
        if (stored !== null) entry.draft = merge(stored, entry);
        entry.state = stored === null ? 'unkept' : 'loaded';
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      }
    }
    this.#notify(entry);
    if (entry.revision > entry.savedRevision) this.#saveLater(key, entry, 0);
  }

  /** A change in between does not put it off: who writes without a pause is kept too. */
  #saveLater(key: DraftKey, entry: Entry, afterMs: number): void {
    if (this.#isClosed || entry.state === 'unkept') return;
    entry.timer ??= setTimeout(() => void this.#save(key, entry), afterMs);
  }

  async #save(key: DraftKey, entry: Entry): Promise<void> {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    // What is stored would be lost if it were written over before it was read.
    if (entry.saving !== null || entry.state !== 'loaded' || entry.revision === entry.savedRevision) return;
    entry.saving = this.#write(key, entry);
    await entry.saving;
  }

  async #write(key: DraftKey, entry: Entry): Promise<void> {
    const { revision, draft } = entry;
    const isKept = await this.#source.put(key, draft).then(
      () => true,
      () => false,
    );
    entry.saving = null;
    if (isKept) entry.savedRevision = revision;
    if (entry.revision > entry.savedRevision) this.#saveLater(key, entry, isKept ? saveAfterMs : retryAfterMs);
  }
}

export const DraftsContext = createContext<DraftStore | null>(null);

export function useDraftStore(): DraftStore {
  const drafts = use(DraftsContext);
  if (drafts === null) throw new Error('DraftsContext is missing.');
  return drafts;
}

export function useDraft(key: DraftKey): readonly [Draft, (change: Partial<Draft>) => void] {
  const drafts = useDraftStore();
  const subscribe = useCallback((listener: () => void) => drafts.subscribe(key, listener), [drafts, key]);
  const draft = useSyncExternalStore(subscribe, () => drafts.view(key));
  const change = useCallback((part: Partial<Draft>) => drafts.change(key, part), [drafts, key]);
  return [draft, change];
}
