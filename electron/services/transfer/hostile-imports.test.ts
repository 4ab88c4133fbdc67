import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createExportReader } from '../../parsing/create-export-reader.ts';
import { createChildProcessLauncher } from '../../parsing/launchers/child-process-launcher.ts';
import { exportLimits } from '../../parsing/worker/conversation-exports/export-limits.ts';
import { AppError } from '../../shared/app-error.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import {
  buildChatgptTurn,
  buildJanThread,
  buildLmStudioConversation,
  buildOpenWebuiChat,
} from '../../testing/build-exports.ts';
import { createInProcessExportLauncher } from '../../testing/in-process-export-launcher.ts';
import { openTransfer } from '../../testing/open-transfer.ts';
import type { TransferBench } from '../../testing/open-transfer.ts';
import { writeZip } from '../../testing/zip-writer.ts';

const workerPath = join(import.meta.dirname, '../../parsing/worker/index.ts');
const turn = JSON.stringify([buildChatgptTurn('One?', 'One.')]);

describe('a hostile import', { timeout: 30_000 }, () => {
  let bench: TransferBench;
  beforeAll(async () => {
    bench = await openTransfer(createInProcessExportLauncher());
  });
  afterAll(async () => await bench.close());
  beforeEach(async () => {
    for (const { id } of await bench.storage.conversations.list()) await bench.storage.conversations.remove(id);
  });

  /** What came of it: a code, or the counts. */
  async function outcome(name: string, content: string | Uint8Array): Promise<string> {
    try {
      const { conversations } = await bench.take(name, content);
      return `taken ${conversations}`;
    } catch (error) {
      if (!AppError.isInstance(error)) throw error;
      const left = await bench.storage.conversations.list();
      return left.length === 0 ? error.code : `${error.code}, but took ${left.length}`;
    }
  }

  it.each([
    ['a letter', 'letter.txt', 'Dear Anna, { how } are [you]?', 'transfer/unknown-format'],
    ['JSON of something else', 'a.json', '{"name":"x","list":[1,2,{"a":null}]}', 'transfer/unknown-format'],
    ['a list of something else', 'a.json', '[1,"two",{"three":3}]', 'transfer/unknown-format'],
    ['a number', 'a.json', '12', 'transfer/unknown-format'],
    ['an empty list', 'a.json', '[]', 'transfer/unknown-format'],
    ['an empty object', 'a.json', '{}', 'transfer/unknown-format'],
    ['nothing', 'a.json', '', 'file/empty'],
    ['blanks', 'a.json', ' \n\t ', 'transfer/damaged'],
    ['zero bytes', 'a.json', '\0\0\0\0', 'transfer/unknown-format'],
    ['UTF-16', 'a.json', Buffer.from(`\ufeff${turn}`, 'utf16le'), 'transfer/unknown-format'],
    ['a byte-order mark', 'a.json', `\ufeff${turn}`, 'taken 1'],
    ['words after the end', 'a.json', `${turn} and more`, 'transfer/damaged'],
    ['a missing comma', 'a.json', `[${turn.slice(1, -1)} ${turn.slice(1)}`, 'transfer/damaged'],
    ['a comma too many', 'a.json', `${turn.slice(0, -1)},]`, 'transfer/damaged'],
    ['brackets that do not match', 'a.json', `[{"mapping":{]}}]`, 'transfer/unknown-format'],
    ['a million brackets', 'a.json', '['.repeat(1_000_000), 'transfer/damaged'],
    ['a million nested lists', 'a.json', `${'['.repeat(1e6)}${']'.repeat(1e6)}`, 'transfer/unknown-format'],
    [
      'an export of a newer Sotto',
      'a.json',
      '{"format":"sotto-conversations","version":2,"conversations":[]}',
      'transfer/unknown-format',
    ],
    [
      'an export without a chat',
      'a.json',
      '{"format":"sotto-conversations","version":1,"conversations":[]}',
      'taken 0',
    ],
    ['a name that is longer than any', 'a.json', `{"${'n'.repeat(40_000_000)}":1}`, 'transfer/unknown-format'],
    ['a conversation of 40 MB', 'a.json', `[{"mapping":{"a":"${'n'.repeat(40_000_000)}"}}]`, 'transfer/too-large'],
    ['an empty archive', 'a.zip', writeZip([]), 'transfer/unknown-format'],
    ['an archive of letters', 'a.zip', writeZip([{ name: 'a.txt', content: 'x' }]), 'transfer/unknown-format'],
    [
      'a path out of the archive',
      'a.zip',
      writeZip([{ name: '../../conversations.json', content: turn }]),
      'transfer/damaged',
    ],
    ['an absolute path', 'a.zip', writeZip([{ name: '/etc/conversations.json', content: turn }]), 'transfer/damaged'],
    [
      'an archive that lies about a size',
      'a.zip',
      writeZip([{ name: 'conversations.json', content: turn, claimedBytes: 3 }]),
      'transfer/damaged',
    ],
    [
      'a broken list in an archive',
      'a.zip',
      writeZip([{ name: 'conversations.json', content: turn.slice(0, -9) }]),
      'transfer/damaged',
    ],
    [
      'one broken chat of two in an archive',
      'a.zip',
      writeZip([
        { name: '1.conversation.json', content: '{"name":' },
        { name: '2.conversation.json', content: JSON.stringify(buildLmStudioConversation()) },
      ]),
      'taken 1',
    ],
    [
      'half an archive',
      'a.zip',
      writeZip([{ name: 'conversations.json', content: turn }]).subarray(0, 300),
      'transfer/damaged',
    ],
  ])('takes nothing of %s, or what is whole', async (_what, name, content, expected) => {
    expect(await outcome(name, content)).toBe(expected);
  });

  // What counts is what really comes out of an archive, not what it says, and in all of its files together.
  it('stops reading where an archive has unpacked more than the limit', async () => {
    const megabyte = Buffer.alloc(1024 ** 2, 0x20);
    const members = [1, 2, 3, 4].map((at) => ({
      name: `conversations-${at}.json`,
      content: Buffer.concat([megabyte, Buffer.from(turn)]),
    }));
    const limits = { ...exportLimits, totalBytes: 3 * 1024 ** 2 };
    const limited = await openTransfer(createInProcessExportLauncher(limits));
    const bomb = writeZip(members);
    expect(bomb.length).toBeLessThan(20_000);
    try {
      await expect(limited.take('bomb.zip', bomb)).rejects.toMatchObject({ code: 'transfer/too-large' });
      const plain = Buffer.concat([megabyte, megabyte, megabyte, Buffer.from(turn)]);
      await expect(limited.take('large.json', plain)).rejects.toMatchObject({ code: 'transfer/too-large' });
      expect(await limited.storage.conversations.list()).toEqual([]);
      expect(await limited.take('small.zip', writeZip(members.slice(0, 2)))).toMatchObject({ conversations: 1 });
    } finally {
      await limited.close();
    }
  });

  // What is cut off must not look like what is whole: every prefix of every format.
  it('takes nothing of an export that is cut off anywhere', async () => {
    const { lines } = buildJanThread();
    const whole: readonly (readonly [string, string])[] = [
      ['conversations.json', turn],
      ['chats.json', JSON.stringify([buildOpenWebuiChat()])],
      ['a.conversation.json', JSON.stringify(buildLmStudioConversation())],
      ['messages.jsonl', lines.map((line) => JSON.stringify(line)).join('\n')],
    ];
    for (const [name, text] of whole) {
      for (let at = 1; at < text.length; at += 1 + Math.floor(text.length / 60)) {
        const cut = text.slice(0, at);
        // A list of lines that ends with a line is whole.
        if (name.endsWith('l') && cut.endsWith('}')) continue;
        expect(await outcome(name, cut), `${name} at ${at}`).toBe('transfer/damaged');
      }
    }
  });

  it('refuses a folder, a file that is gone and a pipe', async () => {
    const reader = createExportReader({
      launcher: createChildProcessLauncher(),
      clock: createSystemClock(),
      logger: createRecordingLogger(),
      workerPath,
    });
    const code = async (path: string): Promise<unknown> => {
      const steps = reader.read({ path, name: 'x' }, new AbortController().signal)[Symbol.asyncIterator]();
      return await steps.next().then(
        () => 'read',
        (error: unknown) => (AppError.isInstance(error) ? error.code : error),
      );
    };
    const pipe = join(bench.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await Promise.all([code(bench.folder), code(join(bench.folder, 'none')), code(pipe)])).toEqual([
      'file/is-folder',
      'file/not-found',
      'file/unreadable',
    ]);
    await reader.close();
  });

  it('takes back what it took when the file changes under it', async () => {
    const items = Array.from({ length: 400 }, (_, at) =>
      JSON.stringify(buildChatgptTurn('Q'.repeat(20_000), 'A', { id: `c${at}`, conversation_id: `c${at}` })),
    );
    const insert = bench.storage.messages.insertConversation;
    const path = join(bench.folder, 'changing.json');
    let inserted = 0;
    bench.storage.messages.insertConversation = async (...args) => {
      inserted += 1;
      if (inserted === 3) {
        const file = await open(path, 'r+');
        await file.truncate(6_000_000);
        await file.close();
      }
      await insert(...args);
    };
    try {
      expect(await outcome('changing.json', `[${items.join()}]`)).toBe('transfer/damaged');
    } finally {
      bench.storage.messages.insertConversation = insert;
    }
    expect(inserted).toBeGreaterThan(3);
  });

  it('takes back what it took when it is told to stop', async () => {
    const stop = new AbortController();
    const insert = bench.storage.messages.insertConversation;
    bench.storage.messages.insertConversation = async (...args) => {
      await insert(...args);
      stop.abort();
    };
    try {
      const items = [1, 2, 3].map((at) => buildChatgptTurn('Q', 'A', { id: `s${at}`, conversation_id: `s${at}` }));
      await expect(bench.take('stop.json', JSON.stringify(items), stop.signal)).rejects.toThrow('aborted');
    } finally {
      bench.storage.messages.insertConversation = insert;
    }
    expect(await bench.storage.conversations.list()).toEqual([]);
  });

  it.each([
    ['ends', 'process.on("message", () => process.exit(3));'],
    ['talks nonsense', 'process.on("message", () => process.send({ type: "export-steps", steps: [{ step: "x" }] }));'],
    [
      'eats all memory',
      'process.on("message", () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); });',
    ],
    ['falls silent', 'process.on("message", () => {});'],
  ])('gives up when the process that reads %s', async (what, source) => {
    const clock = createFakeClock();
    const path = join(bench.folder, 'worker.mjs');
    const file = await open(path, 'w');
    await file.writeFile(source);
    await file.close();
    const reader = createExportReader({
      launcher: createChildProcessLauncher(),
      clock,
      logger: createRecordingLogger(),
      workerPath: path,
      memoryLimitMegabytes: 64,
    });
    const steps = reader.read({ path, name: 'x' }, new AbortController().signal)[Symbol.asyncIterator]();
    const first = steps.next();
    first.catch(() => undefined);
    if (what === 'falls silent') await clock.advance(60_000);
    await expect(first).rejects.toMatchObject({ code: 'transfer/too-large' });
    await reader.close();
  });
});
