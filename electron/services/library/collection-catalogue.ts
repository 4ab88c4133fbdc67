import { AppError } from '../../shared/app-error.ts';
import { collectionIdSchema, createId } from '../../shared/ids.ts';
import type { CollectionId, SourceId } from '../../shared/ids.ts';
import { collectionSchema } from '../../shared/library.ts';
import type { Collection, CollectionSource, SourceState } from '../../shared/library.ts';
import type { Storage, StoredCollection, StoredSource } from '../../storage/storage.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { displayedName, displayedPath } from './displayed-path.ts';

/** What the catalogue is made of. */
export type CollectionCatalogueOptions = {
  readonly storage: Pick<Storage, 'collections'>;
  /** Absolute. */
  readonly homeFolder: string;
  readonly stateOf: (id: SourceId) => SourceState;
  readonly settings: Pick<SettingsService, 'get'>;
};

/** Collections as they are shown, put together from what is stored and what is known of their sources. */
export interface CollectionCatalogue {
  list(): Promise<readonly Collection[]>;
  /** Throws `library/no-collection`. */
  get(id: CollectionId): Promise<Collection>;
  /** By its name in any case, or its id. Throws `library/no-collection`. */
  find(nameOrId: string): Promise<Collection>;
  /** Throws `library/name-taken`, `app/invalid-input`. */
  create(name: string, createdAt: number): Promise<Collection>;
  /** Throws as `create` and `get` do. */
  rename(id: CollectionId, name: string): Promise<Collection>;
  sourcesOf(id: CollectionId): Promise<readonly StoredSource[]>;
  /** Throws `app/not-found`. */
  source(id: SourceId): Promise<StoredSource>;
}

const nameSchema = collectionSchema.unwrap().shape.name;

const folded = (name: string): string => name.normalize('NFC').trim().toLowerCase();

function parseName(name: string): string {
  const parsed = nameSchema.safeParse(name.trim());
  if (!parsed.success) throw new AppError('app/invalid-input', 'A collection needs a name of 1 to 100 characters.');
  return parsed.data;
}

const noCollection = (): AppError => new AppError('library/no-collection', 'There is no such collection.');

/** Makes a catalogue. */
export function createCollectionCatalogue(options: CollectionCatalogueOptions): CollectionCatalogue {
  const { storage, homeFolder, stateOf, settings } = options;

  const toSource = ({ id, kind, path, ignorePatterns, isLocalOnly }: StoredSource): CollectionSource => ({
    id,
    kind,
    name: displayedName(path),
    displayPath: displayedPath(path, homeFolder),
    state: stateOf(id),
    ignorePatterns,
    isLocalOnly,
  });

  const toCollection = async (stored: StoredCollection, sources: readonly StoredSource[]): Promise<Collection> => ({
    id: stored.id,
    name: stored.name,
    isLocalOnly: stored.isLocalOnly,
    createdAt: stored.createdAt,
    sources: sources.filter(({ collectionId }) => collectionId === stored.id).map(toSource),
    counts: await storage.collections.counts(stored.id),
    isPaused: (await settings.get()).pausedCollectionIds.includes(stored.id),
  });

  const pick = async (fits: (stored: StoredCollection) => boolean): Promise<Collection> => {
    const stored = (await storage.collections.list()).find(fits);
    if (stored === undefined) throw noCollection();
    return await toCollection(stored, await storage.collections.sources());
  };
  const get = async (id: CollectionId): Promise<Collection> => await pick((stored) => stored.id === id);

  return {
    async list() {
      const [collections, sources] = await Promise.all([storage.collections.list(), storage.collections.sources()]);
      return await Promise.all(collections.map(async (stored) => await toCollection(stored, sources)));
    },
    get,
    find: async (nameOrId) => await pick(({ id, name }) => id === nameOrId || folded(name) === folded(nameOrId)),
    async create(name, createdAt) {
      const id = createId(collectionIdSchema);
      await storage.collections.insert({ id, name: parseName(name), isLocalOnly: false, createdAt });
      return await get(id);
    },
    async rename(id, name) {
      await get(id);
      await storage.collections.rename(id, parseName(name));
      return await get(id);
    },
    sourcesOf: async (id) => (await storage.collections.sources()).filter(({ collectionId }) => collectionId === id),
    async source(id) {
      const source = (await storage.collections.sources()).find((stored) => stored.id === id);
      if (source === undefined) throw new AppError('app/not-found', 'There is no such source.', { kind: 'source' });
      return source;
    },
  };
}
