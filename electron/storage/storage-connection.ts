import { Worker } from 'node:worker_threads';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import { assertNever } from '../shared/assert-never.ts';
import { operations } from './operations.ts';
import type { OperationInput, OperationName, OperationOutput } from './operations.ts';
import { storageReplySchema } from './protocol.ts';
import type { StorageReply, StorageRequest, StorageTask } from './protocol.ts';
import type { DatabaseFile, OpenedDatabase } from './storage.ts';

/** A request before it has its number. */
type Unnumbered<Request> = Request extends { readonly id: number } ? Omit<Request, 'id'> : never;

type PendingCall = { readonly resolve: (output: unknown) => void; readonly reject: (error: AppError) => void };

/** The app's end of the worker thread: numbers the calls, and fails all that wait when the thread dies. */
export class StorageConnection {
  private readonly worker: Worker;
  private readonly logger: Logger;
  private readonly pending = new Map<number, PendingCall>();
  private readonly opening = Promise.withResolvers<OpenedDatabase>();
  private readonly gone = Promise.withResolvers<void>();
  private lastId = 0;
  private isOver = false;

  constructor(workerPath: string, workerData: StorageTask, logger: Logger) {
    this.logger = logger;
    this.worker = new Worker(workerPath, { workerData, name: 'storage' });
    this.worker.on('message', (message: unknown) => this.receive(message));
    this.worker.on('error', (error) =>
      this.logger.error('storage-worker-error', { message: AppError.from(error).message }),
    );
    this.worker.on('exit', (exitCode) => this.end(exitCode));
  }

  /** Resolves when the database is open; throws what kept it from opening. */
  opened(): Promise<OpenedDatabase> {
    return this.opening.promise;
  }

  /** Throws AppError `storage/unavailable` when the thread is gone, and whatever the operation throws. */
  async call<Name extends OperationName>(name: Name, ...input: OperationInput<Name>): Promise<OperationOutput<Name>> {
    const output = await this.request({ type: 'call', name, input });
    // The schema is the one of this very name, which the compiler does not follow through the table.
    return operations[name].output.parse(output) as OperationOutput<Name>;
  }

  /** Lets the calls made so far finish, closes the database and waits for the thread to end. */
  close(): Promise<void> {
    if (!this.isOver) {
      this.isOver = true;
      this.post({ type: 'close' });
    }
    return this.gone.promise;
  }

  /** See `DatabaseMaintenance.backUp`. */
  async backUp(): Promise<void> {
    await this.request({ type: 'back-up' });
  }

  /** See `DatabaseMaintenance.writeBack`. */
  async writeBack(): Promise<void> {
    await this.request({ type: 'write-back' });
  }

  /** See `DatabaseMaintenance.copyTo`. */
  async copyTo(target: DatabaseFile): Promise<void> {
    await this.request({ type: 'copy-to', target });
  }

  private request(request: Unnumbered<StorageRequest>): Promise<unknown> {
    if (this.isOver) return Promise.reject(unavailable());
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = ++this.lastId;
    this.pending.set(id, { resolve, reject });
    this.post({ ...request, id });
    return promise;
  }

  private post(request: StorageRequest): void {
    this.worker.postMessage(request);
  }

  private receive(message: unknown): void {
    const { data: reply, error } = storageReplySchema.safeParse(message);
    if (error) {
      this.logger.error('storage-worker-garbled', { message: error.message });
      // Nobody knows which call this answered: ending the thread fails them all instead of letting one wait for ever.
      void this.worker.terminate();
      return;
    }
    switch (reply.type) {
      case 'opened':
        return this.opening.resolve(reply.opened);
      case 'open-error':
        return this.opening.reject(AppError.fromData(reply.error));
      case 'call-result':
      case 'call-error':
        return this.settle(reply);
      default:
        return assertNever(reply);
    }
  }

  private settle(reply: Extract<StorageReply, { readonly id: number }>): void {
    const call = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if (reply.type === 'call-result') call?.resolve(reply.output);
    else call?.reject(AppError.fromData(reply.error));
  }

  private end(exitCode: number): void {
    if (!this.isOver) this.logger.error('storage-worker-exit', { exitCode, pendingCalls: this.pending.size });
    this.isOver = true;
    this.opening.reject(unavailable());
    for (const { reject } of this.pending.values()) reject(unavailable());
    this.pending.clear();
    this.gone.resolve();
  }
}

function unavailable(): AppError {
  return new AppError('storage/unavailable', 'The database is closed.');
}
