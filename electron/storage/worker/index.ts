// Entry of the threads that work on the database: one that serves it, and short ones for long work.
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { storageTaskSchema } from '../protocol.ts';
import type { StorageReply, StorageTask } from '../protocol.ts';
import type { StorageTaskReply } from '../run-storage-task.ts';
import { denyNetwork } from '../../platform/deny-network.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { forgetKeys, verifyCopy } from './backups.ts';
import { copyDatabase } from './copy-database.ts';
import { inspectDamaged, listBackups, rescueDamaged, restoreBackup } from './damage-tasks.ts';
import { serve } from './serve.ts';
import { toStorageError } from './to-storage-error.ts';

function perform(task: Exclude<StorageTask, { readonly task: 'serve' }>): unknown {
  switch (task.task) {
    case 'finish-backup':
      forgetKeys(task.file.path, task.file.key);
      return verifyCopy(task.file.path, task.file.key);
    case 'copy':
      return copyDatabase(task.source, task.target);
    case 'list-backups':
      return listBackups(task.file);
    case 'restore-backup':
      return restoreBackup(task.file, task.name, task.now);
    case 'inspect':
      return inspectDamaged(task.file);
    case 'rescue':
      return rescueDamaged(task.file, task.now);
    default:
      return assertNever(task);
  }
}

function performOnce(port: MessagePort, task: Exclude<StorageTask, { readonly task: 'serve' }>): void {
  const reply = (message: StorageTaskReply): void => port.postMessage(message);
  try {
    reply({ type: 'task-result', output: perform(task) });
  } catch (error) {
    reply({ type: 'task-error', error: toStorageError(error).toData() });
  }
  port.close();
}

denyNetwork(globalThis);
if (!parentPort) throw new Error('This file is the entry of a worker thread.');
const task = storageTaskSchema.parse(workerData);
if (task.task === 'serve') {
  try {
    serve(parentPort, task);
  } catch (error) {
    const message: StorageReply = { type: 'open-error', error: toStorageError(error).toData() };
    parentPort.postMessage(message);
    parentPort.close();
  }
} else performOnce(parentPort, task);
