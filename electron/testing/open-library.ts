import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PowerSource } from '../platform/power-source.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { createLibraryService } from '../services/library/create-library-service.ts';
import type { LibraryServiceOptions } from '../services/library/library-service-options.ts';
import type { LibraryService } from '../services/library/library-service.ts';
import type { CollectionId } from '../shared/ids.ts';
import type { LibraryFile } from '../shared/library.ts';
import { openDocuments } from './open-documents.ts';
import type { openReaders } from './open-documents.ts';
import { createRecordingLogger } from './recording-logger.ts';

/** What a test gives in place of the usual. */
export type LibraryParts = Partial<Pick<LibraryServiceOptions, 'fileLimit' | 'documents'>> & {
  readonly platform?: Partial<LibraryServiceOptions['platform']>;
};

/** Long enough for a busy machine; a test that waits so long has failed. */
const patienceMs = 30_000;

/** The library over the real database, the real parsing process and real folders; only the weights are made up. */
export async function openLibrary(readers: ReturnType<typeof openReaders>) {
  const [app, logger, clock] = [await openDocuments(readers), createRecordingLogger(), createSystemClock()];
  const root = await realpath(await mkdtemp(join(tmpdir(), 'sotto-library-')));
  const opened = new Set<LibraryService>();
  let power: PowerSource = 'mains';
  /** Files that were really read, by name. */
  const read: string[] = [];
  const documents = app.open();
  const counted: LibraryServiceOptions['documents'] = {
    ...documents,
    get progress() {
      return documents.progress;
    },
    get isRebuilding() {
      return documents.isRebuilding;
    },
    addFile: async (request, signal) => {
      read.push(request.file.name);
      return await documents.addFile(request, signal);
    },
  };
  const platform: LibraryServiceOptions['platform'] = {
    clock,
    logger,
    door: 'window',
    operatingSystem: process.platform,
    folders: {
      data: join(root, 'data'),
      models: join(root, 'models'),
      resources: root,
      temporary: join(root, 'data/t'),
    },
    powerSource: async () => await Promise.resolve(power),
    // Our own share is not known here, so a busy machine slows no test down.
    processorTimeMs: async () => await Promise.resolve(null),
  };
  const { storage, files, settings } = app;

  const filesOf = async (library: LibraryService, collectionId: CollectionId): Promise<readonly LibraryFile[]> =>
    (await library.files({ collectionId, query: '', status: null, offset: 0, limit: 500 })).files;

  const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
    const endMs = performance.now() + patienceMs;
    while (!(await holds())) {
      if (performance.now() > endMs) throw new Error('It did not come about in time.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  return {
    storage,
    files,
    settings,
    documents,
    logger,
    root,
    read,
    filesOf,
    until,
    /** A service over them; several one after the other are restarts of the app. */
    open: (parts: LibraryParts = {}): LibraryService => {
      const shared = { storage, documents: counted, files, settings, homeFolder: root };
      const library = createLibraryService({ ...shared, ...parts, platform: { ...platform, ...parts.platform } });
      opened.add(library);
      return library;
    },
    end: async (library: LibraryService): Promise<void> => {
      opened.delete(library);
      await library.close();
    },
    setPower: (source: PowerSource): void => {
      power = source;
    },
    /** Writes a file below `root` with its folders; how absolute paths of the test's own come about. */
    write: async (path: string, content: string | Uint8Array): Promise<string> => {
      const absolute = join(root, path);
      await mkdir(dirname(absolute), { recursive: true });
      await writeFile(absolute, content);
      return absolute;
    },
    /** Resolves when the files of the collection are these paths with these states, in any order. */
    untilFiles: async (library: LibraryService, id: CollectionId, expected: Readonly<Record<string, string>>) => {
      let last: Readonly<Record<string, string>> = {};
      const isSo = async (): Promise<boolean> => {
        last = Object.fromEntries((await filesOf(library, id)).map(({ path, status }) => [path, status]));
        const keys = Object.keys(expected);
        return keys.length === Object.keys(last).length && keys.every((key) => expected[key] === last[key]);
      };
      await until(isSo).catch((error: unknown) => {
        throw new Error(`The files are ${JSON.stringify(last)}`, { cause: error });
      });
    },
    close: async (): Promise<void> => {
      for (const library of opened) await library.close();
      await app.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
