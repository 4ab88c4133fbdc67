// Entry of the worker thread that owns the database.
import { parentPort, workerData } from 'node:worker_threads';
import { operations } from '../operations.ts';
import type { Handlers, OperationName } from '../operations.ts';
import { storageRequestSchema, storageWorkerDataSchema } from '../protocol.ts';
import type { StorageReply } from '../protocol.ts';
import { denyNetwork } from '../../platform/deny-network.ts';
import { assertNever } from '../../shared/assert-never.ts';
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
  const database = openDatabase(storageWorkerDataSchema.parse(workerData).location);
  const handlers = createHandlers(database);
  port.on('message', (message: unknown) => {
    const request = storageRequestSchema.parse(message);
    switch (request.type) {
      case 'call':
        try {
          reply({ type: 'call-result', id: request.id, output: runOperation(handlers, request.name, request.input) });
        } catch (error) {
          reply({ type: 'call-error', id: request.id, error: toStorageError(error).toData() });
        }
        return;
      case 'close':
        database.close();
        port.close();
        return;
      default:
        assertNever(request);
    }
  });
  reply({ type: 'opened' });
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
