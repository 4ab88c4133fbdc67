import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';
import { modelIdSchema } from './ids.ts';

/** `chat` writes; `embedding` compares meanings and writes nothing; `reranking` judges how well a passage fits a question. */
export const modelKindSchema = z.enum(['chat', 'embedding', 'reranking']);
export type ModelKind = z.infer<typeof modelKindSchema>;

/** What a model may be chosen for by itself. */
export const modelJobSchema = z.enum(['chat', 'summaries', 'answers', 'quick-ask']);
export type ModelJob = z.infer<typeof modelJobSchema>;

/** A model file on this machine, as its header describes it. */
export const modelDescriptionSchema = z
  .object({
    id: modelIdSchema,
    /** Name for people, such as `SmolLM2-135M-Instruct`. */
    name: z.string().min(1),
    kind: modelKindSchema,
    /** File name only; the folder is the model folder or the app's own resources. */
    fileName: z.string(),
    sizeBytes: z.int().nonnegative(),
    /** `general.architecture` of the file, such as `llama` or `bert`. */
    architecture: z.string(),
    /** Such as `Q4_1`; null when the header does not name a known file type. */
    quantisation: z.string().nullable(),
    /** Tokens that the model was trained to keep in mind. */
    contextLength: z.int().positive(),
    parameterCount: z.int().nonnegative().nullable(),
    licence: z.string().nullable(),
    /** True for a model that came with the app and cannot be removed. */
    isBuiltIn: z.boolean(),
    /** True for a file that lies where another program or the person put it. */
    isLinked: z.boolean(),
  })
  .readonly();
export type ModelDescription = z.infer<typeof modelDescriptionSchema>;

/** A file in the model folder that is not usable, and why. */
export const unusableModelSchema = z
  .object({
    fileName: z.string(),
    sizeBytes: z.int().nonnegative(),
    code: z.string(),
    message: z.string(),
    /** What the sentence about the code is filled with. */
    details: appErrorDataSchema.unwrap().shape.details.optional(),
    /** Of a model that is linked and not there any more, so that it can be taken out of the list. */
    id: modelIdSchema.optional(),
  })
  .readonly();
export type UnusableModel = z.infer<typeof unusableModelSchema>;

export const modelListSchema = z
  .object({
    models: z.array(modelDescriptionSchema).readonly(),
    unusable: z.array(unusableModelSchema).readonly(),
    selectedId: modelIdSchema.nullable(),
    /** Models that were chosen for a job by itself. */
    byJob: z.partialRecord(modelJobSchema, modelIdSchema).readonly(),
    /** Folder that people can put model files into. */
    folder: z.string(),
  })
  .readonly();
export type ModelList = z.infer<typeof modelListSchema>;
