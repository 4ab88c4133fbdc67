import type { Clock } from '../platform/clock.ts';
import { collectionIdSchema, createId } from '../shared/ids.ts';
import type { StorageConnection } from './storage-connection.ts';
import type { Storage } from './storage.ts';

/** Collections and their files. */
export function createLibraryRepositories(
  connection: StorageConnection,
  clock: Clock,
): Pick<Storage, 'collections' | 'libraryFiles'> {
  return {
    collections: {
      list: () => connection.call('collections.list'),
      sources: () => connection.call('collections.sources'),
      counts: (id) => connection.call('collections.counts', id),
      insert: (collection) => connection.call('collections.insert', collection),
      rename: (id, name) => connection.call('collections.rename', id, name),
      setLocalOnly: (id, isLocalOnly) => connection.call('collections.setLocalOnly', id, isLocalOnly),
      remove: (id) => connection.call('collections.remove', id, clock.now()),
      restore: (id) => connection.call('collections.restore', id),
      insertSource: (source) => connection.call('collections.insertSource', source),
      updateSource: (id, change) => connection.call('collections.updateSource', id, change),
      removeSource: (id) => connection.call('collections.removeSource', id, createId(collectionIdSchema), clock.now()),
      restoreSource: (id, collectionId) => connection.call('collections.restoreSource', id, collectionId),
    },
    libraryFiles: {
      list: (request) => connection.call('libraryFiles.list', request),
      get: (id) => connection.call('libraryFiles.get', id),
      ofSource: (id, afterPath, limit) => connection.call('libraryFiles.ofSource', id, afterPath, limit),
      ofDocument: (id) => connection.call('libraryFiles.ofDocument', id),
      put: (sourceId, collectionId, files) => connection.call('libraryFiles.put', sourceId, collectionId, files),
      move: (id, path) => connection.call('libraryFiles.move', id, path),
      remove: (ids) => connection.call('libraryFiles.remove', ids),
      update: (id, change) => connection.call('libraryFiles.update', id, change),
      waiting: (limit, { collectionId = null, exceptSources = [] } = {}) =>
        connection.call('libraryFiles.waiting', limit, collectionId, exceptSources),
      followDocument: (id) => connection.call('libraryFiles.followDocument', id),
    },
  };
}
