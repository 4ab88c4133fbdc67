import { z } from 'zod';
import { backendSchema } from '../../shared/machine.ts';

const chatTurnSchema = z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() }).readonly();

const samplingSchema = z
  .object({
    temperature: z.number().min(0).max(2),
    topK: z.int().min(1).max(1000).exactOptional(),
    topP: z.number().min(0).max(1).exactOptional(),
    minP: z.number().min(0).max(1).exactOptional(),
    repeatPenalty: z.number().positive().exactOptional(),
    seed: z.int().nonnegative().exactOptional(),
  })
  .readonly();

const prioritySchema = z.enum(['interactive', 'background']);
const slotSchema = z.enum(['chat', 'embedding', 'reranking']);
const turnsSchema = z.array(chatTurnSchema).readonly();

/** What the engine process is told once, before anything else. */
export const workerSetupSchema = z
  .object({
    type: z.literal('configure'),
    /** Upper bound of threads, at least 1. */
    cores: z.int().positive(),
    /** What computes: never another one than this, or the processor for models that are kept off it. */
    backend: backendSchema,
    /** Upper bound of a chat context while in safe mode, in tokens; null outside of it. */
    safeModeContextTokens: z.int().positive().nullable(),
    /** Absolute; where libraries are that came later than the app. */
    enginePackFolder: z.string().exactOptional(),
  })
  .readonly();
export type WorkerSetup = z.infer<typeof workerSetupSchema>;

const loadCommandSchema = z
  .object({
    type: z.literal('load'),
    id: z.int(),
    slot: slotSchema,
    path: z.string(),
    contextTokens: z.int().positive().exactOptional(),
    graphicsLayers: z.int().nonnegative().exactOptional(),
    threads: z.int().positive().exactOptional(),
    usesFlashAttention: z.boolean().exactOptional(),
    usesMemoryMapping: z.boolean().exactOptional(),
    batchTokens: z.int().positive().exactOptional(),
    adapter: z
      .object({ path: z.string(), scale: z.number().min(0).max(2) })
      .readonly()
      .exactOptional(),
  })
  .readonly();
export type LoadCommand = z.infer<typeof loadCommandSchema>;

/** By tag rather than by class: the bytes may come from another realm. */
const stateKeySchema = z.custom<Uint8Array>(
  (value) => Object.prototype.toString.call(value) === '[object Uint8Array]' && (value as Uint8Array).length === 32,
);
const stateFileSchema = z.object({ path: z.string(), key: stateKeySchema, modelId: z.string() }).readonly();

const saveStateCommandSchema = z
  .object({ type: z.literal('save-state'), id: z.int(), conversationKey: z.string(), file: stateFileSchema })
  .readonly();
export type SaveStateCommand = z.infer<typeof saveStateCommandSchema>;

const generateCommandSchema = z
  .object({
    type: z.literal('generate'),
    id: z.int(),
    conversationKey: z.string(),
    turns: turnsSchema,
    sampling: samplingSchema,
    maxTokens: z.int().positive(),
    priority: prioritySchema,
    stopStrings: z.array(z.string()).readonly().exactOptional(),
    jsonSchema: z.record(z.string(), z.unknown()).readonly().exactOptional(),
    savedState: stateFileSchema.exactOptional(),
  })
  .readonly();
export type GenerateCommand = z.infer<typeof generateCommandSchema>;

const embedCommandSchema = z
  .object({ type: z.literal('embed'), id: z.int(), texts: z.array(z.string()).readonly(), priority: prioritySchema })
  .readonly();
export type EmbedCommand = z.infer<typeof embedCommandSchema>;

const measureCommandSchema = z
  .object({
    type: z.literal('measure'),
    id: z.int(),
    turns: turnsSchema,
    continuations: z.array(z.string()).min(1).max(64).readonly(),
    priority: prioritySchema,
  })
  .readonly();
export type MeasureCommand = z.infer<typeof measureCommandSchema>;

const rerankCommandSchema = z
  .object({
    type: z.literal('rerank'),
    id: z.int(),
    query: z.string(),
    texts: z.array(z.string()).readonly(),
    priority: prioritySchema,
  })
  .readonly();
export type RerankCommand = z.infer<typeof rerankCommandSchema>;

const bareLoopCommandSchema = z
  .object({
    type: z.literal('bare-loop'),
    id: z.int(),
    turns: turnsSchema,
    maxTokens: z.int().positive(),
    threads: z.int().positive().exactOptional(),
  })
  .readonly();
export type BareLoopCommand = z.infer<typeof bareLoopCommandSchema>;

const bareEmbeddingCommandSchema = z
  .object({
    type: z.literal('bare-embedding'),
    id: z.int(),
    texts: z.array(z.string()).readonly(),
    threads: z.int().positive().exactOptional(),
  })
  .readonly();
export type BareEmbeddingCommand = z.infer<typeof bareEmbeddingCommandSchema>;

const bareProgramCommandSchema = z
  .object({
    type: z.literal('bare-program'),
    id: z.int(),
    path: z.string(),
    contextTokens: z.int().positive(),
    batchTokens: z.int().positive(),
    usesFlashAttention: z.boolean(),
    prompt: z.string(),
    maxTokens: z.int().positive(),
  })
  .readonly();
export type BareProgramCommand = z.infer<typeof bareProgramCommandSchema>;

/**
 * Everything that the app says to the engine process. Commands with an `id` are answered by events with the same id,
 * the last of which is a final one (see `isFinalEvent`); `abort` names the command that it ends.
 */
export const engineCommandSchema = z.discriminatedUnion('type', [
  workerSetupSchema,
  loadCommandSchema,
  z.object({ type: z.literal('unload'), id: z.int(), slot: slotSchema }).readonly(),
  /** Loads the library for the backend of the setup and tells what it finds; for a process that does nothing else. */
  z.object({ type: z.literal('describe-devices'), id: z.int() }).readonly(),
  /** Measures how the chat model is best computed here. */
  z.object({ type: z.literal('tune'), id: z.int() }).readonly(),
  z
    .object({ type: z.literal('count-tokens'), id: z.int(), slot: slotSchema, texts: z.array(z.string()).readonly() })
    .readonly(),
  z.object({ type: z.literal('count-prompt-tokens'), id: z.int(), turns: turnsSchema }).readonly(),
  generateCommandSchema,
  saveStateCommandSchema,
  embedCommandSchema,
  measureCommandSchema,
  rerankCommandSchema,
  bareLoopCommandSchema,
  bareEmbeddingCommandSchema,
  /** Runs a model as a program of a few lines would; for a process that does nothing else. */
  bareProgramCommandSchema,
  z.object({ type: z.literal('peak-memory'), id: z.int() }).readonly(),
  z.object({ type: z.literal('abort'), id: z.int() }).readonly(),
  z.object({ type: z.literal('shutdown') }).readonly(),
]);
export type EngineCommand = z.infer<typeof engineCommandSchema>;

/** The commands that are work: they take a turn, can be aborted and end with one final event. */
export type EngineWork =
  Extract<EngineCommand, { readonly id: number }> extends infer Command
    ? Command extends { readonly type: 'abort' }
      ? never
      : Command
    : never;
