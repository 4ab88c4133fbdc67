// What Electron is told, read from a stand-in for it: a line that goes missing here opens a door that no page of our own
// would ever try, so nothing else would notice.
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Electron from 'electron';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

type Answer = (...values: readonly unknown[]) => unknown;

/** Whatever is set on the session, by the name of what set it. */
const stand = vi.hoisted(() => {
  const set: Record<string, Answer> = {};
  const windows: { webPreferences: Record<string, unknown> }[] = [];
  const app: Record<string, unknown> = { isPackaged: true };
  return { set, windows, app, schemes: [] as unknown[] };
});

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  const take = (name: string) => (handler: Answer) => void (stand.set[name] = handler);
  const names = ['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'];
  const others = [
    'setUSBProtectedClassesHandler',
    'setBluetoothPairingHandler',
    'setDisplayMediaRequestHandler',
    'setCertificateVerifyProc',
  ];
  const defaultSession = {
    ...Object.fromEntries([...names, ...others].map((name) => [name, take(name)])),
    webRequest: { onBeforeRequest: take('onBeforeRequest') },
    on: (event: string, listener: Answer) => void (stand.set[event] = listener),
  };
  class BrowserWindow extends Emitter {
    constructor(options: { webPreferences: Record<string, unknown> }) {
      super();
      stand.windows.push(options);
    }
    loadURL = (url: string): Promise<void> => {
      stand.windows.at(-1)!.webPreferences['url'] = url;
      return Promise.resolve();
    };
  }
  const app = Object.assign(new Emitter(), stand.app);
  stand.app = app;
  const protocol = {
    registerSchemesAsPrivileged: (schemes: unknown[]) => void stand.schemes.push(...schemes),
    handle: (scheme: string, handler: Answer) => void (stand.set[scheme] = handler),
  };
  return { app, BrowserWindow, protocol, session: { defaultSession }, nativeTheme: { shouldUseDarkColors: false } };
});

const { guardPages, guardSession } = await import('./guard-pages.ts');
const { createWindow } = await import('./create-window.ts');
const { registerAppScheme, serveAppScheme } = await import('./app-protocol.ts');
const { noteCrashes } = await import('./crash-reports.ts');
const { createRecordingLogger } = await import('../testing/recording-logger.ts');

const app = () => stand.app as unknown as EventEmitter & { isPackaged: boolean };
/** The value with which `ask` was answered. */
const answerTo = (ask: (answer: Answer) => unknown): unknown => {
  const answer = vi.fn<Answer>();
  ask(answer);
  return answer.mock.calls[0]?.[0];
};
const prevented = (emit: (event: object) => unknown): boolean => {
  const preventDefault = vi.fn();
  emit({ preventDefault });
  return preventDefault.mock.calls.length > 0;
};

describe('session', () => {
  beforeEach(() => {
    app().isPackaged = true;
    guardSession();
  });
  const own = 'app://sotto/';
  const call = (name: string, ...values: unknown[]): unknown => stand.set[name]?.(...values);

  it('answers every question for a permission', () => {
    const asked = (permission: string, requestingUrl: string) =>
      answerTo((answer) => call('setPermissionRequestHandler', null, permission, answer, { requestingUrl }));
    expect([
      asked('media', own),
      asked('clipboard-sanitized-write', own),
      asked('clipboard-sanitized-write', 'https://x/'),
    ]).toEqual([false, true, false]);
    expect(call('setPermissionCheckHandler', null, 'media', own)).toBe(false);
    expect(call('setPermissionCheckHandler', null, 'clipboard-sanitized-write', 'https://x/')).toBe(false);
    expect(call('setDevicePermissionHandler', {})).toBe(false);
    expect(call('setUSBProtectedClassesHandler', { protectedClasses: ['hid'] })).toEqual(['hid']);
    expect(answerTo((answer) => call('setBluetoothPairingHandler', {}, answer))).toEqual({ confirmed: false });
    expect(answerTo((answer) => call('setDisplayMediaRequestHandler', {}, answer))).toBeNull();
  });

  it.each([
    'http://x/',
    'https://x/',
    'ws://x/',
    'wss://x/',
    'file:///x',
    'data:,x',
    'blob:https://x/y',
    'devtools://x',
  ])('loads nothing from %s', (url) => {
    expect(answerTo((answer) => call('onBeforeRequest', { url }, answer))).toEqual({ cancel: true });
  });
  it('loads its own page', () => {
    expect(answerTo((answer) => call('onBeforeRequest', { url: own }, answer))).toEqual({ cancel: false });
  });
  it('believes no certificate, and saves what the page made alone', () => {
    expect(answerTo((answer) => call('setCertificateVerifyProc', {}, answer))).toBe(-2);
    const item = (url: string) => ({ getURLChain: () => [url] });
    expect(prevented((event) => call('will-download', event, item('https://x/a.exe')))).toBe(true);
    expect(prevented((event) => call('will-download', event, item('blob:app://sotto/1-2')))).toBe(false);
  });
});

describe('pages', () => {
  const links: unknown[] = [];
  guardPages((link) => void links.push(link));
  const contents = new EventEmitter() as EventEmitter & {
    setWindowOpenHandler: (handler: Answer) => void;
    open?: Answer;
  };
  contents.setWindowOpenHandler = (handler) => void (contents.open = handler);
  app().emit('web-contents-created', {}, contents);

  it('go nowhere else', () => {
    for (const event of ['will-frame-navigate', 'will-redirect']) {
      const goes = (url: string, isMainFrame: boolean) =>
        !prevented((at) => contents.emit(event, Object.assign(at, { url, isMainFrame })));
      expect([goes('https://x/', true), goes('app://sotto/', false), goes('app://sotto/', true)]).toEqual([
        false,
        false,
        true,
      ]);
    }
    expect(prevented((event) => contents.emit('will-attach-webview', event))).toBe(true);
  });
  it('open nothing, and hand a link on', () => {
    expect(contents.open?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(contents.open?.({ url: 'javascript:1' })).toEqual({ action: 'deny' });
    expect(links).toMatchObject([{ host: 'example.com' }]);
  });
  it('get no certificate, none chosen, and no password', () => {
    const answer = vi.fn<Answer>();
    expect(prevented((event) => app().emit('certificate-error', event, null, '', '', null, answer))).toBe(true);
    expect(answer).toHaveBeenLastCalledWith(false);
    expect(prevented((event) => app().emit('select-client-certificate', event, null, '', [{}], answer))).toBe(true);
    expect(answer).toHaveBeenLastCalledWith();
    expect(prevented((event) => app().emit('login', event, null, {}, {}, answer))).toBe(true);
    expect(answer).toHaveBeenLastCalledWith();
  });
});

describe('windows', () => {
  const shapes = [{ kind: 'main' }, { kind: 'quick-ask', bounds: { x: 0, y: 0, width: 1, height: 1 } }] as const;
  it.each(shapes)('have every wall: $kind', (shape) => {
    for (const isPackaged of [true, false]) {
      app().isPackaged = isPackaged;
      createWindow({ preloadPath: '/p.cjs', operatingSystem: 'linux', shape });
      expect(stand.windows.at(-1)?.webPreferences).toMatchObject({
        preload: '/p.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        devTools: !isPackaged,
        url: expect.stringMatching(/^app:\/\/sotto\//),
      });
    }
  });
  it('have no door that Electron could open beside those', () => {
    const known = [
      'preload',
      'sandbox',
      'contextIsolation',
      'nodeIntegration',
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'webSecurity',
      'webviewTag',
      'navigateOnDragDrop',
      'devTools',
      'spellcheck',
      'backgroundThrottling',
      'url',
    ];
    for (const { webPreferences } of stand.windows)
      expect(known).toEqual(expect.arrayContaining(Object.keys(webPreferences)));
  });
});

describe('own scheme', () => {
  const page = mkdtempSync(join(tmpdir(), 'sotto-scheme-'));
  writeFileSync(join(page, 'index.html'), 'page');
  afterAll(() => rmSync(page, { recursive: true }));
  const ask = async (url: string, method = 'GET'): Promise<Response> => {
    const answer: unknown = await stand.set['app']?.({ url, method });
    return answer as Response;
  };
  it('has an origin and no more rights than a web page', () => {
    registerAppScheme();
    expect(stand.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });
  it('answers for the one host, to GET', async () => {
    serveAppScheme(page);
    const found = await ask('app://sotto/index.html');
    expect([found.status, await found.text()]).toEqual([200, 'page']);
    expect(found.headers.get('content-security-policy')).toContain("default-src 'none'");
    const strangers = ['app://other/index.html', 'app://sotto.evil/', 'app://evil@sotto/', 'app://sotto/../index.html'];
    const answers = await Promise.all(strangers.map(async (url) => (await ask(url)).status));
    expect(answers).toEqual(strangers.map(() => 404));
    for (const method of ['POST', 'HEAD', 'PUT']) expect((await ask('app://sotto/', method)).status).toBe(404);
  });
});

describe('crashes', () => {
  it('leave a line and no dump', () => {
    const logger = createRecordingLogger();
    noteCrashes(logger);
    app().emit('render-process-gone', {}, {}, {
      reason: 'crashed',
      exitCode: 5,
    } satisfies Electron.RenderProcessGoneDetails);
    app().emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit', exitCode: 0 });
    expect(logger.lines).toEqual([
      { level: 'error', event: 'process-gone', fields: { process: 'page', reason: 'crashed', exitCode: 5 } },
    ]);
  });
});

describe('start', () => {
  /** Without comments: what only stands there does nothing. */
  const read = (path: string): string =>
    readFileSync(join(import.meta.dirname, '..', path), 'utf8').replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  // Started by Electron alone, so only their presence can be seen from here.
  it.each([
    ['main/index.ts', 'denyNetwork(globalThis);\nregisterAppScheme();\napp.enableSandbox();'],
    ['main/index.ts', 'if (isStartRefused(platform)) app.exit(2);'],
    ['main/index.ts', 'noteCrashes(platform.logger);'],
    ['main/index.ts', 'app.requestSingleInstanceLock()'],
    ['main/start-shell.ts', 'guardSession();'],
    ['main/start-shell.ts', 'guardPages('],
    ['main/start-shell.ts', 'connectPages('],
    ['host/index.ts', 'denyNetwork(globalThis);'],
    ['cli/index.ts', 'denyNetwork(globalThis);'],
    ['inference/worker/index.ts', 'denyNetwork();'],
    ['parsing/worker/index.ts', 'refuseNetwork();\nrefuseNativeCode();\nwatchMemory(process.argv);'],
    ['storage/worker/index.ts', 'denyNetwork(globalThis);'],
    ['platform/keychain-process/index.ts', 'denyNetwork(globalThis);'],
    ['app/open-app.ts', 'emptyCoreDumps();'],
  ])('%s says %s', (path, line) => expect(read(path)).toContain(line));
  it('guards the session before the first window, and pages before the app is ready', () => {
    const text = read('main/start-shell.ts');
    expect(text.indexOf('guardPages(')).toBeLessThan(text.indexOf('whenReady()'));
    expect(text.indexOf('whenReady()')).toBeLessThan(text.indexOf('guardSession();'));
  });
});

describe('preload', () => {
  const text = readFileSync(join(import.meta.dirname, '..', 'preload', 'index.ts'), 'utf8');
  it('hands over a port to the own origin and to no other', () => {
    expect(text).toContain("window.postMessage('sotto-port', window.location.origin, event.ports)");
    expect(text).not.toMatch(/postMessage\([^)]*'\*'/);
  });
  it('takes nothing of Electron but what it needs', () => {
    expect(text.match(/from '[^']*'/g)).toEqual(["from 'electron'"]);
    expect(text).toContain("import { contextBridge, ipcRenderer, webUtils } from 'electron';");
  });
});
