import { z } from 'zod';
import { repositorySchema } from './catalogue.ts';
import { modelFitSchema, modelMeasurementSchema } from './fit.ts';
import { modelIdSchema } from './ids.ts';
import { backendChoiceSchema } from './machine.ts';
import { modelDescriptionSchema } from './model.ts';

/** Programs whose downloads Sotto finds and uses where they are. */
export const foreignProgramSchema = z.enum(['ollama', 'lm-studio', 'jan', 'gpt4all']);
export type ForeignProgram = z.infer<typeof foreignProgramSchema>;

/** A model that another program has on this machine. */
export const foreignModelSchema = z
  .object({
    program: foreignProgramSchema,
    name: z.string(),
    /** Absolute; the window shows it and sends it nowhere: it uses `id`. */
    path: z.string(),
    sizeBytes: z.int().positive(),
    /** Opaque, for the calls that use it. */
    id: z.string(),
    /** True when it is used already. */
    isLinked: z.boolean(),
  })
  .readonly();
export type ForeignModel = z.infer<typeof foreignModelSchema>;

/** Where a model came from, written down when it came. */
export const modelOriginSchema = z.discriminatedUnion('from', [
  z
    .object({
      from: z.literal('hub'),
      repository: repositorySchema,
      revision: z.string(),
      path: z.string(),
      host: z.string(),
      licence: z.string().nullable(),
      at: z.int().nonnegative(),
    })
    .readonly(),
  z.object({ from: z.literal('file'), name: z.string(), at: z.int().nonnegative() }).readonly(),
  z
    .object({
      from: z.literal('link'),
      program: foreignProgramSchema.nullable(),
      path: z.string(),
      at: z.int().nonnegative(),
    })
    .readonly(),
]);
export type ModelOrigin = z.infer<typeof modelOriginSchema>;

/** What a person may set for one model; null leaves it to what was measured. */
export const modelOptionsSchema = z
  .object({
    backend: backendChoiceSchema.default('auto'),
    /** Blocks on the graphics processor. */
    graphicsLayers: z.int().min(0).max(1_000).nullable().default(null),
    /** Processor threads, at most the cores. */
    threads: z.int().min(1).max(512).nullable().default(null),
    contextTokens: z.int().min(512).max(1_048_576).nullable().default(null),
    usesFlashAttention: z.boolean().nullable().default(null),
    usesMemoryMapping: z.boolean().nullable().default(null),
    /** Prompt tokens evaluated at once. */
    batchTokens: z.int().min(32).max(4_096).nullable().default(null),
    /** Adapter that changes the model, and how strongly. */
    adapter: z
      .object({ id: modelIdSchema, scale: z.number().min(0).max(2) })
      .readonly()
      .nullable()
      .default(null),
  })
  .readonly();
export type ModelOptions = z.infer<typeof modelOptionsSchema>;

/** A small file that changes a model of the same architecture. */
export const adapterDescriptionSchema = z
  .object({
    id: modelIdSchema,
    name: z.string(),
    fileName: z.string(),
    sizeBytes: z.int().positive(),
    /** Architecture of the models that it belongs to. */
    architecture: z.string(),
  })
  .readonly();
export type AdapterDescription = z.infer<typeof adapterDescriptionSchema>;

/** A model file that was put aside. */
export const quarantinedModelSchema = z
  .object({
    fileName: z.string(),
    sizeBytes: z.int().nonnegative(),
    /** Its content is not what it was, it is not what the hub says, or it cannot be read any more. */
    reason: z.enum(['content-changed', 'digest-differs', 'unreadable']),
    at: z.int().nonnegative(),
  })
  .readonly();
export type QuarantinedModel = z.infer<typeof quarantinedModelSchema>;

/** Everything about one model. */
export const modelDetailSchema = z
  .object({
    description: modelDescriptionSchema,
    /** Hexadecimal, of the whole file. */
    sha256: z.string(),
    origin: modelOriginSchema.nullable(),
    /** Milliseconds since 1970 of the last check of the digest. */
    checkedAt: z.int().nonnegative().nullable(),
    template: z
      .object({
        text: z.string(),
        /** `known` is the one that its family has; `changed` differs from it; `unfamiliar` belongs to no family that is known. */
        state: z.enum(['known', 'changed', 'unfamiliar']),
        family: z.string().nullable(),
      })
      .readonly()
      .nullable(),
    fit: modelFitSchema,
    measurements: z.array(modelMeasurementSchema).readonly(),
    options: modelOptionsSchema,
    adapters: z.array(adapterDescriptionSchema).readonly(),
    /** Bytes of saved conversation states on the disk that belong to it. */
    savedStateBytes: z.int().nonnegative(),
  })
  .readonly();
export type ModelDetail = z.infer<typeof modelDetailSchema>;
