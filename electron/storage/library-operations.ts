import { z } from 'zod';
import { appErrorDataSchema } from '../shared/app-error.ts';
import {
  collectionIdSchema,
  documentHashSchema,
  documentIdSchema,
  libraryFileIdSchema,
  sourceIdSchema,
} from '../shared/ids.ts';
import {
  collectionSchema,
  collectionSourceSchema,
  fileCountsSchema,
  libraryFileSchema,
  libraryFileStatusSchema,
} from '../shared/library.ts';
import { instantSchema, limitSchema, offsetSchema, operation } from './operation.ts';

const sourceShape = collectionSourceSchema.unwrap().shape;

/** See `StoredCollection`. */
export const storedCollectionSchema = collectionSchema
  .unwrap()
  .pick({ id: true, name: true, isLocalOnly: true, createdAt: true })
  .readonly();

/** See `StoredSource`. */
export const storedSourceSchema = z
  .object({
    id: sourceIdSchema,
    collectionId: collectionIdSchema,
    kind: sourceShape.kind,
    path: z.string().min(1),
    ignorePatterns: sourceShape.ignorePatterns,
    isLocalOnly: sourceShape.isLocalOnly,
  })
  .readonly();

/** See `StoredFile`. */
export const storedFileSchema = libraryFileSchema.unwrap().extend({ hash: documentHashSchema.nullable() }).readonly();

/** See `FoundFile`. */
const foundFileSchema = z
  .object({
    id: libraryFileIdSchema,
    path: z.string().min(1),
    sizeBytes: z.int().nonnegative(),
    modifiedAt: z.number(),
    skipped: appErrorDataSchema.nullable(),
  })
  .readonly();

const listRequestSchema = z
  .object({
    collectionId: collectionIdSchema,
    query: z.string(),
    status: libraryFileStatusSchema.nullable(),
    offset: offsetSchema,
    limit: limitSchema,
  })
  .readonly();

const filesSchema = z.array(storedFileSchema).readonly();

/** A file with the path of its source. */
export const locatedFileSchema = storedFileSchema
  .unwrap()
  .extend({ sourcePath: z.string(), sourceKind: sourceShape.kind })
  .readonly();

const fileChangeSchema = storedFileSchema
  .unwrap()
  .pick({ status: true, error: true, documentId: true, hash: true })
  .partial()
  .readonly();

/** The calls behind the repositories of collections and their files; see `operations`. */
export const libraryOperations = {
  'collections.list': operation(z.tuple([]), z.array(storedCollectionSchema).readonly()),
  'collections.sources': operation(z.tuple([]), z.array(storedSourceSchema).readonly()),
  'collections.counts': operation(z.tuple([collectionIdSchema]), fileCountsSchema),
  'collections.insert': operation(z.tuple([storedCollectionSchema]), z.void()),
  'collections.rename': operation(z.tuple([collectionIdSchema, storedCollectionSchema.unwrap().shape.name]), z.void()),
  'collections.setLocalOnly': operation(z.tuple([collectionIdSchema, z.boolean()]), z.void()),
  'collections.remove': operation(z.tuple([collectionIdSchema, instantSchema]), z.void()),
  'collections.restore': operation(z.tuple([collectionIdSchema]), z.void()),
  'collections.insertSource': operation(z.tuple([storedSourceSchema]), z.void()),
  'collections.updateSource': operation(
    z.tuple([
      sourceIdSchema,
      storedSourceSchema
        .unwrap()
        .pick({ path: true, ignorePatterns: true })
        .extend({ isLocalOnly: z.boolean() })
        .partial()
        .readonly(),
    ]),
    z.void(),
  ),
  /** `holder` is the id of the removed collection that it lies in from then on. */
  'collections.removeSource': operation(z.tuple([sourceIdSchema, collectionIdSchema, instantSchema]), z.void()),
  'collections.restoreSource': operation(z.tuple([sourceIdSchema, collectionIdSchema]), z.void()),
  'libraryFiles.list': operation(
    z.tuple([listRequestSchema]),
    z.object({ files: filesSchema, total: z.int().nonnegative() }).readonly(),
  ),
  'libraryFiles.get': operation(z.tuple([libraryFileIdSchema]), storedFileSchema.nullable()),
  'libraryFiles.ofSource': operation(z.tuple([sourceIdSchema, z.string().nullable(), limitSchema]), filesSchema),
  'libraryFiles.ofDocument': operation(z.tuple([documentIdSchema]), z.array(locatedFileSchema).readonly()),
  'libraryFiles.put': operation(
    z.tuple([sourceIdSchema, collectionIdSchema, z.array(foundFileSchema).max(1_000).readonly()]),
    z.void(),
  ),
  'libraryFiles.move': operation(z.tuple([libraryFileIdSchema, z.string().min(1)]), z.void()),
  'libraryFiles.remove': operation(z.tuple([z.array(libraryFileIdSchema).max(1_000).readonly()]), z.void()),
  'libraryFiles.update': operation(z.tuple([libraryFileIdSchema, fileChangeSchema]), z.void()),
  'libraryFiles.waiting': operation(
    z.tuple([limitSchema, collectionIdSchema.nullable(), z.array(sourceIdSchema).readonly()]),
    filesSchema,
  ),
  'libraryFiles.followDocument': operation(z.tuple([documentIdSchema]), z.void()),
};
