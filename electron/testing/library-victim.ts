// A program for tests: follows a folder until every file is read and indexed, and may be killed at any moment.
// Arguments: folder of the database, folder of documents, `real` or `fake` for the embedder, key in hexadecimal digits.
// Prints `read` and a name for every file that it really reads, and `settled` at the end.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createSystemClock } from '../platform/system-clock.ts';
import { createDocumentsService } from '../services/documents/create-documents-service.ts';
import { createFilesService } from '../services/files/create-files-service.ts';
import { createLibraryService } from '../services/library/create-library-service.ts';
import { createSettingsService } from '../services/settings/create-settings-service.ts';
import { createFakeEngine } from './fake-engine.ts';
import { buildEmbedder, createEmbedderFolder, openReaders } from './open-documents.ts';
import { openTestStorage } from './open-test-storage.ts';
import { createRealEngine, embedderPath } from './real-engine.ts';
import { createRecordingLogger } from './recording-logger.ts';

const [folder = '', docs = '', embedder = 'fake', key = ''] = process.argv.slice(2);
const [clock, logger, readers] = [createSystemClock(), createRecordingLogger(), openReaders()];
await mkdir(folder, { recursive: true });
const location = { kind: 'file', path: join(folder, 'sotto.db'), key: Buffer.from(key, 'hex') } as const;
const storage = await openTestStorage({ clock, logger, location });
const files = await createFilesService({ temporaryFolder: join(folder, 'uploads') });
const settings = createSettingsService({
  repository: storage.settings,
  writeEarlySettings: () => Promise.resolve(),
  logger,
});
const engine = embedder === 'real' ? createRealEngine().engine : createFakeEngine();
const models = createEmbedderFolder([buildEmbedder('0', embedderPath)]);
const { reader, backgroundReader, drawer } = readers;
const counting = {
  close: () => backgroundReader.close(),
  read: async (...[request, options]: Parameters<typeof backgroundReader.read>) => {
    process.stdout.write(`read ${request.name}\n`);
    return await backgroundReader.read(request, options);
  },
};
const shared = { storage, files, settings, clock, logger };
const documents = createDocumentsService({ ...shared, reader, backgroundReader: counting, drawer, engine, models });
const library = createLibraryService({
  ...shared,
  documents,
  homeFolder: folder,
  platform: {
    clock,
    logger,
    door: 'window',
    operatingSystem: process.platform,
    folders: { data: folder, models: join(folder, 'models'), resources: folder, temporary: join(folder, 'temporary') },
    powerSource: () => Promise.resolve('mains'),
    processorTimeMs: () => Promise.resolve(null),
  },
});
const known = (await library.list())[0];
const { id } = known ?? (await library.create('Papers'));
// Killed between the two, it has a collection without its folder.
if (known === undefined || known.sources.length === 0) await library.addPath(id, docs);
await library.whenSettled(id, new AbortController().signal);
process.stdout.write('settled\n');
await library.close();
await documents.close();
await readers.close();
await engine.close();
await storage.close();
