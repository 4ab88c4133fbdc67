import type { CataloguedModel, CatalogueEntry, ModelOffer } from '../../electron/shared/catalogue.ts';
import type { Download } from '../../electron/shared/download.ts';
import type { ModelFit } from '../../electron/shared/fit.ts';
import { createId, downloadIdSchema, modelIdSchema } from '../../electron/shared/ids.ts';
import type { MachineReport } from '../../electron/shared/machine.ts';
import { modelOptionsSchema } from '../../electron/shared/model-detail.ts';
import type { ModelDetail, ModelOptions } from '../../electron/shared/model-detail.ts';
import type { ModelDescription } from '../../electron/shared/model.ts';

/** A model of the folder; `digit` makes its id. */
export function buildModel(name: string, digit: string, about: Partial<ModelDescription> = {}): ModelDescription {
  return {
    id: modelIdSchema.parse(`sha256:${digit.repeat(16)}`),
    name,
    kind: 'chat',
    fileName: `${name.replaceAll(' ', '-')}.gguf`,
    sizeBytes: 98_000_000,
    architecture: 'llama',
    quantisation: 'Q4_1',
    contextLength: 8_192,
    parameterCount: 134_515_008,
    licence: 'apache-2.0',
    isBuiltIn: false,
    isLinked: false,
    ...about,
  };
}

/** How a model of middling size runs on a computer of middling size. */
export function buildFit(about: Partial<ModelFit> = {}): ModelFit {
  return {
    status: 'fits',
    memoryBytes: 3_220_000_000,
    weightsBytes: 2_400_000_000,
    windowBytes: 500_000_000,
    buffersBytes: 200_000_000,
    availableBytes: 7_200_000_000,
    contextTokens: 8_192,
    backend: 'cpu',
    graphicsLayers: 0,
    layers: 36,
    tokensPerSecond: 9.4,
    timeToFirstTokenMs: 2_600,
    isMeasured: false,
    ...about,
  };
}

export const qwen = buildModel('Qwen3 4B Instruct', 'b', {
  quantisation: 'Q4_K_M',
  sizeBytes: 2_497_000_000,
  architecture: 'qwen3',
  contextLength: 32_768,
  parameterCount: 4_022_000_000,
});

/** Everything about one model, with some of its options set. */
export function qwenDetail(options: Partial<ModelOptions> = {}, about: Partial<ModelDetail> = {}): ModelDetail {
  return {
    description: qwen,
    sha256: 'b'.repeat(64),
    origin: {
      from: 'hub',
      repository: 'Qwen/Qwen3-4B-GGUF',
      revision: '8f1e0d3c'.repeat(5),
      path: 'Qwen3-4B-Q4_K_M.gguf',
      host: 'huggingface.co',
      licence: 'apache-2.0',
      at: Date.UTC(2026, 9, 3),
    },
    checkedAt: Date.UTC(2026, 10, 20),
    template: {
      text: '{%- for message in messages %}\n<|im_start|>{{ message.role }}\n{%- endfor %}',
      state: 'known',
      family: 'chatml',
    },
    fit: buildFit(),
    measurements: [],
    options: modelOptionsSchema.parse(options),
    adapters: [],
    savedStateBytes: 0,
    ...about,
  };
}

/** An entry of the catalogue. */
export function buildEntry(about: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    id: 'qwen3-4b',
    name: 'Qwen3 4B Instruct',
    summary: {
      en: 'A good all-rounder that writes and reasons well in many languages.',
      de: 'Ein guter Allrounder, der in vielen Sprachen gut schreibt und folgert.',
    },
    family: 'Qwen',
    kind: 'chat',
    architecture: 'qwen3',
    parameterCount: 4_022_000_000,
    contextLength: 32_768,
    licence: {
      id: 'apache-2.0',
      name: 'Apache 2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0',
      terms: 'free',
    },
    languages: ['en', 'de', 'fr', 'zh'],
    strengths: ['chat', 'summaries', 'reasoning'],
    chatTemplate: 'chatml',
    repository: 'Qwen/Qwen3-4B-GGUF',
    quantisations: ['Q4_K_M', 'Q8_0'],
    isChecked: true,
    ...about,
  };
}

/** One precision of the entry above. */
export function buildOffer(quantisation: string, sizeBytes: number, about: Partial<ModelOffer> = {}): ModelOffer {
  return {
    entryId: 'qwen3-4b',
    quantisation,
    sizeBytes,
    isSizeKnown: true,
    fit: buildFit(),
    installedId: null,
    ...about,
  };
}

/** An entry with what this computer makes of it. */
export function buildCatalogued(about: Partial<CataloguedModel> = {}): CataloguedModel {
  return {
    entry: buildEntry(),
    offers: [
      buildOffer('Q4_K_M', 2_497_000_000),
      buildOffer('Q8_0', 4_280_000_000, {
        fit: buildFit({ status: 'too-large', memoryBytes: 9_900_000_000, tokensPerSecond: 4.1 }),
      }),
    ],
    bestQuantisation: 'Q4_K_M',
    recommended: 'best-that-fits',
    ...about,
  };
}

/** A model on its way. */
export function buildDownload(about: Partial<Download> = {}): Download {
  return {
    id: createId(downloadIdSchema),
    repository: 'Qwen/Qwen3-4B-GGUF',
    name: 'Qwen3 4B Instruct',
    quantisation: 'Q4_K_M',
    state: 'running',
    doneBytes: 1_070_000_000,
    totalBytes: 2_497_000_000,
    bytesPerSecond: 11_400_000,
    remainingMs: 125_000,
    error: null,
    retryInMs: null,
    modelId: null,
    startedAt: Date.UTC(2026, 10, 22),
    ...about,
  };
}

/** A laptop with eight cores whose graphics processor is of no use. */
export const laptop: MachineReport = {
  cores: 8,
  memoryBytes: 16_000_000_000,
  availableMemoryBytes: 7_200_000_000,
  backends: [
    { backend: 'cuda', isUsable: false, problem: 'not-installed', devices: [] },
    { backend: 'vulkan', isUsable: false, problem: 'no-device', devices: [] },
    { backend: 'cpu', isUsable: true, problem: null, devices: [] },
  ],
  backend: 'cpu',
  probe: {
    backend: 'cpu',
    measuredAt: Date.UTC(2026, 10, 21),
    decodeBytesPerSecond: 24_000_000_000,
    prefillOperationsPerSecond: 180_000_000_000,
    blockOverheadMs: 0.04,
    tokenOverheadMs: 1,
    rates: [],
  },
};
