import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakePageDoor, type PageEnd } from '../testing/fake-page.ts';
import { listCalls } from '../testing/fuzzed-messages.ts';
import { fuzzPages } from '../testing/ipc-fuzz.ts';
import { openTestApp, type TestApp } from '../testing/open-test-app.ts';
import { createRecordingLogger } from '../testing/recording-logger.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { answerPages } from './answer-pages.ts';

let folder: string;
let opened: TestApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-pages-'));
  opened = await openTestApp({ dataFolder: join(folder, 'data'), platform: { openExternal: () => Promise.resolve() } });
  await writeFile(join(folder, 'note.txt'), 'Hello');
});
afterAll(async () => {
  await opened.app.close();
  await rm(folder, { recursive: true, force: true });
});

function openDoor() {
  const page = new FakePageDoor();
  const logger = createRecordingLogger();
  answerPages(page.door, Promise.resolve(opened.app.context({ canNamePaths: false })), logger);
  return { page, logger };
}

/** What came on a line so far, as objects. */
const read = (line: PageEnd): unknown[] => line.received.map((text) => JSON.parse(String(text)) as unknown);
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('pages', { timeout: 30_000 }, () => {
  it('get an answer to a call, and tickets for paths', async () => {
    const { page } = openDoor();
    const line = await page.connect();
    line.post('{"i":"1","p":{"u":"/app/describe"}}');
    await line.next();
    expect(read(line)).toMatchObject([{ i: '1', p: { b: { json: { door: 'terminal' } } } }]);
    expect(await page.send('sotto-ticket', [join(folder, 'note.txt')])).toMatchObject({
      name: 'note.txt',
      sizeBytes: 5,
    });
  });

  it('are refused from any frame but the main one', async () => {
    const { page, logger } = openDoor();
    await page.send('sotto-connect', [], { url: 'app://sotto/' });
    await page.send('sotto-connect', [], null);
    expect(page.contents.ports).toEqual([]);
    const path = join(folder, 'note.txt');
    expect(await page.send('sotto-ticket', [path], { url: 'app://sotto/' })).toMatchObject({
      error: { code: 'app/invalid-input' },
    });
    expect(logger.lines.filter(({ event }) => event === 'ipc-sender-refused')).toHaveLength(3);
  });

  it('are told of each refusal, and lose a line on which nobody could be told', async () => {
    const { page, logger } = openDoor();
    const line = await page.connect();
    line.post('{"i":"7","p":{"u":"/app/describe","b":{"json":{"__proto__":{}}}}}');
    await line.next();
    expect(read(line)).toMatchObject([
      {
        i: '7',
        p: {
          s: 400,
          b: { json: { code: 'APP_ERROR', data: { code: 'app/invalid-input', details: { reason: 'forbidden-key' } } } },
        },
      },
    ]);
    line.post({ i: '8' });
    await line.next();
    expect(line.isClosed).toBe(true);
    expect(logger.lines.map(({ event }) => event)).toEqual(['call-refused', 'call-refused']);
  });

  it('are told when they ask too fast, and heard again a second later', async () => {
    const { page } = openDoor();
    const line = await page.connect();
    for (let call = 0; call < 10_001; call += 1) line.post(`{"i":"${call}","p":{"u":"/none"}}`);
    while (line.received.length < 10_001) await line.next();
    const busy = line.received.filter((text) => String(text).includes('app/too-busy'));
    expect(busy).toHaveLength(1);
    page.timeMs += 1_000;
    line.received.length = 0;
    line.post('{"i":"a","p":{"u":"/app/describe"}}');
    await line.next();
    expect(read(line)).toMatchObject([{ i: 'a', p: { b: { json: { door: 'terminal' } } } }]);
  });

  it('may hand over thousands of files at once, and are told when it is more', async () => {
    const { page } = openDoor();
    const codes: unknown[] = [];
    for (let file = 0; file < 20_001; file += 1) codes.push(await page.send('sotto-ticket', ['']));
    expect(codes.filter((answer) => JSON.stringify(answer).includes('file/not-found'))).toHaveLength(20_000);
    expect(codes.at(-1)).toMatchObject({ error: { code: 'app/too-busy' } });
  });

  // A page that reloads or crashes leaves calls behind that would stream into nothing for as long as the app lives.
  it.each<[string, (page: FakePageDoor, line: PageEnd) => Promise<unknown> | void]>([
    ['is closed by the page', (_page, line) => line.close()],
    ['is replaced, as by a reload', (page) => page.connect()],
    ['loses its process', (page) => void page.contents.emit('render-process-gone', {}, {})],
    ['loses its window', (page) => void page.contents.emit('destroyed')],
  ])('end the calls of a line that %s', async (_name, end) => {
    const page = new FakePageDoor();
    const context = opened.app.context({ canNamePaths: false });
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
    const { promise: aborted, resolve } = Promise.withResolvers<string>();
    const status = {
      watch: (signal: AbortSignal) => {
        signal.addEventListener('abort', () => resolve('aborted'));
        begin(undefined);
        return opened.app.services.status.watch(signal);
      },
    };
    // All that this call takes.
    const services = { status } as unknown as typeof context.services;
    answerPages(page.door, Promise.resolve({ ...context, services }), createRecordingLogger());
    const line = await page.connect();
    line.post('{"i":"1","p":{"u":"/app/watchStatus"}}');
    await begun;
    await end(page, line);
    expect(await aborted).toBe('aborted');
    await settle();
    expect(line.isClosed || page.contents.ports.length > 1).toBe(true);
  });

  it('answer 2,000 hostile messages with types, over every call and channel', async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', note);
    const { page } = openDoor();
    const tally = await fuzzPages(page, 2_000, createSeededRandom(7));
    await settle();
    process.off('unhandledRejection', note);
    expect(tally.failures).toEqual([]);
    expect(rejections).toEqual([]);
    expect(tally.calls.size).toBe(listCalls().length + 2);
    expect(tally.outcomes.get('answered')).toBeGreaterThan(100);
  });
});
