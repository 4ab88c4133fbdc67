// A large export of another program, taken in and given out again: how long it takes, how much memory the process that
// reads it needs at most, and how long the main process is held up.
//
//   npm run campaign -- import-exports [MEGABYTES, 200 unless told]
//
// The file is in the shape of ChatGPT's, alone and in an archive. The bar is 50 ms of event-loop delay at the 99th
// percentile, and that everything arrives.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createExportReader } from '../../electron/parsing/create-export-reader.ts';
import { createChildProcessLauncher } from '../../electron/parsing/launchers/child-process-launcher.ts';
import { createLogger } from '../../electron/platform/create-logger.ts';
import { createSystemClock } from '../../electron/platform/system-clock.ts';
import { createFilesService } from '../../electron/services/files/create-files-service.ts';
import type { FilesService } from '../../electron/services/files/files-service.ts';
import { createPrivacyService } from '../../electron/services/privacy/create-privacy-service.ts';
import { createTransferService } from '../../electron/services/transfer/create-transfer-service.ts';
import type { TransferService } from '../../electron/services/transfer/transfer-service.ts';
import { createId, messageIdSchema } from '../../electron/shared/ids.ts';
import { createStorage } from '../../electron/storage/create-storage.ts';
import type { Storage } from '../../electron/storage/storage.ts';
import { buildConversation, buildMessage } from '../../electron/testing/build-records.ts';
import { buildChatgptConversation, chatgptText } from '../../electron/testing/build-exports.ts';

const megabytes = Number(process.argv[2] ?? 200);
const never = new AbortController().signal;
const clock = createSystemClock();
const logger = createLogger({
  clock,
  homeFolder: homedir(),
  minimumLevel: 'warn',
  write: (line) => void process.stderr.write(line),
});
const sources = join(import.meta.dirname, '../../electron');

/** A conversation of 40 turns whose answers are some pages long. */
function conversation(number: number): string {
  const answer = `Paragraph ${number} says what it says, with “quotes”, ünïcode and \`code\`.\n`.repeat(60);
  const nodes = Array.from({ length: 40 }, (_, at) => ({
    id: `n${at}`,
    parent: at === 0 ? 'system' : `n${at - 1}`,
    role: at % 2 === 0 ? 'user' : 'assistant',
    content: chatgptText(at % 2 === 0 ? `Question ${at} of ${number}?` : answer),
  }));
  const id = `conversation-${number}`;
  return JSON.stringify(buildChatgptConversation({ id, conversation_id: id, title: `Talk ${number}` }, nodes));
}

async function writeExport(path: string): Promise<number> {
  const file = createWriteStream(path);
  let bytes = 0;
  let count = 0;
  while (bytes < megabytes * 1e6) {
    const text = `${count === 0 ? '[' : ',\n'}${conversation(count)}`;
    bytes += Buffer.byteLength(text);
    count += 1;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end(']');
  await finished(file);
  return count;
}

/** The most memory that any child of this process has used so far, in megabytes; by the kernel's own account. */
async function watchChildren(signal: AbortSignal): Promise<number> {
  let peak = 0;
  while (!signal.aborted) {
    for (const task of await readdir('/proc/self/task')) {
      const children = await readFile(`/proc/self/task/${task}/children`, 'utf8').catch(() => '');
      for (const child of children.split(' ').filter((id) => id !== '')) {
        const status = await readFile(`/proc/${child}/status`, 'utf8').catch(() => '');
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_000);
      }
    }
    await wait(200, undefined, { signal }).catch(() => undefined);
  }
  return peak;
}

async function measured<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const stop = new AbortController();
  const peak = watchChildren(stop.signal);
  const startedAt = performance.now();
  delay.enable();
  const result = await work();
  delay.disable();
  stop.abort();
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const [p99, most] = [delay.percentile(99), delay.max].map((nanoseconds) => (nanoseconds / 1e6).toFixed(1));
  console.log(
    `${what.padEnd(24)} ${seconds.padStart(7)} s   reader ${(await peak).toFixed(0).padStart(5)} MB at most   ` +
      `event loop p99 ${p99} ms, most ${most} ms   main process ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
  );
  if (delay.percentile(99) > 50e6) process.exitCode = 1;
  return result;
}

/** One conversation of 10,000 messages, out and in again. */
async function measureLongOne(storage: Storage, transfer: TransferService, files: FilesService, folder: string) {
  const ids = Array.from({ length: 10_000 }, () => createId(messageIdSchema));
  const long = buildConversation({ title: 'Long', tipId: ids.at(-1)! });
  const parts = [
    { type: 'text', text: 'A sentence of an answer that is neither long nor short.\n'.repeat(20) } as const,
  ];
  const messages = ids.map((id, at) => buildMessage(long.id, { id, parentId: ids[at - 1] ?? null, parts }));
  await storage.messages.insertConversation(long, messages);
  const path = join(folder, 'long.json');
  for (const format of ['html', 'markdown', 'json'] as const) {
    await measured(`10,000 messages as ${format}`, async () => {
      const file = createWriteStream(path);
      const request = { conversationIds: [long.id], format };
      for await (const { text } of transfer.export(request, never)) file.write(text);
      file.end();
      await finished(file);
    });
  }
  await storage.conversations.remove(long.id);
  const { ticket } = await files.ticketForPath(path);
  const report = await measured('10,000 messages in', () => transfer.import(ticket, never));
  if (report.messages !== ids.length) throw new Error(JSON.stringify(report));
}

async function withStorage(folder: string, work: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = await createStorage({
    location: { kind: 'file', path: join(folder, 'chats.db'), key: randomBytes(32) },
    workerPath: join(sources, 'storage/worker/index.ts'),
    clock,
    logger,
  });
  try {
    await work(storage);
  } finally {
    await storage.close();
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-import-'));
  const path = join(folder, 'conversations.json');
  const files = await createFilesService({ temporaryFolder: join(folder, 'uploads') });
  const workerPath = join(sources, 'parsing/worker/index.ts');
  const reader = createExportReader({ launcher: createChildProcessLauncher(), clock, logger, workerPath });
  try {
    const count = await writeExport(path);
    console.log(`${megabytes} MB, ${count} conversations of 40 messages`);
    await withStorage(folder, async (storage) => {
      const presets = { list: () => storage.presets.list() };
      const { settings } = storage;
      const privacy = createPrivacyService({ storage, settings });
      const parts = { storage, presets, settings, privacy, files, reader, clock, systemLanguage: 'en' };
      const transfer = createTransferService(parts);
      const take = async (file: string) => await transfer.import((await files.ticketForPath(file)).ticket, never);
      const report = await measured('import', () => take(path));
      if (report.conversations !== count || report.messages !== count * 40) throw new Error(JSON.stringify(report));
      execFileSync('zip', ['-q', '-1', '-j', join(folder, 'export.zip'), path]);
      const again = await measured('import of the archive', () => take(join(folder, 'export.zip')));
      if (again.skipped[0]?.reason !== 'already-imported') throw new Error(JSON.stringify(again));
      for (const format of ['json', 'markdown', 'html'] as const) {
        let characters = 0;
        await measured(`export as ${format}`, async () => {
          const request = { conversationIds: null, format };
          for await (const piece of transfer.export(request, never)) characters += piece.text.length;
        });
        if (characters < megabytes * 5e5) throw new Error(`Only ${characters} characters`);
      }
      await measureLongOne(storage, transfer, files, folder);
    });
  } finally {
    await reader.close();
    await files.close();
    await rm(folder, { recursive: true });
  }
}

await main();
