import { join } from 'node:path';
import type { Services } from '../api/context.ts';
import type { Egress } from '../egress/egress.ts';
import { hasNvidiaDriver } from '../inference/devices/has-nvidia-driver.ts';
import { createEnginePacksService } from '../services/updates/create-engine-packs-service.ts';
import { createUpdatesService } from '../services/updates/create-updates-service.ts';
import { readEnginePackList } from '../services/updates/engine-pack-list.ts';
import { readUpdateSource } from '../services/updates/update-source.ts';
import type { AppOptions } from './app.ts';
import type { CloseStack } from './close-stack.ts';
import type { Foundation } from './open-foundation.ts';

type UpdateParts = Pick<Services, 'runs' | 'downloads' | 'library' | 'status'> & {
  readonly egress: Egress;
};

/** Newer versions of the app, where it is one that can be replaced. */
export function composeUpdates(
  { platform }: AppOptions,
  { settings }: Foundation,
  { egress, ...work }: UpdateParts,
  ends: CloseStack,
): Services['updates'] {
  const { clock, logger, folders, version, updateInstaller } = platform;
  return ends.add(
    'updates',
    createUpdatesService({
      egress,
      settings,
      clock,
      logger,
      version,
      architecture: process.arch,
      source: async () => await readUpdateSource(folders.resources),
      installer: updateInstaller,
      folder: join(folders.data, 'updates'),
      isBusy: async () => await isWorking(work),
    }),
    async (opened) => await opened.close(),
  );
}

/** Libraries of the engine that are too large for the app. */
export function composeEnginePacks(
  { platform }: AppOptions,
  { devices, enginePackFolder: folder }: Foundation,
  egress: Egress,
  ends: CloseStack,
): Services['enginePacks'] {
  const { clock, logger, folders, operatingSystem } = platform;
  return ends.add(
    'enginePacks',
    createEnginePacksService({
      egress,
      clock,
      logger,
      devices,
      folder,
      source: async () => await readUpdateSource(folders.resources),
      list: async () => await readEnginePackList(folders.resources),
      system: `${operatingSystem}-${process.arch}`,
      hasCard: async () => await hasNvidiaDriver(operatingSystem),
    }),
    async (opened) => await opened.close(),
  );
}

/** Answers and summaries, models on their way, and documents being read. */
async function isWorking({ runs, downloads, library, status }: Omit<UpdateParts, 'egress'>): Promise<boolean> {
  if (runs.isBusy) return true;
  if (downloads.list().some(({ state }) => state === 'running' || state === 'checking')) return true;
  const { pause, filesDone, filesTotal } = library.progress;
  if (pause === null && filesDone < filesTotal) return true;
  return (await status.current()).indexing !== null;
}
