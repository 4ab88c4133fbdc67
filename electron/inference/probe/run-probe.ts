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
import type { MadeModelShape } from './made-model.ts';

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
const budgetMs = 6_500;
const contextTokens = 1_024;
/** Characters of the prompts, which are about as many tokens. */
const warmUpLength = 64;
const promptLength = 200;
const warmUpAnswerTokens = 8;
const answerTokens = 40;

/** Some 60 to 220 MB, which no processor's cache holds. */
const wide = { blocks: 8, width: 1_024, feedForward: 3_072, heads: 16, keyValueHeads: 8 } as const;
/** About as many bytes of blocks as the wide one, in many small blocks: what it takes longer is their own cost. */
const deep = { blocks: 40, width: 512, feedForward: 1_280, heads: 8, keyValueHeads: 4 } as const;
const shapeOf = (measures: typeof wide | typeof deep, type: MeasuredType): MadeModelShape => ({
  ...measures,
  type,
  vocabulary: Math.max(madeVocabularySize, 2_048),
  contextLength: contextTokens,
});

/** What downloads have most comes first: the budget may end before the last. */
const order: readonly MeasuredType[] = ['Q4_K', 'Q8_0', 'Q6_K', 'Q4_0', 'F16', 'Q4_1'];

/** The one backend that is measured, without dry runs and tuning. */
function only(backend: Backend): GraphicsDevices {
  return {
    reports: async () => [],
    chosen: async () => backend,
    place: async () => ({ backend, problem: null }),
    recordCrash: async () => undefined,
    tuning: async () => ({ usesFlashAttention: backend !== 'cpu', batchTokens: 512 }),
    recordTuning: async () => undefined,
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
  return await answer(engine, { length: promptLength, maxTokens: answerTokens, key: 'measured' }, signal);
}

/** Solves for what a byte and what a block cost, from two models of the same precision and different numbers of blocks. */
function blockOverheadMs(ofWide: number, ofDeep: number, type: MeasuredType): number {
  const [wideBytes, deepBytes] = [wide, deep].map((measures) => weighMadeModel(shapeOf(measures, type)).bytes);
  if (wideBytes === undefined || deepBytes === undefined) return 0;
  const overhead = (ofDeep - (ofWide * deepBytes) / wideBytes) / (deep.blocks - (wide.blocks * deepBytes) / wideBytes);
  // A busy moment must not make blocks free, or all that a model costs.
  return Math.min(Math.max(0, overhead), ofDeep / deep.blocks / 2);
}

function rateOf(type: MeasuredType, { tokenMs, promptTokenMs }: Pace, overheadMs: number): TypeRate {
  const { bytes, values } = weighMadeModel(shapeOf(wide, type));
  const weightsMs = Math.max(tokenMs - wide.blocks * overheadMs, tokenMs / 4);
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
    const [first] = order;
    const parts = { folder, signal };
    const type = first ?? 'Q4_K';
    const ofDeep = await measureShape(engine, shapeOf(deep, type), parts);
    const paces = new Map<MeasuredType, Pace>();
    for (const one of order) {
      if (paces.size > 0 && clock.monotonicMs() - startedAtMs > budgetMs) break;
      paces.set(one, await measureShape(engine, shapeOf(wide, one), parts));
    }
    const ofWide = paces.get(type) ?? ofDeep;
    const overheadMs = blockOverheadMs(ofWide.tokenMs, ofDeep.tokenMs, type);
    const rates = [...paces].map(([one, pace]) => rateOf(one, pace, overheadMs));
    const { decodeBytesPerSecond, prefillOperationsPerSecond } = rateOf(type, ofWide, overheadMs);
    return { decodeBytesPerSecond, prefillOperationsPerSecond, blockOverheadMs: overheadMs, rates };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
