import { z } from 'zod';
import { appErrorDataSchema } from '../shared/app-error.ts';
import { operations } from './operations.ts';
import type { OperationName } from './operations.ts';

const isOperationName = (name: string): name is OperationName => Object.hasOwn(operations, name);

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
  z.object({ type: z.literal('close') }).readonly(),
]);
export type StorageRequest = z.infer<typeof storageRequestSchema>;

/** From the worker to the app. One of `opened` and `open-error` comes first. */
export const storageReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened') }).readonly(),
  z.object({ type: z.literal('open-error'), error: appErrorDataSchema }).readonly(),
  z.object({ type: z.literal('call-result'), id: z.int().positive(), output: z.unknown() }).readonly(),
  z.object({ type: z.literal('call-error'), id: z.int().positive(), error: appErrorDataSchema }).readonly(),
]);
export type StorageReply = z.infer<typeof storageReplySchema>;

/** What the worker is started with. */
export const storageWorkerDataSchema = z
  .object({ location: z.object({ kind: z.literal('memory') }).readonly() })
  .readonly();
export type StorageWorkerData = z.infer<typeof storageWorkerDataSchema>;
