import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExportReader } from '../parsing/create-export-reader.ts';
import { createChildProcessLauncher } from '../parsing/launchers/child-process-launcher.ts';
import { createFilesService } from '../services/files/create-files-service.ts';
import { createPrivacyService } from '../services/privacy/create-privacy-service.ts';
import { createTransferService } from '../services/transfer/create-transfer-service.ts';
import type { TransferService } from '../services/transfer/transfer-service.ts';
import type { Conversation } from '../shared/conversation.ts';
import type { ConversationId } from '../shared/ids.ts';
import type { Message } from '../shared/message.ts';
import type { ExportFormat, ImportReport } from '../shared/transfer.ts';
import type { Storage } from '../storage/storage.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { openTestStorage } from './open-test-storage.ts';

/** A transfer to try things on. */
export type TransferBench = {
  readonly storage: Storage;
  readonly transfer: TransferService;
  /** Of the test's own. */
  readonly folder: string;
  /** Imports a file of the given name and content. */
  take(name: string, content: string | Uint8Array, signal?: AbortSignal): Promise<ImportReport>;
  /** The same for one that a browser sends. */
  upload(name: string, content: Uint8Array): Promise<ImportReport>;
  /** The files of an export by their names; all conversations unless some are named. */
  give(format: ExportFormat, conversationIds?: readonly ConversationId[]): Promise<ReadonlyMap<string, string>>;
  /** Every conversation with its whole tree, the latest first. */
  everything(): Promise<readonly { readonly conversation: Conversation; readonly messages: readonly Message[] }[]>;
  close(): Promise<void>;
};

const never: AbortSignal = new AbortController().signal;

/** The transfer of conversations over a database in memory, with the real files and storage, and by default processes. Close it. */
export async function openTransfer(launcher = createChildProcessLauncher()): Promise<TransferBench> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-transfer-'));
  const clock = createSystemClock();
  const storage: Storage = await openTestStorage({ clock });
  const files = await createFilesService({ temporaryFolder: join(folder, 'uploads') });
  const reader = createExportReader({
    launcher,
    clock,
    logger: createRecordingLogger(),
    workerPath: join(import.meta.dirname, '..', 'parsing', 'worker', 'index.ts'),
  });
  const transfer = createTransferService({
    storage,
    presets: { list: () => storage.presets.list() },
    settings: storage.settings,
    privacy: createPrivacyService({ storage, settings: storage.settings }),
    files,
    reader,
    clock,
    systemLanguage: 'en-GB',
  });
  return {
    storage,
    transfer,
    folder,
    async take(name, content, signal = never) {
      const path = join(folder, name);
      await writeFile(path, content);
      return await transfer.import((await files.ticketForPath(path)).ticket, signal);
    },
    async upload(name, content) {
      async function* bytes(): AsyncGenerator<Uint8Array> {
        yield content;
      }
      return await transfer.import((await files.ticketForUpload(name, bytes(), content.byteLength)).ticket, never);
    },
    async give(format, conversationIds) {
      const written = new Map<string, string>();
      for await (const { fileName, text } of transfer.export(
        { conversationIds: conversationIds ?? null, format },
        never,
      )) {
        written.set(fileName, `${written.get(fileName) ?? ''}${text}`);
      }
      return written;
    },
    async everything() {
      const conversations = await storage.conversations.list();
      return await Promise.all(
        conversations.map(async (conversation) => ({
          conversation,
          messages: await storage.messages.ofConversation(conversation.id),
        })),
      );
    },
    async close() {
      await reader.close();
      await files.close();
      await storage.close();
      await rm(folder, { recursive: true });
    },
  };
}
