import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppStatus } from '../../shared/app-status.ts';
import { conversationIdSchema, createId, downloadIdSchema, modelIdSchema } from '../../shared/ids.ts';
import type { Download } from '../../shared/download.ts';
import type { LibraryProgress } from '../../shared/library.ts';
import type { Storage } from '../../storage/storage.ts';
import { createFakeClock, settle } from '../../testing/fake-clock.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createScriptedDesktop } from '../../testing/scripted-desktop.ts';
import type { ScriptedDesktop } from '../../testing/scripted-desktop.ts';
import { createToldValue } from '../../testing/told-value.ts';
import { createSettingsService } from '../settings/create-settings-service.ts';
import { createDesktopService } from './create-desktop-service.ts';
import { longWorkMs } from './work-board.ts';
import { eventually } from '../../testing/eventually.ts';

const status: AppStatus = {
  engine: { state: 'ready', isSafeMode: false },
  model: { id: modelIdSchema.parse('sha256:0123456789abcdef'), name: 'Small one', contextTokens: null, loaded: null },
  tokensPerSecond: null,
  indexing: null,
  keeping: 'session-only',
  isOffline: true,
  answeringAt: null,
  waitingIn: [],
};
const download: Download = {
  id: createId(downloadIdSchema),
  repository: 'someone/some-model',
  name: 'some-model',
  quantisation: null,
  state: 'running',
  doneBytes: 50,
  totalBytes: 100,
  bytesPerSecond: null,
  remainingMs: null,
  error: null,
  retryInMs: null,
  modelId: null,
  startedAt: 0,
};
const noReading: LibraryProgress = {
  filesDone: 0,
  filesTotal: 0,
  current: null,
  pause: null,
  remainingMs: null,
  isRebuilding: false,
};

let storage: Storage;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await storage.close();
});

async function open(desktop: ScriptedDesktop | null) {
  const clock = createFakeClock();
  const logger = createRecordingLogger();
  const settings = createSettingsService({
    repository: storage.settings,
    writeEarlySettings: () => Promise.resolve(),
    logger,
  });
  const [statuses, downloads, reading] = [
    createToldValue(status),
    createToldValue<readonly Download[]>([]),
    createToldValue(noReading),
  ];
  const service = createDesktopService({
    desktop,
    settings,
    clock,
    logger,
    status: statuses,
    downloads,
    summaries: { watchQueue: createToldValue([]).watch, get: () => Promise.reject(new Error('There is none.')) },
    library: {
      list: () => Promise.resolve([]),
      progress: noReading,
      watchProgress: reading.watch,
      setPaused: async (isIndexingPaused) => void (await settings.update({ isIndexingPaused })),
    },
    documents: {
      list: () => Promise.resolve([]),
      watchReading: createToldValue([]).watch,
      progress: null,
      onProgress: () => () => undefined,
    },
  });
  ends.push(async () => await service.close());
  /** Lets what was told arrive; the database answers from its own thread. */
  const arrive = async (): Promise<void> => {
    await settings.get();
    await settle();
    await clock.advance(2_000);
  };
  await arrive();
  return { clock, logger, settings, service, statuses, downloads, arrive };
}

const leaving = (): AbortSignal => {
  const controller = new AbortController();
  ends.push(async () => controller.abort());
  return controller.signal;
};

describe('createDesktopService', () => {
  it('tells the desktop what the settings say, and each change once, in their order', async () => {
    const desktop = createScriptedDesktop();
    const { settings, arrive } = await open(desktop);
    expect(desktop.calls).toEqual([
      { call: 'setShortcut', accelerator: 'Alt+Space' },
      { call: 'setClosesToTray', isOn: false },
      { call: 'setLocksWithScreen', isOn: false },
    ]);
    const before = desktop.calls.length;
    await settings.update({ quickAskShortcut: 'Control+Shift+K' });
    await arrive();
    await settings.update({ theme: 'dark' });
    await settings.update({ startsAtLogin: true, quickAskShortcut: null });
    await arrive();
    expect(desktop.calls.slice(before)).toEqual([
      { call: 'setShortcut', accelerator: 'Control+Shift+K' },
      { call: 'setShortcut', accelerator: null },
      { call: 'setStartsAtLogin', isOn: true },
    ]);
  });

  it('shows model, lock, pause and progress, each state once', async () => {
    const desktop = createScriptedDesktop();
    const { settings, statuses, downloads, arrive } = await open(desktop);
    const idle = { modelName: 'Small one', state: 'idle', isOffline: true, isIndexingPaused: false, progress: null };
    expect(desktop.activities).toEqual([idle]);
    statuses.tell({ ...status, tokensPerSecond: 12 });
    await arrive();
    statuses.tell({ ...status, engine: { state: 'busy', isSafeMode: false }, isOffline: false });
    await arrive();
    await settings.update({ isIndexingPaused: true });
    downloads.tell([download]);
    await arrive();
    const busy = { ...idle, state: 'busy', isOffline: false };
    expect(desktop.activities.slice(1)).toEqual([
      busy,
      { ...busy, isIndexingPaused: true },
      { ...busy, isIndexingPaused: true, progress: 0.5 },
    ]);
  });

  it('tells of long work that ended, by its name and nothing else, unless the person wants no notifications', async () => {
    const desktop = createScriptedDesktop();
    const { settings, downloads, clock, arrive } = await open(desktop);
    const run = async (): Promise<void> => {
      downloads.tell([download]);
      await arrive();
      await clock.advance(longWorkMs);
      downloads.tell([{ ...download, state: 'done' }]);
      await arrive();
    };
    await run();
    const told = desktop.calls.filter(({ call }) => call === 'notify');
    expect(told).toEqual([{ call: 'notify', work: { kind: 'download', name: 'some-model', isFailed: false } }]);
    await settings.update({ notifiesWhenDone: false });
    await run();
    expect(desktop.calls.filter(({ call }) => call === 'notify')).toEqual(told);
  });

  it('tells once of each question that waits for a decision, unless the person wants no notifications', async () => {
    // Catches the question that waits the whole day behind a hidden window.
    const desktop = createScriptedDesktop();
    const { settings, statuses, arrive } = await open(desktop);
    const [first, second] = [createId(conversationIdSchema), createId(conversationIdSchema)];
    const wait = async (...waitingIn: AppStatus['waitingIn']): Promise<void> => {
      statuses.tell({ ...status, waitingIn });
      await arrive();
    };
    await wait(first);
    await wait(first, second);
    await wait(second);
    await settings.update({ notifiesWhenDone: false });
    await wait(second, first);
    const told = desktop.calls.flatMap((made) => (made.call === 'notify' ? [made.work] : []));
    expect(told).toEqual([
      { kind: 'waiting', conversationId: first },
      { kind: 'waiting', conversationId: second },
    ]);
  });

  it('says nothing once it is closed: what is locked has no names', async () => {
    const desktop = createScriptedDesktop();
    const { service, downloads, statuses, clock, arrive } = await open(desktop);
    downloads.tell([download]);
    await arrive();
    await clock.advance(longWorkMs);
    await service.close();
    const [calls, activities] = [desktop.calls.length, desktop.activities.length];
    downloads.tell([{ ...download, state: 'done' }]);
    statuses.tell({ ...status, model: null });
    await arrive();
    expect([desktop.calls.length, desktop.activities.length]).toEqual([calls, activities]);
  });

  it('halts indexing and lets it go on as the tray asks', async () => {
    const desktop = createScriptedDesktop();
    const { settings } = await open(desktop);
    desktop.command('toggle-indexing-pause');
    await eventually(async () => expect(await settings.get()).toMatchObject({ isIndexingPaused: true }));
    desktop.command('toggle-indexing-pause');
    await eventually(async () => expect(await settings.get()).toMatchObject({ isIndexingPaused: false }));
  });

  it('passes on what is asked of a window, also what was asked before it listened', async () => {
    const desktop = createScriptedDesktop();
    const { service } = await open(desktop);
    desktop.request('main', { type: 'new-chat' });
    const requests = service.requests('main', leaving())[Symbol.asyncIterator]();
    expect((await requests.next()).value).toEqual({ type: 'new-chat' });
  });

  it('survives a desktop that throws at every call', async () => {
    // Catches an app that ends, or settings that cannot be stored, because there is no session bus.
    const desktop = createScriptedDesktop({ failure: new Error('No bus') });
    const { settings, service, logger, arrive } = await open(desktop);
    await settings.update({ quickAskShortcut: 'Alt+K', startsAtLogin: true });
    await arrive();
    expect(await settings.get()).toMatchObject({ quickAskShortcut: 'Alt+K' });
    const states = service.watch(leaving())[Symbol.asyncIterator]();
    expect((await states.next()).value).toMatchObject({ shortcut: { status: 'unavailable' } });
    expect(new Set(logger.lines.map(({ event }) => event))).toEqual(
      new Set(['desktop-call-failed', 'desktop-not-followed', 'desktop-silent']),
    );
  });

  it('has nothing and asks nothing behind a door without a desktop, until the listener leaves', async () => {
    const { service } = await open(null);
    const controller = new AbortController();
    const states = service.watch(controller.signal)[Symbol.asyncIterator]();
    expect((await states.next()).value).toMatchObject({ shortcut: { status: 'unavailable' }, hasTray: false });
    const requests = service.requests('main', controller.signal)[Symbol.asyncIterator]();
    const [nextState, nextRequest] = [states.next(), requests.next()];
    controller.abort();
    expect(await Promise.all([nextState, nextRequest])).toMatchObject([{ done: true }, { done: true }]);
  });
});
