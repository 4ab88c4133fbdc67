import { z } from 'zod';
import { appErrorDataSchema } from '../shared/app-error.ts';
import { operations } from './operations.ts';
import type { OperationName } from './operations.ts';

const isOperationName = (name: string): name is OperationName => Object.hasOwn(operations, name);

/** 32 bytes; anything else is no key of ours. */
const keySchema = z.custom<Uint8Array>((key) => key instanceof Uint8Array && key.length === 32, 'must be 32 bytes');

const bytesSchema = z.custom<Uint8Array>((bytes) => bytes instanceof Uint8Array, 'must be bytes');

/** A database on the disk; see `DatabaseFile`. */
export const databaseFileSchema = z.object({ path: z.string().min(1), key: keySchema }).readonly();

/** From the app to the worker. Answers carry the same `id`; calls are answered in the order in which they were sent. */
export const storageRequestSchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('call'),
      id: z.int().positive(),
      name: z.string().refine(isOperationName),
      input: z.array(z.unknown()).readonly(),
    })
    .readonly(),
  z.object({ type: z.literal('back-up'), id: z.int().positive() }).readonly(),
  z.object({ type: z.literal('write-back'), id: z.int().positive() }).readonly(),
  z.object({ type: z.literal('copy-to'), id: z.int().positive(), target: databaseFileSchema }).readonly(),
  z.object({ type: z.literal('close') }).readonly(),
]);
export type StorageRequest = z.infer<typeof storageRequestSchema>;

/** From the worker to the app. One of `opened` and `open-error` comes first. */
export const storageReplySchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('opened'),
      opened: z.object({ isReadOnly: z.boolean(), lostCommits: z.int().nonnegative() }).readonly(),
    })
    .readonly(),
  z.object({ type: z.literal('open-error'), error: appErrorDataSchema }).readonly(),
  z.object({ type: z.literal('call-result'), id: z.int().positive(), output: z.unknown() }).readonly(),
  z.object({ type: z.literal('call-error'), id: z.int().positive(), error: appErrorDataSchema }).readonly(),
]);
export type StorageReply = z.infer<typeof storageReplySchema>;

/** Where the database is that the worker serves; see `StorageLocation`. */
export const storageLocationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('memory'), copyOf: databaseFileSchema.optional() }).readonly(),
  databaseFileSchema
    .unwrap()
    .extend({ kind: z.literal('file'), mayCreate: z.boolean().optional() })
    .readonly(),
]);

/**
 * What the worker is started with: `serve` keeps a database open until it is closed, the others do one piece of long work
 * and end. `workerPath` is the worker's own entry, for threads that it starts itself.
 */
export const storageTaskSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('serve'), location: storageLocationSchema, workerPath: z.string().min(1) }).readonly(),
  /** Takes the person's keys out of a copy, and reads every bit of it. */
  z.object({ task: z.literal('finish-backup'), file: databaseFileSchema }).readonly(),
  /** Writes every record of `source` into a new file; bytes are a database without encryption. */
  z
    .object({
      task: z.literal('copy'),
      source: z.union([bytesSchema, databaseFileSchema]),
      target: databaseFileSchema,
    })
    .readonly(),
  /** What the key opens of the backups. */
  z.object({ task: z.literal('list-backups'), file: databaseFileSchema }).readonly(),
  z.object({ task: z.literal('restore-backup'), file: databaseFileSchema, name: z.string(), now: z.int() }).readonly(),
  z.object({ task: z.literal('inspect'), file: databaseFileSchema }).readonly(),
  z.object({ task: z.literal('rescue'), file: databaseFileSchema, now: z.int() }).readonly(),
]);
export type StorageTask = z.infer<typeof storageTaskSchema>;
