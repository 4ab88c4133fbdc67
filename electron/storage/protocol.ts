import { z } from 'zod';
import { appErrorDataSchema } from '../shared/app-error.ts';
import { operations } from './operations.ts';
import type { OperationName } from './operations.ts';

const isOperationName = (name: string): name is OperationName => Object.hasOwn(operations, name);

/** 32 bytes; anything else is no key of ours. */
const keySchema = z.custom<Uint8Array>((key) => key instanceof Uint8Array && key.length === 32, 'must be 32 bytes');

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
  z.object({ type: z.literal('copy-to'), id: z.int().positive(), target: databaseFileSchema }).readonly(),
  z.object({ type: z.literal('purge'), id: z.int().positive(), before: z.int().nonnegative() }).readonly(),
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

/** What the worker is started with. */
export const storageWorkerDataSchema = z
  .object({
    location: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('memory') }).readonly(),
      z
        .object({
          kind: z.literal('file'),
          path: z.string().min(1),
          key: keySchema,
          mayCreate: z.boolean().optional(),
        })
        .readonly(),
    ]),
    /** The worker's own entry, for threads of a short life that it starts itself. */
    workerPath: z.string().min(1),
  })
  .readonly();
export type StorageWorkerData = z.infer<typeof storageWorkerDataSchema>;
