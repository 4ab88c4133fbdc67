import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { GgufDescription } from '../../inference/gguf/gguf-description.ts';
import { parseGguf } from '../../inference/gguf/read-gguf-description.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { CatalogueEntry, CataloguedModel, ModelOffer } from '../../shared/catalogue.ts';
import type { DownloadRequest } from '../../shared/download.ts';
import type { ModelFit } from '../../shared/fit.ts';
import type { HubFile, HubRepository } from '../../shared/hub.ts';
import type { ModelDescription } from '../../shared/model.ts';
import type { FitService } from '../fit/fit-service.ts';
import type { HubService } from '../hub/hub-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { CatalogueService } from './catalogue-service.ts';
import { installedAs } from './find-installed.ts';
import { createHubMemory } from './hub-memory.ts';
import type { RememberedRepository } from './hub-memory.ts';
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

/** Bytes that the disk of a folder has left; of the nearest folder above that there is. Null where the system does not tell. */
async function readFreeDiskBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    const above = dirname(folder);
    return above === folder ? null : await readFreeDiskBytes(above);
  }
}

/** What looks at pictures beside a model, and what its maker measured, is no model. */
const isModel = ({ path }: Pick<HubFile, 'path'>): boolean => !/(^|\/)(mmproj|imatrix)[^/]*$/i.test(path);

function findFile({ files, repository }: HubRepository, { wanted }: DownloadRequest): HubFile {
  const found = files
    .filter(isModel)
    .find((file) =>
      'path' in wanted
        ? file.parts.some(({ path }) => path === wanted.path)
        : file.quantisation?.toLowerCase() === wanted.quantisation.toLowerCase(),
    );
  if (found !== undefined) return found;
  const quantisations = files
    .filter(isModel)
    .map(({ quantisation, path }) => quantisation ?? path)
    .join(', ');
  throw new AppError('download/no-such-file', 'The repository has no such file.', { repository, quantisations });
}

/** The catalogue over the hub: sizes and headers are asked for by a person's action only, and kept. */
export function createCatalogueService(options: CatalogueServiceOptions): CatalogueService {
  const { resourcesFolder, dataFolder, modelFolder, hub, fit, models, clock, logger } = options;
  const { freeDiskBytes = readFreeDiskBytes } = options;
  const memory = createHubMemory(dataFolder, logger);
  let loading: Promise<readonly CatalogueEntry[]> | null = null;
  const entries = async (): Promise<readonly CatalogueEntry[]> => (loading ??= loadCatalogue(resourcesFolder));

  /** The first file of a split model has the keys, and the list of its own tensors alone. */
  const readHeader = async (
    { repository, revision }: Pick<HubRepository, 'repository' | 'revision'>,
    { path, parts }: Pick<HubFile, 'path' | 'parts'>,
    signal: AbortSignal,
  ): Promise<GgufDescription> => {
    const [first] = parts;
    if (first === undefined || parts.length > 1)
      throw new AppError('model/unsupported', 'The model is split.', { reason: 'split-file' });
    const source = hub.byteSource({ repository, revision, path }, first.sizeBytes, signal);
    return await parseGguf(source, first.sizeBytes, signal);
  };

  const remember = async (
    { repository, revision, files }: HubRepository,
    headers: RememberedRepository['headers'],
  ): Promise<RememberedRepository> =>
    await memory.remember({
      repository,
      host: await hub.host(),
      revision,
      askedAt: clock.now(),
      files: files
        .filter(isModel)
        .map(({ path, parts, sizeBytes, quantisation }) => ({ path, parts, sizeBytes, quantisation })),
      headers,
    });

  const offersOf = async (
    entry: CatalogueEntry,
    ground: {
      readonly installed: readonly ModelDescription[];
      readonly freeBytes: number | null;
      readonly host: string;
    },
  ): Promise<readonly ModelOffer[]> =>
    await offerEntry(entry, { ...ground, fit, told: await memory.recall(ground.host, entry.repository) });

  const listAll = async (): Promise<readonly CataloguedModel[]> => {
    const [all, list, freeBytes, host] = await Promise.all([
      entries(),
      models.list(),
      freeDiskBytes(modelFolder),
      hub.host(),
    ]);
    const offered = await Promise.all(
      all.map(async (entry) => ({ entry, offers: await offersOf(entry, { installed: list.models, freeBytes, host }) })),
    );
    return judgeModels(offered);
  };

  const find = async (entryId: string): Promise<CataloguedModel> => {
    const found = (await listAll()).find(({ entry }) => entry.id === entryId);
    if (found === undefined)
      throw new AppError('app/not-found', 'There is no such entry.', { kind: 'model', name: entryId });
    return found;
  };

  const fitOf = async (request: DownloadRequest, signal: AbortSignal): Promise<ModelFit> => {
    const repository = await hub.repository(request.repository, signal);
    const file = findFile(repository, request);
    const description = await readHeader(repository, file, signal);
    await remember(repository, { [file.path]: description });
    return await fit.predict({ known: 'header', description });
  };

  return {
    list: listAll,
    async refresh(entryId, signal) {
      const { entry } = await find(entryId);
      const repository = await hub.repository(entry.repository, signal);
      const offered = repository.files.filter(
        (file) =>
          isModel(file) && entry.quantisations.some((one) => one.toLowerCase() === file.quantisation?.toLowerCase()),
      );
      const before = await remember(repository, {});
      // One header is enough for all: precisions differ in nothing but their bytes.
      const [first] = offered.toSorted((a, b) => a.sizeBytes - b.sizeBytes);
      if (first !== undefined && before.headers[first.path] === undefined && first.parts.length === 1) {
        await remember(repository, { [first.path]: await readHeader(repository, first, signal) });
      }
      return await find(entryId);
    },
    search: async (query, signal) => await hub.search(query, signal),
    async repository(name, signal) {
      const repository = await hub.repository(name, signal);
      const [told, { models: installed }] = await Promise.all([remember(repository, {}), models.list()]);
      const files = repository.files.map(async (file) => {
        const description = told.headers[file.path];
        return {
          ...file,
          fit: description === undefined ? null : await fit.predict({ known: 'header', description }),
          installedId: installedAs(file.parts, installed),
        };
      });
      return { ...repository, files: await Promise.all(files) };
    },
    fit: fitOf,
    async resolve(wanted) {
      return await resolveWanted(wanted, {
        entries: await entries(),
        bestQuantisation: async (entry) => (await find(entry.id)).bestQuantisation,
      });
    },
  };
}
