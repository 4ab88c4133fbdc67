import { z } from 'zod';
import { documentDescriptionSchema, documentPageSchema, passageSchema } from '../shared/document.ts';
import { documentHashSchema, documentIdSchema, modelIdSchema, passageIdSchema } from '../shared/ids.ts';
import { searchScopeSchema } from '../shared/search-scope.ts';
import { instantSchema, limitSchema, offsetSchema, operation } from './operation.ts';

/** Most numbers that one vector may have. */
export const dimensionLimit = 4_096;

/** Bytes of an original that one message carries at most. */
export const bytePieceLimit = 1024 * 1024;

const documentIdsSchema = z.array(documentIdSchema).readonly();
const passagesSchema = z.array(passageSchema).readonly();
const scoredPassagesSchema = z.array(z.object({ passage: passageSchema, score: z.number() }).readonly()).readonly();

const floatsSchema = z.custom<Float32Array>((vector) => vector instanceof Float32Array, 'must be 32-bit floats');

/** A vector of unit length: with any other, cosines could not be compared. */
const vectorSchema = floatsSchema.refine(
  (vector) => vector.length > 0 && vector.length <= dimensionLimit && Math.abs(Math.hypot(...vector) - 1) < 1e-3,
  'must have unit length',
);
const newVectorsSchema = z
  .array(z.object({ passageId: passageIdSchema, vector: vectorSchema }).readonly())
  .max(1_000)
  .readonly();

/** The headings of a stored document, in order of `start`. */
export const headingsSchema = z
  .array(z.object({ level: z.int().positive(), title: z.string(), start: offsetSchema }).readonly())
  .readonly();

const runSchema = z.tuple([offsetSchema, offsetSchema, z.number(), z.number(), z.number(), z.number()]).readonly();

/** See `StoredPage`. */
export const storedPageSchema = z.object({ page: documentPageSchema, runs: z.array(runSchema).readonly() }).readonly();

/** A document without its text, passages and pages, which are staged before it. */
const documentHeadSchema = z.object({ description: documentDescriptionSchema, headings: headingsSchema }).readonly();
export type DocumentHead = z.infer<typeof documentHeadSchema>;

/** See `DocumentOrigin`. */
export const documentOriginSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1) }).readonly(),
  z.object({ kind: z.literal('bytes'), sizeBytes: z.int().nonnegative() }).readonly(),
]);

const pieceSchema = z.custom<Uint8Array>(
  (bytes) => bytes instanceof Uint8Array && bytes.length <= bytePieceLimit,
  `must be at most ${bytePieceLimit} bytes`,
);

const documentChangeSchema = documentDescriptionSchema
  .unwrap()
  .pick({ status: true, error: true, name: true, isLoose: true })
  .partial()
  .readonly();

/** See `VectorIndex`. */
export const vectorIndexSchema = z
  .object({
    modelId: modelIdSchema,
    dimensions: z.int().min(1).max(dimensionLimit),
    state: z.enum(['serving', 'building']),
    passages: z.int().nonnegative(),
  })
  .readonly();

const countSchema = z.int().nonnegative();

/** The calls behind the repositories of documents and passages; see `operations`. */
export const documentOperations = {
  'documents.list': operation(z.tuple([]), z.array(documentDescriptionSchema).readonly()),
  'documents.unindexed': operation(z.tuple([]), documentIdsSchema),
  'documents.inScope': operation(z.tuple([searchScopeSchema, z.int().min(1)]), documentIdsSchema),
  'documents.get': operation(z.tuple([documentIdSchema]), documentDescriptionSchema.nullable()),
  'documents.findByHash': operation(z.tuple([documentHashSchema]), documentDescriptionSchema.nullable()),
  /** By the number of the slice; what is staged waits for `documents.insert`. */
  'documents.stageText': operation(z.tuple([documentIdSchema, offsetSchema, z.string()]), z.void()),
  'documents.stagePassages': operation(z.tuple([documentIdSchema, offsetSchema, passagesSchema]), z.void()),
  'documents.stagePages': operation(
    z.tuple([documentIdSchema, offsetSchema, z.array(storedPageSchema).readonly()]),
    z.void(),
  ),
  'documents.insert': operation(z.tuple([documentHeadSchema]), z.void()),
  'documents.update': operation(z.tuple([documentIdSchema, documentChangeSchema]), z.void()),
  'documents.removeOrphans': operation(z.tuple([instantSchema]), documentIdsSchema),
  'documents.pages': operation(z.tuple([documentIdSchema]), z.array(documentPageSchema).readonly()),
  'documents.page': operation(z.tuple([documentIdSchema, z.int().positive()]), storedPageSchema.nullable()),
  'documents.origin': operation(z.tuple([documentIdSchema]), documentOriginSchema.nullable()),
  'documents.setOrigin': operation(z.tuple([documentIdSchema, documentOriginSchema.options[0]]), z.void()),
  'documents.appendBytes': operation(z.tuple([documentIdSchema, offsetSchema, pieceSchema, z.boolean()]), z.void()),
  'documents.bytes': operation(z.tuple([documentIdSchema, offsetSchema]), pieceSchema.nullable()),
  'documents.headings': operation(z.tuple([documentIdSchema]), headingsSchema),
  'documents.text': operation(z.tuple([documentIdSchema, offsetSchema, offsetSchema]), z.string()),
  'documents.remove': operation(z.tuple([documentIdSchema, instantSchema]), z.void()),
  'documents.restore': operation(z.tuple([documentIdSchema]), z.void()),
  'passages.ofDocument': operation(z.tuple([documentIdSchema]), passagesSchema),
  'passages.get': operation(z.tuple([z.array(passageIdSchema).max(1_000).readonly()]), passagesSchema),
  'passages.neighbours': operation(z.tuple([passageIdSchema, z.int().min(0).max(1_000)]), passagesSchema),
  'passages.indexes': operation(z.tuple([]), z.array(vectorIndexSchema).readonly()),
  'passages.openIndex': operation(z.tuple([modelIdSchema, z.int().min(1).max(dimensionLimit)]), vectorIndexSchema),
  'passages.promoteIndex': operation(z.tuple([modelIdSchema]), z.void()),
  'passages.dropIndex': operation(z.tuple([modelIdSchema]), z.void()),
  'passages.withoutVector': operation(
    z.tuple([modelIdSchema, documentIdSchema.nullable(), limitSchema, z.array(documentIdSchema).readonly()]),
    passagesSchema,
  ),
  'passages.countWithoutVector': operation(z.tuple([modelIdSchema]), countSchema),
  'passages.insertVectors': operation(z.tuple([modelIdSchema, newVectorsSchema]), z.void()),
  'passages.vectors': operation(
    z.tuple([z.array(passageIdSchema).max(1_000).readonly()]),
    z.array(floatsSchema.nullable()).readonly(),
  ),
  'passages.searchLexical': operation(z.tuple([z.string(), searchScopeSchema, limitSchema]), scoredPassagesSchema),
  'passages.searchDense': operation(
    z.tuple([modelIdSchema, vectorSchema, searchScopeSchema, limitSchema]),
    scoredPassagesSchema,
  ),
  'passages.wordCounts': operation(
    z.tuple([z.array(z.string()).max(1_000).readonly(), searchScopeSchema]),
    z.object({ passages: countSchema, counts: z.array(countSchema).readonly() }).readonly(),
  ),
};
