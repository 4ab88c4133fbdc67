import type { AppDescription, AppStatus } from '../../electron/shared/app-status.ts';
import { modelIdSchema } from '../../electron/shared/ids.ts';
import type { ModelDescription, ModelList } from '../../electron/shared/model.ts';

const model = (name: string, digest: string, about: Partial<ModelDescription>): ModelDescription => ({
  id: modelIdSchema.parse(`sha256:${digest.repeat(16)}`),
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
});

export const starter = model('SmolLM2 135M Instruct', 'a', {});

export const modelList: ModelList = {
  models: [
    starter,
    model('Qwen3 4B Instruct', 'b', {
      quantisation: 'Q4_K_M',
      sizeBytes: 2_497_000_000,
      contextLength: 32_768,
      parameterCount: 4_022_000_000,
    }),
    model('all-MiniLM-L6-v2', 'c', {
      kind: 'embedding',
      sizeBytes: 25_000_000,
      isBuiltIn: true,
      architecture: 'bert',
      contextLength: 512,
    }),
  ],
  unusable: [
    { fileName: 'mistral-7b-part1.gguf', sizeBytes: 812_000_000, code: 'model/truncated', message: 'Ends too early.' },
  ],
  selectedId: starter.id,
  byJob: {},
  folder: '/home/ada/.local/share/Sotto/models',
};

export const description: AppDescription = {
  version: '0.1.0',
  door: 'browser',
  operatingSystem: 'linux',
  dataFolder: '/home/ada/.local/share/Sotto',
  modelFolder: modelList.folder,
};

export const readyStatus: AppStatus = {
  engine: { state: 'ready', isSafeMode: false },
  model: { id: starter.id, name: starter.name, contextTokens: 8_192, loaded: null },
  tokensPerSecond: 21.4,
  indexing: { done: 312, total: 1_204 },
  keeping: 'passphrase',
  isOffline: true,
};

export const noModelStatus: AppStatus = {
  ...readyStatus,
  engine: { state: 'no-model' },
  model: null,
  keeping: 'session-only',
  tokensPerSecond: null,
  indexing: null,
};
