import type { MessagePort } from 'node:worker_threads';
import { operations } from '../operations.ts';
import type { Handlers, OperationName } from '../operations.ts';
import { storageRequestSchema } from '../protocol.ts';
import type { StorageReply, StorageRequest, StorageTask } from '../protocol.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { createHandlers } from './handlers.ts';
import { createMaintenance } from './maintenance.ts';
import type { Maintenance } from './maintenance.ts';
import { openDatabase } from './open-database.ts';
import { toStorageError } from './to-storage-error.ts';

function runOperation(handlers: Handlers, name: OperationName, input: readonly unknown[]): unknown {
  const handler: (...input: never[]) => unknown = handlers[name];
  // The compiler cannot follow that schema and handler of one name fit together; `Handlers` says that they do.
  return handler(...(operations[name].input.parse(input) as never[]));
}

type MaintenanceRequest = Exclude<StorageRequest, { readonly type: 'call' | 'close' }>;

async function perform(maintenance: Maintenance, request: MaintenanceRequest): Promise<void> {
  switch (request.type) {
    case 'back-up':
      return await maintenance.backUp();
    case 'write-back':
      return await maintenance.writeBack();
    case 'copy-to':
      return await maintenance.copyTo(request.target);
    default:
      return assertNever(request);
  }
}

async function maintain(maintenance: Maintenance, request: MaintenanceRequest): Promise<StorageReply> {
  try {
    await perform(maintenance, request);
    return { type: 'call-result', id: request.id, output: undefined };
  } catch (error) {
    return { type: 'call-error', id: request.id, error: toStorageError(error).toData() };
  }
}

/**
 * Opens the database and answers calls on `port` until it is told to close. Throws what keeps the database from opening;
 * see `createStorage`.
 */
export function serve(port: MessagePort, task: Extract<StorageTask, { readonly task: 'serve' }>): void {
  const reply = (message: StorageReply): void => port.postMessage(message);
  const { database, opened, run, close } = openDatabase(task.location);
  const handlers = createHandlers(database);
  const maintenance = createMaintenance({ database, ...task, isReadOnly: opened.isReadOnly });

  const answer = (request: Extract<StorageRequest, { readonly type: 'call' }>): StorageReply => {
    try {
      const output = run(() => runOperation(handlers, request.name, request.input));
      return { type: 'call-result', id: request.id, output };
    } catch (error) {
      return { type: 'call-error', id: request.id, error: toStorageError(error).toData() };
    }
  };
  const end = async (): Promise<void> => {
    await maintenance.stop();
    close();
    if (task.location.kind === 'file') task.location.key.fill(0);
    port.close();
  };

  port.on('message', (message: unknown) => {
    const request = storageRequestSchema.parse(message);
    switch (request.type) {
      case 'call':
        return reply(answer(request));
      case 'back-up':
      case 'write-back':
      case 'copy-to':
        return void maintain(maintenance, request).then(reply);
      case 'close':
        return void end();
      default:
        assertNever(request);
    }
  });
  reply({ type: 'opened', opened });
}
