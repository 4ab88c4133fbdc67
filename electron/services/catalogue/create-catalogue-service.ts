import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { CatalogueEntry, CataloguedModel } from '../../shared/catalogue.ts';
import type { HubRepository } from '../../shared/hub.ts';
import type { FitService } from '../fit/fit-service.ts';
import type { HubService } from '../hub/hub-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import { createHubAsker, findFile } from './ask-hub.ts';
import type { HubAsker, Told } from './ask-hub.ts';
import type { CatalogueService } from './catalogue-service.ts';
import { installedAs } from './find-installed.ts';
import { createHubMemory } from './hub-memory.ts';
import type { HubMemory } from './hub-memory.ts';
import { judgeModels } from './judge-models.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { offerEntry } from './offer-entry.ts';
import { resolveWanted } from './resolve-wanted.ts';

/** What the service is made of. */
export type CatalogueServiceOptions = {
  readonly resourcesFolder: string;
  readonly dataFolder: string;
  readonly modelFolder: string;
  readonly hub: HubService;
  readonly fit: Pick<FitService, 'predict'>;
  readonly models: Pick<ModelsService, 'list'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Bytes that the disk with a folder has left; null where the system does not tell. Default: what it says. */
  readonly freeDiskBytes?: (folder: string) => Promise<number | null>;
};

/** Of the nearest folder above where there is none yet. */
async function readFreeDiskBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    const above = dirname(folder);
    return above === folder ? null : await readFreeDiskBytes(above);
  }
}

/** All entries, judged for this machine, without asking anybody. */
function createListing(
  options: CatalogueServiceOptions,
  entries: () => Promise<readonly CatalogueEntry[]>,
  memory: HubMemory,
) {
  const { modelFolder, hub, fit, models, freeDiskBytes = readFreeDiskBytes } = options;
  const all = async (): Promise<readonly CataloguedModel[]> => {
    const [{ models: installed }, freeBytes, host] = await Promise.all([
      models.list(),
      freeDiskBytes(modelFolder),
      hub.host(),
    ]);
    const offered = (await entries()).map(async (entry) => {
      const told = await memory.recall(host, entry.repository);
      return { entry, offers: await offerEntry(entry, { fit, told, installed, freeBytes }) };
    });
    return judgeModels(await Promise.all(offered));
  };
  const one = async (entryId: string): Promise<CataloguedModel> => {
    const found = (await all()).find(({ entry }) => entry.id === entryId);
    if (found !== undefined) return found;
    throw new AppError('app/not-found', 'There is no such entry.', { kind: 'model', name: entryId });
  };
  return { all, one };
}

/** Sizes of an entry, and one header: precisions differ in nothing but their bytes. */
async function askAbout(entry: CatalogueEntry, asker: HubAsker, signal: AbortSignal): Promise<void> {
  const { repository, remembered } = await asker.repository(entry.repository, signal);
  const offered = new Set(entry.quantisations.map((one) => one.toLowerCase()));
  const paths = new Set(
    remembered.files.flatMap(({ path, parts, quantisation }) =>
      parts.length === 1 && offered.has(quantisation?.toLowerCase() ?? '') ? [path] : [],
    ),
  );
  if ([...paths].some((path) => remembered.headers[path] !== undefined)) return;
  const [smallest] = repository.files
    .filter(({ path }) => paths.has(path))
    .toSorted((a, b) => a.sizeBytes - b.sizeBytes);
  if (smallest !== undefined) await asker.header(repository, smallest, signal);
}

/** The catalogue over the hub: sizes and headers are asked for by a person's action only, and kept. */
export function createCatalogueService(options: CatalogueServiceOptions): CatalogueService {
  const { resourcesFolder, dataFolder, hub, fit, models, clock, logger } = options;
  const memory = createHubMemory(dataFolder, logger);
  const asker = createHubAsker({ hub, memory, clock });
  let loading: Promise<readonly CatalogueEntry[]> | null = null;
  const entries = async (): Promise<readonly CatalogueEntry[]> => (loading ??= loadCatalogue(resourcesFolder));
  const listing = createListing(options, entries, memory);

  const completed = async ({ repository, remembered }: Told): Promise<HubRepository> => {
    const { models: installed } = await models.list();
    const files = repository.files.map(async (file) => {
      const description = remembered.headers[file.path];
      return {
        ...file,
        fit: description === undefined ? null : await fit.predict({ known: 'header', description }),
        installedId: installedAs(file.parts, installed),
      };
    });
    return { ...repository, files: await Promise.all(files) };
  };

  return {
    list: listing.all,
    async refresh(entryId, signal) {
      const { entry } = await listing.one(entryId);
      await askAbout(entry, asker, signal);
      return await listing.one(entryId);
    },
    search: async (query, signal) => await hub.search(query, signal),
    repository: async (name, signal) => await completed(await asker.repository(name, signal)),
    async fit(request, signal) {
      const { repository } = await asker.repository(request.repository, signal);
      const description = await asker.header(repository, findFile(repository, request), signal);
      return await fit.predict({ known: 'header', description });
    },
    async resolve(wanted) {
      return await resolveWanted(wanted, {
        entries: await entries(),
        bestQuantisation: async ({ id }) => (await listing.one(id)).bestQuantisation,
      });
    },
  };
}
