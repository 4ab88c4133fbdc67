import type { AppDescription, AppStatus } from '../../electron/shared/app-status.ts';
import type { ModelList } from '../../electron/shared/model.ts';
import { buildModel, qwen } from '../../renderer/testing/build-model.ts';

export const starter = buildModel('SmolLM2 135M Instruct', 'a');

export const modelList: ModelList = {
  models: [
    starter,
    qwen,
    buildModel('Granite 3.3 2B Instruct', 'd', {
      quantisation: 'Q8_0',
      sizeBytes: 2_690_000_000,
      contextLength: 131_072,
      parameterCount: 2_530_000_000,
      architecture: 'granite',
      isLinked: true,
    }),
    buildModel('all-MiniLM-L6-v2', 'c', {
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
  byJob: { summaries: qwen.id },
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
  model: {
    id: starter.id,
    name: starter.name,
    contextTokens: 8_192,
    loaded: {
      backend: 'cpu',
      graphicsLayers: 0,
      layers: 30,
      graphicsProblem: 'no-device',
      usesFlashAttention: false,
      batchTokens: 512,
      memoryBytes: 310_000_000,
    },
  },
  tokensPerSecond: 21.4,
  indexing: { done: 312, total: 1_204 },
  keeping: 'passphrase',
  isOffline: true,
  answeringAt: null,
  waitingIn: [],
};

export const noModelStatus: AppStatus = {
  ...readyStatus,
  engine: { state: 'no-model' },
  model: null,
  keeping: 'session-only',
  tokensPerSecond: null,
  indexing: null,
};
