import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFilesService } from '../services/files/create-files-service.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createDocumentReader } from './create-document-reader.ts';
import type { DocumentReaderOptions } from './create-document-reader.ts';
import type { DocumentReader, ReadDocument } from './document-reader.ts';
import { createChildProcessLauncher } from './launchers/child-process-launcher.ts';

const realWorker = join(import.meta.dirname, 'worker', 'index.ts');

describe('createDocumentReader', { timeout: 30_000 }, () => {
  let folder = '';
  let readers: DocumentReader[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-reader-'));
    readers = [];
  });
  afterEach(async () => {
    for (const reader of readers) await reader.close();
    await rm(folder, { recursive: true });
  });

  const open = (options: Partial<DocumentReaderOptions> = {}): DocumentReader => {
    const parts = {
      launcher: createChildProcessLauncher(),
      clock: createSystemClock(),
      logger: createRecordingLogger(),
    };
    const reader = createDocumentReader({ ...parts, workerPath: realWorker, ...options });
    readers.push(reader);
    return reader;
  };
  const signal = new AbortController().signal;
  const write = async (name: string, bytes: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  const read = async (reader: DocumentReader, name: string, bytes: string | Uint8Array): Promise<ReadDocument> =>
    await reader.read({ path: await write(name, bytes), name }, { signal });
  const worker = async (source: string): Promise<string> => await write('worker.mjs', source);

  it('hands back text, headings, passages and the hash of the bytes that it read', async () => {
    const bytes = '# One\r\n\r\nFirst line.\r\n\r\n## Two\r\n\r\nSecond line.';
    const document = await read(open(), 'notes.md', bytes);
    expect(document.text).toBe('# One\n\nFirst line.\n\n## Two\n\nSecond line.');
    expect(document).toMatchObject({
      format: 'markdown',
      encoding: 'utf-8',
      words: 6,
      lines: 7,
      pages: null,
      title: 'One',
    });
    expect(document.hash).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(document.headings).toEqual([
      { level: 1, title: 'One', start: 0 },
      { level: 2, title: 'Two', start: 20 },
    ]);
    expect(document.passages).toEqual([
      { start: 0, end: 40, lines: { first: 1, last: 7 }, page: null, headings: ['One'] },
    ]);
  });

  // Uploads lie sealed; the key must cross to the process, and the hash must be that of the content.
  it('reads a sealed upload like the file that it was', async () => {
    const text = 'One line. '.repeat(20_000);
    const files = await createFilesService({ temporaryFolder: join(folder, 'uploads') });
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text);
    }
    const { ticket } = await files.ticketForUpload('notes.txt', bytes(), 1_000_000);
    const document = await open().read(files.resolve(ticket), { signal });
    expect(document.text).toBe(text);
    expect(document.hash).toBe(createHash('sha256').update(text).digest('hex'));
    await files.close();
  });

  // A text cut into slices on the way must come back whole, also where a slice ends between two surrogates.
  it('reads a text that is longer than many slices without a change', async () => {
    const text = `x${'🙂 wörd.\n'.repeat(200_000)}`.trimEnd();
    const document = await read(open(), 'long.txt', text);
    expect(document.text).toBe(text);
    expect(document.text.slice(document.passages.at(-1)?.start, document.passages.at(-1)?.end)).toMatch(/wörd\.$/);
  });

  it.each([
    ['a document of an old Office', 'letter.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file/unsupported-format'],
    ['RTF that calls itself text', 'report.txt', '{\\rtf1 and so on', 'file/unsupported-format'],
    ['an archive', 'letters.zip', 'PK\u0003\u0004 of something', 'file/binary'],
    ['a model', 'model.txt', 'GGUF\u0003\0\0\0', 'file/binary'],
    ['a text with zero bytes', 'notes.txt', `${'words '.repeat(50)}\0\u0001`, 'file/binary'],
    ['control characters', 'notes.txt', '\u0001\u0002\u0003\u0004\u0005 words', 'file/binary'],
    ['an empty file', 'empty.txt', '', 'file/empty'],
    ['blank space', 'blank.txt', ' \n\t\n \r\n', 'file/empty'],
    ['a byte-order mark and nothing else', 'mark.txt', '\uFEFF', 'file/empty'],
  ])('refuses %s', async (_what, name, bytes, code) => {
    const reader = open();
    await expect(read(reader, name, bytes)).rejects.toMatchObject({ code, details: { name } });
    // The process that refused one file reads the next.
    expect((await read(reader, 'next.txt', 'Still here.')).text).toBe('Still here.');
  });

  it('refuses a folder, a file that is not there and one that is too large', async () => {
    const reader = open({ limitBytes: 10 });
    await expect(reader.read({ path: folder, name: 'f' }, { signal })).rejects.toMatchObject({
      code: 'file/is-folder',
    });
    const missing = reader.read({ path: join(folder, 'none'), name: 'none' }, { signal });
    await expect(missing).rejects.toMatchObject({ code: 'file/not-found' });
    await expect(read(reader, 'big.txt', 'eleven byte')).rejects.toMatchObject({
      code: 'file/too-large',
      details: { sizeBytes: 11, limitBytes: 10 },
    });
  });

  it('ends a worker that goes past the deadline, and reads the next document with a fresh one', async () => {
    const clock = createFakeClock();
    let workerPath = await worker("process.on('message', () => { for (;;) {} });");
    const launcher = createChildProcessLauncher();
    const reader = open({
      clock,
      launcher: { launch: (launch) => launcher.launch({ ...launch, workerPath }) },
      deadlineMs: 5_000,
    });
    const hanging = read(reader, 'a.txt', 'words');
    hanging.catch(() => undefined);
    while (clock.waiting === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(5_000);
    await expect(hanging).rejects.toMatchObject({ code: 'parsing/timeout' });
    workerPath = realWorker;
    expect((await read(reader, 'b.txt', 'Words.')).text).toBe('Words.');
  });

  it('says that the worker crashed when it ends in mid-document', async () => {
    const reader = open({ workerPath: await worker("process.on('message', () => process.exit(1));") });
    await expect(read(reader, 'a.txt', 'words')).rejects.toMatchObject({ code: 'parsing/crashed' });
  });

  it('says that the worker crashed when it sends what is not in the protocol', async () => {
    const reader = open({
      workerPath: await worker("process.on('message', () => process.send({ type: 'read-end' }));"),
    });
    await expect(read(reader, 'a.txt', 'words')).rejects.toMatchObject({ code: 'parsing/crashed' });
  });

  it('lets go at once when told to stop, also in the queue', async () => {
    const reader = open({ workerPath: await worker("process.on('message', () => { for (;;) {} });") });
    const path = await write('a.txt', 'words');
    const [running, queued] = [new AbortController(), new AbortController()];
    const first = reader.read({ path, name: 'a.txt' }, { signal: running.signal });
    const second = reader.read({ path, name: 'a.txt' }, { signal: queued.signal });
    queued.abort();
    await expect(second).rejects.toThrow('aborted');
    running.abort();
    await expect(first).rejects.toThrow('aborted');
  });

  it('ends what it is doing when it is closed', async () => {
    const reader = open({ workerPath: await worker("process.on('message', () => { for (;;) {} });") });
    const reading = read(reader, 'a.txt', 'words');
    reading.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await reader.close();
    await expect(reading).rejects.toMatchObject({ code: 'app/closing' });
  });

  // A document that talks a parser into a request must find nothing to make it with, and nothing to write to.
  it('runs its worker without network and without leave to write or to start programs', async () => {
    const probe = `
      import { refuseNetwork } from ${JSON.stringify(join(import.meta.dirname, 'worker', 'refuse-network.ts'))};
      import { writeFileSync } from 'node:fs';
      import { execSync } from 'node:child_process';
      refuseNetwork();
      const refused = (act) => { try { act(); return 'allowed'; } catch { return 'refused'; } };
      process.on('message', () => process.send([
        refused(() => fetch('http://127.0.0.1')),
        refused(() => writeFileSync(${JSON.stringify(join('/', 'tmp', 'sotto-must-not-exist'))}, 'x')),
        refused(() => execSync('true')),
        Object.keys(process.env).join(),
      ]));`;
    const started = createChildProcessLauncher().launch({ workerPath: await worker(probe), memoryLimitMegabytes: 128 });
    const answer = new Promise((resolve) => started.onMessage(resolve));
    started.send({});
    const [network, file, program, environment] = (await answer) as string[];
    started.kill();
    expect([network, file, program]).toEqual(['refused', 'refused', 'refused']);
    expect(environment).not.toContain('HOME');
  });
});
