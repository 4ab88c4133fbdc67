import type { FitService } from '../fit/fit-service.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ModelFit } from '../../shared/fit.ts';
import type { ModelId } from '../../shared/ids.ts';
import { modelOptionsSchema } from '../../shared/model-detail.ts';
import type { ModelDetail, ModelOptions, QuarantinedModel } from '../../shared/model-detail.ts';
import type { LoadRequest } from '../../inference/engine.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { readChatTemplate } from './chat-template.ts';
import type { ModelAdapters } from './model-adapters.ts';
import { filesOf } from './model-file.ts';
import type { ModelIndex } from './model-index.ts';
import type { ModelOnDisk, ModelShelf } from './model-shelf.ts';
import { hashModelFile } from './hash-model-file.ts';
import type { ModelTrust } from './trust-model-files.ts';

/** What a detail page is gathered from. */
export type ModelDetailsOptions = {
  readonly shelf: ModelShelf;
  readonly index: ModelIndex;
  readonly trust: ModelTrust;
  readonly adapters: ModelAdapters;
  readonly settings: Pick<SettingsService, 'get' | 'update'>;
  readonly fit: Pick<FitService, 'predict' | 'measurements'>;
  readonly savedStateBytes: (sha256: string) => Promise<number>;
  readonly resourcesFolder: string;
  readonly signal: AbortSignal;
};

/** Everything about single models. */
export interface ModelDetails {
  detail(id: ModelId): Promise<ModelDetail>;
  setOptions(id: ModelId, options: ModelOptions): Promise<ModelDetail>;
  verify(id: ModelId, signal: AbortSignal): Promise<ModelDetail | QuarantinedModel>;
  loadOptions(id: ModelId): Promise<Omit<LoadRequest, 'slot' | 'path'>>;
}

const noOptions: ModelOptions = modelOptionsSchema.parse({});

/** While nothing can be predicted, the page shows that and everything else. */
function unknownFit({ gguf, description }: ModelOnDisk): ModelFit {
  return {
    status: 'unknown',
    memoryBytes: 0,
    weightsBytes: description.sizeBytes,
    windowBytes: 0,
    buffersBytes: 0,
    availableBytes: 0,
    contextTokens: 0,
    backend: 'cpu',
    graphicsLayers: 0,
    layers: gguf.blockCount,
    tokensPerSecond: null,
    timeToFirstTokenMs: null,
    isMeasured: false,
  };
}

/** Gathers details. */
export function createModelDetails(options: ModelDetailsOptions): ModelDetails {
  const { shelf, index, trust, adapters, settings, fit, savedStateBytes, signal } = options;

  const optionsOf = async (id: ModelId): Promise<ModelOptions> => (await settings.get()).modelOptions[id] ?? noOptions;

  /** The oldest check counts: a model is as checked as the least of its files. */
  const trustOf = async ({ file, link }: ModelOnDisk): Promise<Pick<ModelDetail, 'origin' | 'checkedAt'>> => {
    const entries = await Promise.all(filesOf(file).map(({ name }) => index.entry(name)));
    const checks = entries.map((entry) => entry?.checkedAt ?? null);
    const checkedAt = checks.some((at) => at === null) ? null : Math.min(...checks.filter((at) => at !== null));
    if (link === null) return { origin: entries[0]?.origin ?? null, checkedAt };
    const { program, path, at } = link;
    return { origin: { from: 'link', program, path, at }, checkedAt };
  };

  const describe = async (model: ModelOnDisk): Promise<ModelDetail> => {
    const { description, gguf, sha256, path } = model;
    const chosen = await optionsOf(description.id);
    const { resourcesFolder } = options;
    return {
      description,
      sha256,
      ...(await trustOf(model)),
      template: await readChatTemplate(path, { resourcesFolder, signal }),
      fit: await fit.predict({ known: 'header', description: gguf, sha256 }, chosen).catch(() => unknownFit(model)),
      measurements: await fit.measurements(sha256),
      options: chosen,
      adapters: (await adapters.list())
        .map((adapter) => adapter.description)
        .filter(({ architecture }) => architecture === gguf.architecture),
      savedStateBytes: await savedStateBytes(sha256),
    };
  };

  return {
    detail: async (id) => await describe(await shelf.byId(id)),
    async setOptions(id, chosen) {
      const model = await shelf.byId(id);
      if (chosen.adapter !== null) await needAdapter(chosen.adapter.id, model, adapters);
      const { modelOptions } = await settings.get();
      await settings.update({ modelOptions: { ...modelOptions, [id]: chosen } });
      return await describe(model);
    },
    async verify(id, wanted) {
      const model = await shelf.byId(id);
      if (model.description.isBuiltIn || model.link !== null) {
        await verifyElsewhere(model, index, AbortSignal.any([wanted, signal]));
        return await describe(model);
      }
      for (const file of filesOf(model.file)) {
        const quarantined = await trust.verify(file, wanted);
        if (quarantined !== null) return quarantined;
      }
      return await describe(model);
    },
    async loadOptions(id) {
      const chosen = await optionsOf(id);
      const adapter = chosen.adapter === null ? null : await adapters.find(chosen.adapter.id);
      return toLoadRequest(chosen, adapter?.path ?? null);
    },
  };
}

/** Throws `app/not-found`, and `model/other-architecture` for an adapter that does not belong to the model. */
async function needAdapter(id: ModelId, { description }: ModelOnDisk, adapters: ModelAdapters): Promise<void> {
  const adapter = await adapters.find(id);
  if (adapter === null) throw new AppError('app/not-found', 'The adapter is not there any more.');
  const { architecture: adapterArchitecture } = adapter.description;
  const { name, architecture } = description;
  if (adapterArchitecture !== architecture) {
    throw new AppError('model/other-architecture', 'The adapter was made for other models.', {
      name,
      architecture,
      adapterArchitecture,
    });
  }
}

/**
 * A file that belongs to somebody else is not moved: one that changed is named, and is another model from now on.
 * Throws `file/changed`, `file/unreadable`.
 */
async function verifyElsewhere(model: ModelOnDisk, index: ModelIndex, signal: AbortSignal): Promise<void> {
  for (const file of filesOf(model.file)) {
    const sha256 = await hashModelFile(file.path, signal);
    const before = await index.entry(file.name);
    if (!model.description.isBuiltIn) await index.remember(file, sha256);
    const expected = filesOf(model.file).length === 1 ? model.sha256 : (before?.sha256 ?? sha256);
    if (sha256 !== expected) {
      throw new AppError('file/changed', 'The file is not what it was.', { name: model.description.name });
    }
  }
}

function toLoadRequest(chosen: ModelOptions, adapterPath: string | null): Omit<LoadRequest, 'slot' | 'path'> {
  const { graphicsLayers, threads, contextTokens, usesFlashAttention, usesMemoryMapping, batchTokens } = chosen;
  // Without blocks on the graphics processor the processor computes, whatever else there is.
  const layers = chosen.backend === 'cpu' ? 0 : graphicsLayers;
  return {
    ...(layers === null ? {} : { graphicsLayers: layers }),
    ...(threads === null ? {} : { threads }),
    ...(contextTokens === null ? {} : { contextTokens }),
    ...(usesFlashAttention === null ? {} : { usesFlashAttention }),
    ...(usesMemoryMapping === null ? {} : { usesMemoryMapping }),
    ...(batchTokens === null ? {} : { batchTokens }),
    ...(chosen.adapter === null || adapterPath === null
      ? {}
      : { adapter: { path: adapterPath, scale: chosen.adapter.scale } }),
  };
}
