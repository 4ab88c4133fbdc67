import { z } from 'zod';
import { appErrorDataSchema } from '../../shared/app-error.ts';
import { backendSchema, graphicsDeviceSchema } from '../../shared/machine.ts';
import { usageSchema } from '../../shared/usage.ts';

/** What a command is doing; each has a deadline of its own. `queued` has none, because another command is being served. */
export const workPhaseSchema = z.enum(['queued', 'load', 'prefill', 'token', 'embed', 'rerank']);
export type WorkPhase = z.infer<typeof workPhaseSchema>;

const loadedModelSchema = z
  .object({
    slot: z.enum(['chat', 'embedding', 'reranking']),
    path: z.string(),
    contextTokens: z.int().positive(),
    dimensions: z.int().positive().nullable(),
    isSafeMode: z.boolean(),
    backend: backendSchema,
    graphicsLayers: z.int().nonnegative(),
    layers: z.int().nonnegative(),
    usesFlashAttention: z.boolean().nullable(),
    batchTokens: z.int().positive(),
    memoryBytes: z.int().nonnegative(),
  })
  .readonly();

/** What a dry run found: the devices of a backend that can be used, or why it cannot. */
export const foundDevicesSchema = z
  .object({
    outcome: z.enum(['usable', 'not-installed', 'no-device', 'failed']),
    devices: z.array(graphicsDeviceSchema).readonly(),
  })
  .readonly();
export type FoundDevices = z.infer<typeof foundDevicesSchema>;

/** How a model is best computed on one device, for what people wait for. */
export const tuningSchema = z.object({ usesFlashAttention: z.boolean(), batchTokens: z.int().positive() }).readonly();
export type Tuning = z.infer<typeof tuningSchema>;

const bareLoopResultSchema = z
  .object({
    promptTokens: z.int().nonnegative(),
    outputTokens: z.int().nonnegative(),
    prefillMs: z.number().nonnegative(),
    decodeTokensPerSecond: z.number().nonnegative(),
  })
  .readonly();

/** What came of saving a state. */
const stateOutcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved'), tokens: z.int().positive(), sizeBytes: z.int().nonnegative() }).readonly(),
  z.object({ status: z.enum(['nothing-to-save', 'not-possible']) }).readonly(),
]);
export type StateOutcome = z.infer<typeof stateOutcomeSchema>;

/** By tag rather than by class: the vector may come from another realm. */
const vectorSchema = z.custom<Float32Array>(
  (value) => Object.prototype.toString.call(value) === '[object Float32Array]',
);

/** Everything that the engine process says to the app. */
export const engineEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }).readonly(),
  z.object({ type: z.literal('phase'), id: z.int(), phase: workPhaseSchema }).readonly(),
  z.object({ type: z.literal('load-progress'), id: z.int(), fraction: z.number().min(0).max(1) }).readonly(),
  z.object({ type: z.literal('loaded'), id: z.int(), model: loadedModelSchema }).readonly(),
  z
    .object({ type: z.literal('token-counts'), id: z.int(), counts: z.array(z.int().nonnegative()).readonly() })
    .readonly(),
  z
    .object({
      type: z.literal('prefill-progress'),
      id: z.int(),
      done: z.int().nonnegative(),
      total: z.int().nonnegative(),
      reused: z.int().nonnegative(),
    })
    .readonly(),
  z.object({ type: z.literal('text-delta'), id: z.int(), text: z.string(), tokens: z.int().nonnegative() }).readonly(),
  z
    .object({ type: z.literal('reasoning-delta'), id: z.int(), text: z.string(), tokens: z.int().nonnegative() })
    .readonly(),
  z
    .object({
      type: z.literal('generate-end'),
      id: z.int(),
      reason: z.enum(['complete', 'length']),
      usage: usageSchema,
    })
    .readonly(),
  /** Vectors of the texts from `offset` on. */
  z
    .object({
      type: z.literal('embeddings'),
      id: z.int(),
      offset: z.int().nonnegative(),
      vectors: z.array(vectorSchema).readonly(),
    })
    .readonly(),
  z
    .object({
      type: z.literal('measured'),
      id: z.int(),
      continuations: z
        .array(z.object({ logProbabilities: z.array(z.number().max(0)).readonly() }).readonly())
        .readonly(),
    })
    .readonly(),
  z
    .object({ type: z.literal('ranks'), id: z.int(), relevances: z.array(z.number().min(0).max(1)).readonly() })
    .readonly(),
  z.object({ type: z.literal('bare-loop-end'), id: z.int(), result: bareLoopResultSchema }).readonly(),
  z.object({ type: z.literal('bare-embedding-end'), id: z.int(), elapsedMs: z.number().nonnegative() }).readonly(),
  z.object({ type: z.literal('state-saved'), id: z.int(), outcome: stateOutcomeSchema }).readonly(),
  /** The most resident memory that the process ever had, in bytes. */
  z.object({ type: z.literal('peak-memory'), id: z.int(), bytes: z.int().nonnegative() }).readonly(),
  z.object({ type: z.literal('devices'), id: z.int(), found: foundDevicesSchema }).readonly(),
  /** Null where too little time was given to tell. */
  z.object({ type: z.literal('tuned'), id: z.int(), tuning: tuningSchema.nullable() }).readonly(),
  z.object({ type: z.literal('done'), id: z.int() }).readonly(),
  /** The engine is free of an aborted command. */
  z.object({ type: z.literal('aborted'), id: z.int() }).readonly(),
  z.object({ type: z.literal('failed'), id: z.int(), error: appErrorDataSchema }).readonly(),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;

/** What a load ends with. */
export type LoadedModelEvent = Extract<EngineEvent, { readonly type: 'loaded' }>;

/** An event that belongs to a command. */
export type EngineWorkEvent = Extract<EngineEvent, { readonly id: number }>;

/** True for the last event of a command: nothing with its id follows. */
export function isFinalEvent(event: EngineWorkEvent): boolean {
  switch (event.type) {
    case 'loaded':
    case 'token-counts':
    case 'generate-end':
    case 'measured':
    case 'ranks':
    case 'bare-loop-end':
    case 'bare-embedding-end':
    case 'state-saved':
    case 'peak-memory':
    case 'devices':
    case 'tuned':
    case 'done':
    case 'aborted':
    case 'failed':
      return true;
    case 'phase':
    case 'load-progress':
    case 'prefill-progress':
    case 'text-delta':
    case 'reasoning-delta':
    case 'embeddings':
      return false;
  }
}
