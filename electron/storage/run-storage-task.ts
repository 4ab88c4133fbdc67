import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { AppError, appErrorDataSchema } from '../shared/app-error.ts';
import type { StorageTask } from './protocol.ts';

const taskReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('task-result'), output: z.unknown() }).readonly(),
  z.object({ type: z.literal('task-error'), error: appErrorDataSchema }).readonly(),
]);

/** What a thread of one task says before it ends. */
export type StorageTaskReply = z.infer<typeof taskReplySchema>;

/**
 * Runs one piece of long work in a thread of its own and hands back what it found. Throws what the task throws, and
 * AppError `storage/unavailable` when the thread dies or `signal` ends it.
 */
export async function runStorageTask(workerPath: string, task: StorageTask, signal?: AbortSignal): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const worker = new Worker(workerPath, { workerData: task, name: `storage-${task.task}` });
  const stop = (): void => void worker.terminate();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  worker.on('message', (message: unknown) => {
    const { data: reply } = taskReplySchema.safeParse(message);
    if (reply?.type === 'task-result') resolve(reply.output);
    else if (reply) reject(AppError.fromData(reply.error));
  });
  worker.on('error', (error) => reject(new AppError('storage/unavailable', `The thread failed: ${error.message}`)));
  worker.on('exit', () => reject(new AppError('storage/unavailable', 'The thread ended before its work.')));
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
