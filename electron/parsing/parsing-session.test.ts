import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../platform/system-clock.ts';
import { documentHashSchema } from '../shared/ids.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createDocumentReader } from './create-document-reader.ts';
import type { DocumentReaderOptions } from './create-document-reader.ts';
import { createPageDrawer } from './create-page-drawer.ts';
import { createChildProcessLauncher } from './launchers/child-process-launcher.ts';
import type { ParsingLauncher } from './parsing-launcher.ts';

const source = import.meta.dirname;
const realWorker = join(source, 'worker', 'index.ts');
const signal = new AbortController().signal;

let folder = '';
let ends: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-parsing-'));
  ends = [];
});
afterEach(async () => {
  for (const end of ends) await end();
  await rm(folder, { recursive: true });
});

const write = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const parts = (options: Partial<DocumentReaderOptions>): DocumentReaderOptions => ({
  launcher: createChildProcessLauncher(),
  clock: createSystemClock(),
  logger: createRecordingLogger(),
  workerPath: realWorker,
  ...options,
});

function open<Opened extends { close(): Promise<void> }>(
  create: (options: DocumentReaderOptions) => Opened,
  options: Partial<DocumentReaderOptions> = {},
): Opened {
  const opened = create(parts(options));
  ends.push(async () => await opened.close());
  return opened;
}

/** A worker that takes memory in its own way and never gives the event loop a turn. */
const greedy = (take: string): string => `
  import { watchMemory } from ${JSON.stringify(join(source, 'worker', 'watch-memory.ts'))};
  watchMemory(process.argv);
  process.on('message', () => { const kept = []; for (;;) { ${take} } });`;

describe('the memory limit of the parsing process', { timeout: 30_000 }, () => {
  // A heap limit sees only the first: pictures and buffers lie outside of it.
  it.each([
    ['objects', 'kept.push(Array.from({ length: 1_000 }, (_, index) => ({ index })));'],
    ['buffers', 'kept.push(Buffer.alloc(4 * 1024 * 1024, 1));'],
  ])('ends a document that takes too many %s, as its fault', async (_what, take) => {
    const reader = open(createDocumentReader, {
      workerPath: await write('greedy.mjs', greedy(take)),
      memoryLimitMegabytes: 200,
    });
    const reading = reader.read({ path: await write('a.txt', 'words'), name: 'a.txt' }, { signal });
    await expect(reading).rejects.toMatchObject({ code: 'file/too-complex', details: { name: 'a.txt' } });
  });
});

describe('the deadline of the parsing process', { timeout: 30_000 }, () => {
  const progress = (isPageDone: boolean): string =>
    `process.on('message', ({ id }) => setInterval(() =>
       process.send({ type: 'read-progress', id, fraction: 0.5, isPageDone: ${isPageDone} }), 5));`;

  /** Moves the clock by half a deadline whenever word of progress came. */
  async function readWith(isPageDone: boolean, times: number) {
    const clock = createFakeClock();
    const reader = open(createDocumentReader, {
      clock,
      workerPath: await write('busy.mjs', progress(isPageDone)),
      deadlineMs: 1_000,
      overallDeadlineMs: 10_000,
    });
    let heard = Promise.withResolvers<void>();
    const reading = reader.read(
      { path: await write('a.txt', 'words'), name: 'a.txt' },
      { signal, onProgress: () => heard.resolve() },
    );
    let failure: unknown = null;
    reading.catch((error: unknown) => (failure = error));
    for (let time = 0; time < times && failure === null; time += 1) {
      heard = Promise.withResolvers();
      await Promise.race([heard.promise, reading.catch(() => undefined)]);
      await clock.advance(500);
    }
    return { failure, passedMs: clock.monotonicMs() };
  }

  it('is renewed by every page, up to the time for all of them', async () => {
    expect(await readWith(true, 12)).toMatchObject({ failure: null });
    const { failure, passedMs } = await readWith(true, 100);
    expect([failure, passedMs]).toMatchObject([{ code: 'parsing/timeout' }, 10_000]);
  });

  // A loop that reports progress for ever must not live for ever.
  it('is not renewed by progress alone', async () => {
    const { failure, passedMs } = await readWith(false, 100);
    expect([failure, passedMs]).toMatchObject([{ code: 'parsing/timeout' }, 1_000]);
  });
});

describe('two readers', { timeout: 30_000 }, () => {
  it('do not wait for each other', async () => {
    const path = await write('a.txt', 'Words.');
    const stuck = open(createDocumentReader, {
      workerPath: await write('stuck.mjs', "process.on('message', () => { for (;;) {} });"),
    });
    stuck.read({ path, name: 'a.txt' }, { signal }).catch(() => undefined);
    expect((await open(createDocumentReader).read({ path, name: 'a.txt' }, { signal })).text).toBe('Words.');
  });
});

/** A launcher that notes which pages were asked for, over a worker that draws them as one byte. */
async function notingLauncher(asked: number[]): Promise<{ launcher: ParsingLauncher; workerPath: string }> {
  const launcher = createChildProcessLauncher();
  return {
    workerPath: await write(
      'draw.mjs',
      `process.on('message', ({ id, page }) => setTimeout(() => process.send(
         { type: 'page-image', id, bytes: new Uint8Array([page]), widthPixels: 1, heightPixels: 1 }), 20));`,
    ),
    launcher: {
      launch: (launch) => {
        const started = launcher.launch(launch);
        return {
          onMessage: (listener) => started.onMessage(listener),
          onExit: (listener) => started.onExit(listener),
          kill: () => started.kill(),
          send: (message) => {
            if (typeof message === 'object' && message && 'page' in message) asked.push(Number(message.page));
            started.send(message);
          },
        };
      },
    },
  };
}

describe('createPageDrawer', { timeout: 30_000 }, () => {
  const hashOf = (content: string | Uint8Array) =>
    documentHashSchema.parse(createHash('sha256').update(content).digest('hex'));

  it('draws the newest page first, and never one that nobody waits for', async () => {
    const asked: number[] = [];
    const drawer = open(createPageDrawer, await notingLauncher(asked));
    const file = { path: await write('a.pdf', '%PDF-'), name: 'a.pdf' };
    const gone = new AbortController();
    const draw = async (page: number, stop = signal): Promise<number | undefined> =>
      (await drawer.draw({ file, hash: hashOf('%PDF-'), page, widthPixels: 100 }, stop)).bytes[0];
    const first = draw(1);
    await first;
    const flipped = [draw(2), draw(3, gone.signal), draw(4)];
    gone.abort();
    const drawn = await Promise.allSettled(flipped);
    expect(drawn.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(asked).toEqual([1, 4, 2]);
  });

  it('refuses a file with other bytes than the document, and one without pictures', async () => {
    const drawer = open(createPageDrawer);
    const path = await write('a.txt', 'new words');
    const request = { file: { path, name: 'a.txt' }, page: 1, widthPixels: 100 };
    const changed = drawer.draw({ ...request, hash: hashOf('old words') }, signal);
    await expect(changed).rejects.toMatchObject({ code: 'file/changed' });
    const text = drawer.draw({ ...request, hash: hashOf('new words') }, signal);
    await expect(text).rejects.toMatchObject({ code: 'file/unsupported-format' });
  });

  it('draws a page of a real PDF as a PNG of the width that was asked for', async () => {
    const { default: Pdf } = await import('pdfkit');
    const written = new Pdf({ size: [300, 400] });
    written.fontSize(20).text('Words on a page');
    written.end();
    const pieces: Uint8Array[] = [];
    for await (const piece of written) pieces.push(Buffer.from(piece as Uint8Array));
    const bytes = Buffer.concat(pieces);
    const request = { file: { path: await write('a.pdf', bytes), name: 'a.pdf' }, hash: hashOf(bytes) };
    const image = await open(createPageDrawer).draw({ ...request, page: 1, widthPixels: 600 }, signal);
    expect(image).toMatchObject({ widthPixels: 600, heightPixels: 800 });
    expect(Buffer.from(image.bytes).toString('latin1', 1, 4)).toBe('PNG');
  });
});

describe('files that are no files', { timeout: 30_000 }, () => {
  it('are refused with a typed error, and nobody waits for a writer', async () => {
    const { execFileSync } = await import('node:child_process');
    const { symlink } = await import('node:fs/promises');
    if (process.platform === 'win32') return;
    const at = (name: string): string => join(folder, name);
    execFileSync('mkfifo', [at('pipe.txt')]);
    await symlink(at('loop.txt'), at('loop.txt'));
    await symlink(at('away'), at('gone.txt'));
    const reader = open(createDocumentReader);
    const code = async (path: string): Promise<unknown> =>
      await reader.read({ path, name: 'a.txt' }, { signal }).catch((error: unknown) => error);
    expect(await code(at('pipe.txt'))).toMatchObject({ code: 'file/unreadable' });
    expect(await code('/dev/zero')).toMatchObject({ code: 'file/unreadable' });
    expect(await code(at('loop.txt'))).toMatchObject({ code: 'file/unreadable' });
    expect(await code(at('gone.txt'))).toMatchObject({ code: 'file/not-found' });
    expect(await code(folder)).toMatchObject({ code: 'file/is-folder' });
    expect(await code(`${at('pipe.txt')}/a`)).toMatchObject({ code: 'file/not-found' });
  });

  it('are read under names with line breaks', async () => {
    const path = await write('two\nlines.md', '# One');
    const document = await open(createDocumentReader).read({ path, name: 'two\nlines.md' }, { signal });
    expect(document).toMatchObject({ text: '# One', format: 'markdown' });
  });
});
