// Entry of the worker thread that owns the database.
import { parentPort, workerData } from 'node:worker_threads';
import { operations } from '../operations.ts';
import type { Handlers, OperationName } from '../operations.ts';
import { storageRequestSchema, storageWorkerDataSchema } from '../protocol.ts';
import type { StorageReply, StorageRequest } from '../protocol.ts';
import { denyNetwork } from '../../platform/deny-network.ts';
import { AppError } from '../../shared/app-error.ts';
import { createHandlers } from './handlers.ts';
import { openDatabase } from './open-database.ts';
import { toStorageError } from './to-storage-error.ts';

function runOperation(handlers: Handlers, name: OperationName, input: readonly unknown[]): unknown {
  const handler: (...input: never[]) => unknown = handlers[name];
  // The compiler cannot follow that schema and handler of one name fit together; `Handlers` says that they do.
  return handler(...(operations[name].input.parse(input) as never[]));
}

function serve(port: NonNullable<typeof parentPort>): void {
  const reply = (message: StorageReply): void => port.postMessage(message);
  const { database, opened } = openDatabase(storageWorkerDataSchema.parse(workerData).location);
  const handlers = createHandlers(database);
  const work = (request: Exclude<StorageRequest, { readonly type: 'close' }>): unknown => {
    if (request.type === 'call') return runOperation(handlers, request.name, request.input);
    throw new AppError('app/later-capability', 'Not yet.', { name: request.type });
  };
  port.on('message', (message: unknown) => {
    const request = storageRequestSchema.parse(message);
    if (request.type === 'close') {
      database.close();
      port.close();
      return;
    }
    try {
      reply({ type: 'call-result', id: request.id, output: work(request) });
    } catch (error) {
      reply({ type: 'call-error', id: request.id, error: toStorageError(error).toData() });
    }
  });
  reply({ type: 'opened', opened });
}

denyNetwork(globalThis);
if (!parentPort) throw new Error('This file is the entry of a worker thread.');
try {
  serve(parentPort);
} catch (error) {
  const message: StorageReply = { type: 'open-error', error: toStorageError(error).toData() };
  parentPort.postMessage(message);
  parentPort.close();
}
