import { join } from 'node:path';
import { createGraphicsDevices } from '../inference/devices/create-graphics-devices.ts';
import { createInferenceEngine } from '../inference/engine-client.ts';
import { createDocumentReader } from '../parsing/create-document-reader.ts';
import { createPageDrawer } from '../parsing/create-page-drawer.ts';
import { readEarlySettings, writeEarlySettings } from '../platform/early-settings.ts';
import type { KeepingSource } from '../services/access/access-service.ts';
import { createFilesService } from '../services/files/create-files-service.ts';
import type { SettingsService } from '../services/settings/settings-service.ts';
import { createSettingsService } from '../services/settings/create-settings-service.ts';
import { createStorage } from '../storage/create-storage.ts';
import { createPrivateLayer } from '../storage/private-layer.ts';
import type { Storage, StorageLocation } from '../storage/storage.ts';
import type { AppOptions } from './app.ts';
import type { CloseStack } from './close-stack.ts';
import { removeMoving, storageCopier } from './storage-copier.ts';
import { createMovableStorage } from './movable-storage.ts';

/** Where the foundation is laid. */
export type Ground = {
  readonly location: StorageLocation;
  /** The database is new: it begins with what an earlier session left outside. */
  readonly isFresh: boolean;
  readonly keeping: KeepingSource;
};

/** What the services stand on. */
export type Foundation = Awaited<ReturnType<typeof openFoundation>>;

/** The database and, over it, what the services share. Throws AppError `storage/*`, `disk/*`. */
export async function openFoundation(options: AppOptions, { location, isFresh, keeping }: Ground, ends: CloseStack) {
  const { platform, parsingLauncher, parsingWorkerPath, storageWorkerPath } = options;
  const { clock, logger, folders } = platform;
  const openAt = async (at: StorageLocation): Promise<Storage> =>
    await createStorage({ location: at, workerPath: storageWorkerPath, clock, logger });
  await removeMoving(folders.temporary);
  const kept = createMovableStorage(await openAt(location), storageCopier(folders.temporary, openAt));
  const storage = ends.add(
    'storage',
    createPrivateLayer(kept.storage, async () => await openAt({ kind: 'memory' })),
    async (opened) => await opened.close(),
  );
  if (!storage.opened.isReadOnly) await endWhatWasCutShort(storage);
  const parsing = { launcher: parsingLauncher, clock, logger, workerPath: parsingWorkerPath };
  // What a person adds must not wait for a long document of a collection, and the viewer for neither.
  const reader = ends.add('reader', createDocumentReader(parsing), async (opened) => await opened.close());
  const backgroundReader = ends.add('backgroundReader', createDocumentReader(parsing), async (opened) => {
    await opened.close();
  });
  const drawer = ends.add('drawer', createPageDrawer(parsing), async (opened) => await opened.close());
  const files = ends.add(
    'files',
    await createFilesService({ temporaryFolder: join(folders.temporary, 'uploads') }),
    async (opened) => await opened.close(),
  );
  const { storageView = (all: Storage): Storage => all } = options;
  const settings = createSettingsService({
    repository: storage.settings,
    ...(isFresh ? { seed: await readEarlySettings(folders.data) } : {}),
    writeEarlySettings: async (early) => await writeEarlySettings(folders.data, early),
    logger,
  });
  const { devices, engine, enginePackFolder } = openEngine(options, settings, ends);
  return {
    storage: storageView(storage),
    move: kept.move,
    devices,
    engine,
    enginePackFolder,
    reader,
    backgroundReader,
    drawer,
    files,
    settings,
    keeping,
  };
}

/** The engine and what it computes with. No process runs before the first load. */
function openEngine({ platform, engineLauncher: launcher }: AppOptions, settings: SettingsService, ends: CloseStack) {
  const { clock, logger, cores, folders, operatingSystem } = platform;
  const enginePackFolder = join(folders.data, 'engines', 'cuda');
  const devices = ends.add(
    'devices',
    createGraphicsDevices({
      launcher,
      clock,
      logger,
      operatingSystem,
      file: join(folders.data, 'devices.json'),
      enginePackFolder,
      choice: async () => (await settings.get()).backend,
    }),
    async (opened) => await opened.close(),
  );
  const engine = ends.add(
    'engine',
    createInferenceEngine({
      launcher,
      clock,
      logger,
      cores,
      devices,
      enginePackFolder,
      lifetime: { unloadAfterMinutes: async () => (await settings.get()).unloadAfterMinutes },
    }),
    async (opened) => await opened.close(),
  );
  return { devices, engine, enginePackFolder };
}

/** An app that was killed leaves answers and summaries that nobody writes any more. */
async function endWhatWasCutShort({ messages, summaries }: Storage): Promise<void> {
  await messages.interruptStreaming();
  await summaries.requeueRunning();
}
