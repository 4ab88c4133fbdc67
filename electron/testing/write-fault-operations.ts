import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Handlers } from '../storage/operations.ts';
import { createMaintenance } from '../storage/worker/maintenance.ts';
import { openDatabase } from '../storage/worker/open-database.ts';
import type { ReadyDatabase } from '../storage/worker/open-database.ts';
import type { MessageId } from '../shared/ids.ts';
import { buildConversation, buildDocument, buildMessage } from './build-records.ts';
import { storageWorkerPath } from './open-test-storage.ts';

/** An open database with what an operation works on. */
export type FaultBench = {
  readonly ready: ReadyDatabase;
  readonly handlers: Handlers;
  readonly path: string;
  readonly key: Uint8Array;
};

const conversation = buildConversation({ title: 'Kept' });
const removed = buildConversation({ title: 'Removed' });
const message = buildMessage(conversation.id, { parts: [{ type: 'text', text: 'Said before' }] });
const appended = buildMessage(conversation.id, {
  parentId: message.id,
  parts: [{ type: 'text', text: 'x'.repeat(9_000) }],
});
const { document, passages } = buildDocument(Array.from({ length: 60 }, (_, index) => `Passage ${index} of a book.`));

/** What every bench holds before an operation. */
export function fillFaultBench({ ready, handlers }: Pick<FaultBench, 'ready' | 'handlers'>): void {
  ready.run(() => handlers['conversations.insert'](conversation));
  ready.run(() => handlers['conversations.insert'](removed));
  ready.run(() => handlers['messages.append'](message));
  ready.run(() => handlers['conversations.remove'](removed.id, 1_000));
}

const maintenanceOf = ({ ready, path, key }: FaultBench) =>
  createMaintenance({
    database: ready.database,
    location: { kind: 'file', path, key },
    workerPath: storageWorkerPath,
    isReadOnly: false,
  });

/** Where `copyTo` puts its copy, and under which key. */
export const copyKey = randomBytes(32);
/** The path of that copy beside the database at `path`. */
export const copyPath = (path: string): string => join(path, '..', 'copy.db');

/** One operation that is made to fail at each of its writes; throws what the user would be told. */
export type FaultOperation = {
  readonly name: string;
  /** What the operation begins with: an open database, the closed files, a database of version 1, or nothing. */
  readonly from: 'open' | 'closed' | 'old' | 'none';
  readonly work: (bench: FaultBench) => Promise<void> | void;
};

const call = (name: string, work: (handlers: Handlers) => unknown): FaultOperation => ({
  name,
  from: 'open',
  work: ({ ready, handlers }) => void ready.run(() => work(handlers)),
});

const open = (name: string, from: 'closed' | 'old' | 'none'): FaultOperation => ({
  name,
  from,
  work: ({ path, key }) => openDatabase({ kind: 'file', path, key }).close(),
});

/** The operations that the campaign tries, each with its writes. */
export const faultOperations: readonly FaultOperation[] = [
  open('first open', 'none'),
  open('open', 'closed'),
  open('migrate', 'old'),
  call('append a message', (handlers) => handlers['messages.append'](appended)),
  call('update a message', (handlers) =>
    handlers['messages.update'](message.id, {
      parts: [{ type: 'text', text: 'y'.repeat(9_000) }],
      status: 'interrupted',
    }),
  ),
  call('remove a conversation', (handlers) => handlers['conversations.remove'](conversation.id, 2_000)),
  call('restore a conversation', (handlers) => handlers['conversations.restore'](removed.id)),
  call('change a setting', (handlers) => handlers['settings.update']({ language: 'de' })),
  {
    name: 'insert a document',
    from: 'open',
    work: ({ ready, handlers }) => {
      ready.run(() => handlers['documents.stagePassages'](document.description.id, 0, passages));
      ready.run(() => handlers['documents.insert'](document));
    },
  },
  {
    name: 'purge',
    from: 'open',
    work: ({ ready, handlers }) => {
      while (!ready.run(() => handlers['maintenance.purge'](5_000)).isDone);
    },
  },
  { name: 'back up', from: 'open', work: (bench) => maintenanceOf(bench).backUp() },
  {
    name: 'copy to another file',
    from: 'open',
    work: (bench) => maintenanceOf(bench).copyTo({ path: copyPath(bench.path), key: copyKey }),
  },
];

/** A change that every storage must still take after one that failed. */
export function appendAfterwards({ ready, handlers }: FaultBench): MessageId {
  const last = buildMessage(conversation.id, { parts: [{ type: 'text', text: 'Said afterwards' }] });
  ready.run(() => handlers['conversations.restore'](conversation.id));
  ready.run(() => handlers['messages.append'](last));
  return last.id;
}
