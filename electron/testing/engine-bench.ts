import { createInferenceEngine } from '../inference/engine-client.ts';
import type { InferenceEngineOptions } from '../inference/engine-client.ts';
import type { GeneratePart, GenerateRequest, InferenceEngine } from '../inference/engine.ts';
import type { GgufDescription } from '../inference/gguf/gguf-description.ts';
import type { EngineLauncher } from '../inference/launchers/engine-launcher.ts';
import type { EngineWork } from '../inference/protocol/engine-command.ts';
import type { Usage } from '../shared/usage.ts';
import { createFakeClock } from './fake-clock.ts';
import type { FakeClock } from './fake-clock.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { createScriptedEngineLauncher } from './scripted-engine-launcher.ts';
import type { ScriptedLauncher, ScriptedProcess } from './scripted-engine-launcher.ts';

/** What the played answers say that they cost. */
export const playedUsage: Usage = {
  inputTokens: 5,
  reusedTokens: 2,
  outputTokens: 2,
  timeToFirstTokenMs: 1,
  tokensPerSecond: 9,
};
/** A question to a played engine. */
export const question: GenerateRequest = {
  conversationKey: 'chat',
  turns: [{ role: 'user', text: 'hello' }],
  sampling: { temperature: 0 },
  maxTokens: 9,
  priority: 'interactive',
};
/** A chat model for a played engine. */
export const chatModel = { slot: 'chat', path: '/models/chat.gguf' } as const;

/** The client over played processes and a clock that a test moves. */
export type EngineBench = {
  readonly engine: InferenceEngine;
  readonly launcher: ScriptedLauncher;
  readonly clock: FakeClock;
};

/** `onWork` plays the processes; see `createScriptedEngineLauncher`. `change` gives the engine other parts. */
export function createEngineBench(
  onWork?: (work: EngineWork, process: ScriptedProcess) => boolean,
  change?: (parts: Pick<EngineBench, 'launcher' | 'clock'>) => Partial<InferenceEngineOptions>,
): EngineBench {
  const clock = createFakeClock();
  const launcher = createScriptedEngineLauncher(onWork);
  return {
    clock,
    launcher,
    engine: createPlayedEngine(launcher, clock, change?.({ launcher, clock })),
  };
}

/** Plays a short answer. */
export function playAnswer(work: EngineWork, process: ScriptedProcess): boolean {
  if (work.type !== 'generate') return false;
  const { id } = work;
  process.say({ type: 'phase', id, phase: 'prefill' });
  process.say({ type: 'prefill-progress', id, done: 5, total: 5, reused: 2 });
  process.say({ type: 'text-delta', id, text: 'Good ', tokens: 1 });
  process.say({ type: 'text-delta', id, text: 'day', tokens: 1 });
  process.say({ type: 'generate-end', id, reason: 'complete', usage: playedUsage });
  return true;
}

/** Plays one word, then lets the process end. */
export function playCrash(work: EngineWork, process: ScriptedProcess): boolean {
  if (work.type !== 'generate') return false;
  process.say({ type: 'text-delta', id: work.id, text: 'Good ', tokens: 1 });
  setImmediate(() => process.exit());
  return true;
}

/** The parts of an answer, and the error that it ended with. */
export async function collectParts(
  parts: AsyncIterable<GeneratePart>,
): Promise<{ parts: GeneratePart[]; error: unknown }> {
  const collected: GeneratePart[] = [];
  try {
    for await (const part of parts) collected.push(part);
    return { parts: collected, error: null };
  } catch (error) {
    return { parts: collected, error };
  }
}

/** The client over played processes; the model files, of which there are none, are taken for sound. */
export function createPlayedEngine(
  launcher: EngineLauncher,
  clock: FakeClock,
  change: Partial<InferenceEngineOptions> = {},
): InferenceEngine {
  return createInferenceEngine({
    launcher,
    clock,
    logger: createRecordingLogger(),
    cores: 2,
    inspectModel: async (path) => ({ ...soundModel, kind: path.includes('embedder') ? 'embedding' : 'chat' }),
    ...change,
  });
}

const soundModel: Omit<GgufDescription, 'kind'> = {
  version: 3,
  architecture: 'llama',
  name: null,
  quantisation: null,
  licence: null,
  contextLength: 8_192,
  embeddingLength: 4,
  blockCount: 1,
  vocabularySize: 1,
  parameterCount: 1,
  chatTemplateSha256: null,
  shape: {
    tensorBytes: 1,
    perToken: [],
    keyValueLength: 1,
    headCount: 1,
    widestLength: 4,
    mergeCount: 0,
    hasSharedEmbedding: false,
  },
  sizeBytes: 1,
  headerBytes: 1,
};
