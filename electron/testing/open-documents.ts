import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InferenceEngine } from '../inference/engine.ts';
import { createDocumentReader } from '../parsing/create-document-reader.ts';
import { createPageDrawer } from '../parsing/create-page-drawer.ts';
import { createChildProcessLauncher } from '../parsing/launchers/child-process-launcher.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { createDocumentsService } from '../services/documents/create-documents-service.ts';
import type { DocumentsServiceOptions } from '../services/documents/create-documents-service.ts';
import type { DocumentsService } from '../services/documents/documents-service.ts';
import { createFilesService } from '../services/files/create-files-service.ts';
import { createSettingsService } from '../services/settings/create-settings-service.ts';
import { AppError } from '../shared/app-error.ts';
import type { ModelId } from '../shared/ids.ts';
import { modelIdSchema } from '../shared/ids.ts';
import type { ModelDescription } from '../shared/model.ts';
import { createFakeEngine } from './fake-engine.ts';
import { openTestStorage } from './open-test-storage.ts';
import { createRecordingLogger } from './recording-logger.ts';

/** An embedder of a test's model folder. */
export function buildEmbedder(digit: string, path: string): { description: ModelDescription; path: string } {
  const description: ModelDescription = {
    id: modelIdSchema.parse(`sha256:${digit.repeat(16)}`),
    name: `Embedder ${digit}`,
    kind: 'embedding',
    fileName: `${digit}.gguf`,
    sizeBytes: 1,
    architecture: 'bert',
    quantisation: null,
    contextLength: 512,
    parameterCount: null,
    licence: null,
    isBuiltIn: digit === '0',
    isLinked: false,
  };
  return { description, path };
}

/** A model folder with embedders that come and go. The first one is built in. */
export function createEmbedderFolder(embedders = [buildEmbedder('0', '/models/0.gguf')]) {
  const folder = new Map(embedders.map((embedder) => [embedder.description.id, embedder]));
  const listeners = new Set<() => void>();
  let wanted: ModelId | null = null;
  const find = async (id: ModelId) => {
    const found = folder.get(id);
    if (found === undefined) throw new AppError('model/not-found', 'There is no such model.');
    return await Promise.resolve(found);
  };
  return {
    embedder: async () => {
      const found = (wanted === null ? undefined : folder.get(wanted)) ?? [...folder.values()][0];
      if (found === undefined) throw new AppError('model/not-found', 'There is no embedder.');
      return await Promise.resolve(found);
    },
    resolve: async (id: string) => await find(modelIdSchema.parse(id)),
    reranker: async () => await Promise.resolve(null),
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** What the settings name. */
    want: (id: ModelId | null) => {
      wanted = id;
    },
    remove: (id: ModelId) => {
      folder.delete(id);
      for (const listener of listeners) listener();
    },
  };
}

/** What a test gives in place of the usual. */
export type DocumentsParts = Partial<
  Pick<DocumentsServiceOptions, 'engine' | 'models' | 'reader' | 'backgroundReader' | 'drawer' | 'storage'>
>;

/** The real parsing processes. Tests of one file share them: each takes a moment to start. Close them. */
export function openReaders() {
  const workerPath = join(import.meta.dirname, '..', 'parsing', 'worker', 'index.ts');
  const [clock, logger] = [createSystemClock(), createRecordingLogger()];
  const parsing = { launcher: createChildProcessLauncher(), clock, logger, workerPath };
  const reader = createDocumentReader(parsing);
  const backgroundReader = createDocumentReader(parsing);
  const drawer = createPageDrawer(parsing);
  const close = async (): Promise<void> => {
    await Promise.all([reader.close(), backgroundReader.close(), drawer.close()]);
  };
  return { reader, backgroundReader, drawer, close };
}

/** Documents over the real database, the real parsing process and real files; only the weights are made up. */
export async function openDocuments({ reader, backgroundReader, drawer }: ReturnType<typeof openReaders>) {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-documents-'));
  const [storage, logger] = [await openTestStorage(), createRecordingLogger()];
  // Pauses before a retry are not what these tests are about.
  const clock = { ...createSystemClock(), delay: async () => await Promise.resolve() };
  const files = await createFilesService({ temporaryFolder: join(folder, 'uploads') });
  const settings = createSettingsService({
    repository: storage.settings,
    writeEarlySettings: () => Promise.resolve(),
    logger,
  });
  const opened = new Set<DocumentsService>();
  const close = async (service: DocumentsService): Promise<void> => {
    opened.delete(service);
    await service.close();
  };

  return {
    storage,
    folder,
    files,
    settings,
    /** A service over them; several one after the other are restarts of the app. */
    open: (parts: DocumentsParts = {}): DocumentsService => {
      const models = createEmbedderFolder();
      const engine: InferenceEngine = createFakeEngine();
      const shared = { storage, reader, backgroundReader, drawer, files, settings, clock, logger };
      const service = createDocumentsService({ ...shared, engine, models, ...parts });
      opened.add(service);
      return service;
    },
    /** Ends one of them. */
    end: close,
    /** Never ends: for one whose engine hangs. */
    abandon: (service: DocumentsService): void => void opened.delete(service),
    /** Writes a file of the user's own, and hands out a ticket for it. */
    ticket: async (name: string, content: string | Uint8Array) => {
      await writeFile(join(folder, name), content);
      return (await files.ticketForPath(join(folder, name))).ticket;
    },
    close: async () => {
      for (const service of opened) await close(service);
      await files.close();
      await storage.close();
      await rm(folder, { recursive: true });
    },
  };
}
