import type { Download } from '../../electron/shared/download.ts';
import type { ModelList } from '../../electron/shared/model.ts';
import { buildCatalogued, buildModel, laptop, qwen, qwenDetail } from './build-model.ts';
import { changingSettings } from './router-double.tsx';
import type { ServiceParts } from './router-double.tsx';

export const small = buildModel('SmolLM2 135M Instruct', 'a');

export const modelList: ModelList = {
  models: [small, qwen],
  unusable: [],
  selectedId: small.id,
  byJob: {},
  folder: '/models',
};

async function* once<T>(value: T, signal: AbortSignal): AsyncGenerator<T> {
  yield value;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Services behind the pages of models, with two models here and one that could be; a test replaces what it asks for. */
export function buildModelServices(about: ServiceParts = {}, downloads: readonly Download[] = []): ServiceParts {
  return {
    ...about,
    settings: { ...changingSettings(), ...about.settings },
    status: {
      watch: (signal) =>
        once(
          {
            engine: { state: 'stopped' },
            model: { id: small.id, name: small.name, contextTokens: null, loaded: null },
            tokensPerSecond: null,
            indexing: null,
            keeping: 'passphrase',
            isOffline: true,
            answeringAt: null,
            waitingIn: [],
          },
          signal,
        ),
    },
    models: {
      list: () => Promise.resolve(modelList),
      detail: (id) => Promise.resolve(qwenDetail({}, { description: id === qwen.id ? qwen : small })),
      foreign: () => Promise.resolve([]),
      quarantined: () => Promise.resolve([]),
      adapters: () => Promise.resolve([]),
      ...about.models,
    },
    catalogue: { list: () => Promise.resolve([buildCatalogued()]), ...about.catalogue },
    downloads: { watch: (signal) => once(downloads, signal), ...about.downloads },
    fit: { machine: () => Promise.resolve(laptop), ...about.fit },
    savedStates: { usage: () => Promise.resolve({ sizeBytes: 0, byModel: {} }), ...about.savedStates },
  };
}
