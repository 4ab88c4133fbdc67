import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Backend, MachineProbe, MeasuredType, TypeRate } from '../../shared/machine.ts';
import type { GraphicsDevices } from '../devices/graphics-devices.ts';
import { createInferenceEngine } from '../engine-client.ts';
import type { InferenceEngine } from '../engine.ts';
import type { EngineLauncher } from '../launchers/engine-launcher.ts';
import { madeVocabularySize, sampleText } from './made-metadata.ts';
import { weighMadeModel, writeMadeModel } from './made-model.ts';
import type { MadeModelShape } from './made-model-shape.ts';

/** What the measuring is made of. */
export type ProbeOptions = {
  readonly launcher: EngineLauncher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly cores: number;
  readonly backend: Backend;
  /** Where the made models lie while they are measured. */
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
};

type Pace = { readonly tokenMs: number; readonly promptTokenMs: number };

/** No further model is begun after this, so that all of it takes about ten seconds; in milliseconds. */
const budgetMs = 8_000;
const contextTokens = 1_024;
/** Characters of the prompts, which are about as many tokens. */
const warmUpLength = 64;
const promptLength = 160;
const warmUpAnswerTokens = 8;
const answerTokens = 24;

/** Some 60 to 220 MB, which no processor's cache holds. */
const wide = { blocks: 8, width: 1_024, feedForward: 3_072, heads: 16, keyValueHeads: 8 } as const;
/** About as many bytes of blocks as the wide one, in many small blocks: what it takes longer is their own cost. */
const deep = { blocks: 40, width: 512, feedForward: 1_280, heads: 8, keyValueHeads: 4 } as const;
/** Next to nothing: what it takes is what a token costs without a model. */
const tiny = { blocks: 2, width: 256, feedForward: 512, heads: 4, keyValueHeads: 2 } as const;
type Measures = typeof wide | typeof deep | typeof tiny;
const shapeOf = (measures: Measures, type: MeasuredType): MadeModelShape => ({
  ...measures,
  type,
  vocabulary: Math.max(madeVocabularySize, 1_024),
  contextLength: contextTokens,
});

/** What downloads have most. */
const usualType: MeasuredType = 'Q4_K';
/** What they also have, most first: the budget may end before the last. */
const otherTypes: readonly MeasuredType[] = ['Q8_0', 'Q6_K', 'Q4_0', 'Q4_1', 'F16'];

/** The one backend that is measured, without dry runs and tuning. */
function only(backend: Backend): GraphicsDevices {
  return {
    reports: async () => [],
    chosen: async () => backend,
    place: async () => ({ backend, problem: null }),
    recordCrash: async () => undefined,
    tuning: async () => ({ usesFlashAttention: backend !== 'cpu', batchTokens: 512 }),
    recordTuning: async () => undefined,
    examineAgain: () => undefined,
    close: async () => undefined,
  };
}

/** One answer; what it evaluated and wrote, in milliseconds a token. */
async function answer(
  engine: InferenceEngine,
  request: { readonly length: number; readonly maxTokens: number; readonly key: string },
  signal: AbortSignal,
): Promise<Pace> {
  const parts = engine.generate(
    {
      conversationKey: request.key,
      turns: [{ role: 'user', text: sampleText(request.length) }],
      sampling: { temperature: 0, repeatPenalty: 1 },
      maxTokens: request.maxTokens,
      priority: 'interactive',
    },
    signal,
  );
  for await (const part of parts) {
    if (part.type !== 'generate-end') continue;
    signal.throwIfAborted();
    const { inputTokens, reusedTokens, timeToFirstTokenMs, tokensPerSecond } = part.usage;
    if (timeToFirstTokenMs === null || tokensPerSecond === null) break;
    const tokenMs = 1_000 / tokensPerSecond;
    const readTokens = Math.max(1, inputTokens - reusedTokens);
    return { tokenMs, promptTokenMs: Math.max(1e-4, timeToFirstTokenMs - tokenMs) / readTokens };
  }
  throw new AppError('engine/crashed', 'The made model wrote nothing.');
}

async function measureShape(
  engine: InferenceEngine,
  shape: MadeModelShape,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<Pace> {
  const path = join(folder, `${shape.type}-${shape.blocks}.gguf`);
  try {
    await writeMadeModel(path, shape, signal);
    await engine.load({ slot: 'chat', path, contextTokens }, { signal });
  } finally {
    // The weights are read into memory, so the file has served.
    await rm(path, { force: true });
  }
  await answer(engine, { length: warmUpLength, maxTokens: warmUpAnswerTokens, key: 'warm-up' }, signal);
  const request = { length: promptLength, maxTokens: answerTokens };
  const one = await answer(engine, { ...request, key: 'one' }, signal);
  // Read anew, although it is the same text.
  const two = await answer(engine, { ...request, length: promptLength + 1, key: 'two' }, signal);
  // The quicker of the two is less of the other programs' doing.
  return {
    tokenMs: Math.min(one.tokenMs, two.tokenMs),
    promptTokenMs: Math.min(one.promptTokenMs, two.promptTokenMs),
  };
}

type Overheads = Pick<MachineProbe, 'blockOverheadMs' | 'tokenOverheadMs'>;
type PacesByMeasures = { readonly ofTiny: Pace; readonly ofWide: Pace; readonly ofDeep: Pace };

/**
 * Solves for what a byte, a block and a token cost, from three models of the same precision. Noise must not make any of
 * them free, or all that a model costs: blocks are at most half of what the deep model takes.
 */
function solveOverheads({ ofTiny, ofWide, ofDeep }: PacesByMeasures, type: MeasuredType): Overheads {
  const bytesOf = (measures: Measures): number => weighMadeModel(shapeOf(measures, type)).bytes;
  const [wideBytes, deepBytes] = [bytesOf(wide), bytesOf(deep)];
  const [wideMs, deepMs] = [ofWide.tokenMs - ofTiny.tokenMs, ofDeep.tokenMs - ofTiny.tokenMs];
  const [wideBlocks, deepBlocks] = [wide.blocks - tiny.blocks, deep.blocks - tiny.blocks];
  const solved = (deepMs * wideBytes - wideMs * deepBytes) / (deepBlocks * wideBytes - wideBlocks * deepBytes);
  const blockOverheadMs = Math.min(Math.max(0, solved), Math.max(0, deepMs) / deepBlocks / 2);
  return { blockOverheadMs, tokenOverheadMs: Math.max(0, ofTiny.tokenMs - tiny.blocks * blockOverheadMs) };
}

function rateOf(type: MeasuredType, { tokenMs, promptTokenMs }: Pace, overheads: Overheads): TypeRate {
  const { bytes, values } = weighMadeModel(shapeOf(wide, type));
  const overheadMs = wide.blocks * overheads.blockOverheadMs + overheads.tokenOverheadMs;
  const weightsMs = Math.max(tokenMs - overheadMs, tokenMs / 4);
  return {
    type,
    decodeBytesPerSecond: (bytes / weightsMs) * 1_000,
    prefillOperationsPerSecond: ((2 * values) / promptTokenMs) * 1_000,
  };
}

/**
 * Measures how fast this machine computes with one backend, through an engine process of its own, with models made for it:
 * about ten seconds, fewer precisions on a slower machine. Throws what loading and running a model throws, `disk/*`, and
 * the signal's reason.
 */
export async function runProbe(options: ProbeOptions): Promise<Omit<MachineProbe, 'backend' | 'measuredAt'>> {
  const { clock, backend, temporaryFolder, signal } = options;
  const startedAtMs = clock.monotonicMs();
  await mkdir(temporaryFolder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(temporaryFolder, 'probe-'));
  const engine = createInferenceEngine({ ...options, devices: only(backend) });
  try {
    const parts = { folder, signal };
    const ofTiny = await measureShape(engine, shapeOf(tiny, usualType), parts);
    const ofDeep = await measureShape(engine, shapeOf(deep, usualType), parts);
    const ofWide = await measureShape(engine, shapeOf(wide, usualType), parts);
    const overheads = solveOverheads({ ofTiny, ofWide, ofDeep }, usualType);
    const rates = [rateOf(usualType, ofWide, overheads)];
    for (const type of otherTypes) {
      if (clock.monotonicMs() - startedAtMs > budgetMs) break;
      rates.push(rateOf(type, await measureShape(engine, shapeOf(wide, type), parts), overheads));
    }
    const { decodeBytesPerSecond, prefillOperationsPerSecond } = rateOf(usualType, ofWide, overheads);
    return { decodeBytesPerSecond, prefillOperationsPerSecond, ...overheads, rates };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
