/** The main process of a small app that uses what Sotto uses, for the contract tests of the double. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';

const folder = app.getAppPath();
const logPath = process.env['SAMPLE_LOG'];
const note = (line: string): void => {
  if (logPath !== undefined) appendFileSync(logPath, `${line}\n`);
};

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' app: https://allowed.example; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

async function answerRequest(request: Request): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  if (host !== 'bundle') return new Response('no such host', { status: 404 });
  if (pathname === '/echo') {
    const { method, headers } = request;
    return Response.json({ method, body: await request.text(), origin: headers.get('origin') });
  }
  const path = join(folder, 'renderer', pathname);
  if (!existsSync(path)) return new Response('no such file', { status: 404 });
  const headers = {
    'content-type': contentTypes[extname(path)] ?? '',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-sample': 'kept',
  };
  return new Response(readFileSync(path), { headers });
}

function guardSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    note(`permission ${permission} ${details.requestingUrl}`);
    answer(permission === 'clipboard-sanitized-write' || permission === 'geolocation');
  });
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission !== 'geolocation');
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event, item) => {
    const [url = ''] = item.getURLChain();
    const isOwn = url.startsWith('blob:app://bundle/');
    if (!isOwn) event.preventDefault();
    note(`download ${item.getFilename()} ${isOwn ? 'own' : 'refused'}`);
  });
  defaultSession.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    const cancel = !url.startsWith('app://bundle/');
    if (cancel) note(`cancelled ${resourceType} ${url}`);
    answer({ cancel });
  });
}

function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    minWidth: 500,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, preload: join(folder, 'preload.cjs') },
  });
  window.once('ready-to-show', () => {
    note('ready-to-show');
    window.show();
  });
  window.on('closed', () => note('closed'));
  const { webContents } = window;
  webContents.setWindowOpenHandler(({ url }) => {
    note(`window-open ${url}`);
    if (url.startsWith('https://docs.')) void shell.openExternal(url);
    return { action: 'deny' };
  });
  webContents.on('will-navigate', (event) => {
    note(`will-navigate ${event.url}`);
    if (!event.url.startsWith('app://bundle/')) event.preventDefault();
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    note(`render-process-gone ${reason}`);
    webContents.reload();
  });
  return window;
}

/** Answers what the page asks of the main process over a port of its own. */
function connectPage(port: Electron.MessagePortMain, toUtility: Electron.MessagePortMain): void {
  let received = 0;
  let isOrdered = true;
  port.on('message', ({ data }) => {
    if (typeof data.flood === 'number') {
      for (let at = 0; at < data.flood; at += 1) port.postMessage({ at, text: 'x'.repeat(80) });
    } else if (typeof data.at === 'number') {
      isOrdered &&= data.at === received;
      received += 1;
      if (data.isLast) port.postMessage({ received, isOrdered });
    } else {
      toUtility.postMessage(data);
    }
  });
  port.on('close', () => note('port closed'));
  port.start();
}

function handleMessages(window: BrowserWindow): void {
  const utility = utilityProcess.fork(join(folder, 'utility.js'), [], {
    serviceName: 'counter',
    stdio: 'pipe',
    execArgv: ['--max-old-space-size=128'],
    env: { ...process.env, SAMPLE_UTILITY: 'yes' },
  });
  utility.stdout?.on('data', (text: Buffer) => note(`utility says ${text.toString().trim()}`));
  utility.on('spawn', () => note(`utility ${utility.pid}`));
  utility.on('message', (message) => note(`utility answers ${JSON.stringify(message)}`));
  utility.on('exit', (code) => note(`utility exit ${code}`));
  const { port1: toUtility, port2 } = new MessageChannelMain();
  utility.postMessage({ kind: 'count' }, [port2]);
  let toPage: Electron.MessagePortMain | undefined;
  toUtility.on('message', ({ data }) => toPage?.postMessage(data));
  toUtility.start();

  ipcMain.on('connect', (event) => {
    note(`connect from ${event.senderFrame?.url} ${event.sender.id === window.webContents.id}`);
    const channel = new MessageChannelMain();
    toPage = channel.port1;
    connectPage(channel.port1, toUtility);
    event.sender.postMessage('port', null, [channel.port2]);
  });
  ipcMain.on('port-from-page', ({ ports: [port] }, greeting: unknown) => {
    port?.on('message', ({ data }) => port.postMessage([greeting, data]));
    port?.start();
  });
  ipcMain.on('direct', (event) => {
    const { port1, port2: far } = new MessageChannelMain();
    utility.postMessage({ kind: 'echo' }, [port1]);
    event.sender.postMessage('direct-port', null, [far]);
  });
  ipcMain.handle('same', (_event, value: unknown) => value);
  ipcMain.handle('fail', () => {
    throw new RangeError('too far');
  });
  ipcMain.handle('choose', async () => (await dialog.showOpenDialog(window, {})).filePaths);
  ipcMain.handle('copy', (_event, text: string) => clipboard.writeText(text));
}

function orderMenu(): void {
  const click = (item: Electron.MenuItem): void => note(`menu ${item.label}`);
  const items: Electron.MenuItemConstructorOptions[] = [
    { id: 'new', label: 'New', accelerator: 'CmdOrCtrl+N', click },
    { id: 'off', label: 'Off', enabled: false, click },
    { id: 'reload', role: 'reload' },
    { id: 'quit', role: 'quit' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'File', submenu: items }]));
}

/** An orderly end that takes time: the first quit is put off until it is done. */
function orderEnd(): void {
  let isTidy = false;
  app.on('before-quit', (event) => {
    note(`before-quit ${isTidy}`);
    if (isTidy || process.env['SAMPLE_TIDY'] === undefined) return;
    event.preventDefault();
    setTimeout(() => {
      isTidy = true;
      app.quit();
    }, 20);
  });
  app.on('will-quit', () => note('will-quit'));
  app.on('quit', (_event, code) => note(`quit ${code}`));
  app.on('window-all-closed', () => {
    note('window-all-closed');
    app.quit();
  });
}

async function start(): Promise<void> {
  await app.whenReady();
  protocol.handle('app', answerRequest);
  guardSession();
  orderMenu();
  nativeTheme.on('updated', () => note(`dark ${nativeTheme.shouldUseDarkColors}`));
  const window = openWindow();
  handleMessages(window);
  await window.loadURL('app://bundle/index.html');
  note(`loaded ${window.webContents.getURL()}`);
}

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.setPath('userData', join(app.getPath('appData'), 'sample-data'));
app.on('web-contents-created', (_event, contents) => note(`contents ${contents.id}`));
orderEnd();
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv) => note(`second-instance ${argv.at(-1)}`));
  start().catch((error: unknown) => {
    note(`fatal ${String(error)}`);
    app.exit(1);
  });
} else {
  app.exit(3);
}
