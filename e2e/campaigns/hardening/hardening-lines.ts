/** A line that keeps something out: exactly this text in this file, and a test that has to notice when it is gone. */
export type HardeningLine = {
  readonly file: string;
  readonly text: string;
  /** Nothing by default. */
  readonly replacement?: string;
  readonly test: string;
};

const shell = 'electron/main/hardening.test.ts';
const tables = 'electron/guards/guard-tables.test.ts';
const messages = 'electron/guards/call-message.test.ts';
const pages = 'electron/main/answer-pages.test.ts';
const host = 'electron/guards/host-request.test.ts';
const fuses = 'scripts/package/fuses.test.mjs';

const inFile = (file: string, test: string, lines: readonly (string | readonly [string, string])[]): HardeningLine[] =>
  lines.map((line) =>
    typeof line === 'string' ? { file, text: line, test } : { file, text: line[0], replacement: line[1], test },
  );

/** Every hardening line of the shell, its guards, its messages and its package. */
export const hardeningLines: readonly HardeningLine[] = [
  ...inFile('electron/main/create-window.ts', shell, [
    '      sandbox: true,\n',
    '      contextIsolation: true,\n',
    '      nodeIntegration: false,\n',
    '      nodeIntegrationInWorker: false,\n',
    '      nodeIntegrationInSubFrames: false,\n',
    '      webSecurity: true,\n',
    '      webviewTag: false,\n',
    '      navigateOnDragDrop: false,\n',
    '      devTools: !app.isPackaged,\n',
  ]),
  ...inFile('electron/main/index.ts', shell, [
    'denyNetwork(globalThis);\n',
    'app.enableSandbox();\n',
    ['if (isStartRefused(platform)) app.exit(2);\nelse if', 'if'],
    'noteCrashes(platform.logger);\n',
  ]),
  ...inFile('electron/main/start-shell.ts', shell, ['guardSession();', ['guardPages(', 'void (']]),
  ...inFile('electron/main/guard-pages.ts', shell, [
    ['return { action };', "return { action: 'allow' };"],
    "  contents.on('will-attach-webview', (event) => event.preventDefault());\n",
    ["contents.on('will-frame-navigate'", "contents.on('did-frame-navigate'"],
    ["contents.on('will-redirect'", "contents.on('did-redirect-navigation'"],
    ['answer({ cancel: !isPageRequestAllowed(request.url, hasDeveloperTools) });', 'answer({ cancel: false });'],
    ['const hasDeveloperTools = !app.isPackaged;', 'const hasDeveloperTools = true;'],
    ['if (!isDownloadAllowed(item.getURLChain())) event.preventDefault();', ''],
    '  defaultSession.setCertificateVerifyProc((_request, answer) => answer(certificateRefused));\n',
    '  refusePermissions(defaultSession);\n',
    ['answer(isPermissionAllowed({ permission, requestingUrl: details.requestingUrl }));', 'answer(true);'],
    ['isPermissionAllowed({ permission, requestingUrl: requestingOrigin }),', 'true,'],
    '  guarded.setDevicePermissionHandler(() => false);\n',
    '  guarded.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);\n',
    '  guarded.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));\n',
    '  guarded.setDisplayMediaRequestHandler((_request, answer) => answer(null));\n',
    ["app.on('certificate-error'", "app.on('browser-window-blur'"],
    ["app.on('select-client-certificate'", "app.on('browser-window-blur'"],
    ["app.on('login'", "app.on('browser-window-blur'"],
    ['answer(false);', 'answer(true);'],
  ]),
  ...inFile('electron/main/app-protocol.ts', shell, [
    ["request.method !== 'GET' || ", ''],
    [' || !isAppUrl(request.url)', ''],
    ['privileges: { standard: true,', 'privileges: { bypassCSP: true, standard: true,'],
  ]),
  ...inFile('electron/preload/index.ts', shell, [['window.location.origin, event.ports', "'*', event.ports"]]),
  ...inFile('electron/app/open-app.ts', shell, ['  emptyCoreDumps();\n']),
  ...inFile('electron/app/page-file.ts', 'electron/app/page-file.test.ts', [
    ['if (relative(await realpath(pageFolder), path) !== normalize(file)) return notFound();', ''],
    ['if (file === null || contentType === null) return notFound();', 'if (file === null) return notFound();'],
  ]),
  ...inFile('electron/guards/app-origin.ts', tables, [
    [" && host === 'sotto'", ''],
    ['protocol === `${appScheme}:` && ', ''],
    [" && username === ''", ''],
  ]),
  ...inFile('electron/guards/navigation.ts', tables, [['isMainFrame && isAppUrl(url)', 'isAppUrl(url)']]),
  ...inFile('electron/guards/ipc-sender.ts', tables, [
    ['isMainFrame && url', 'url'],
    [' && isAppUrl(url)', ''],
  ]),
  ...inFile('electron/guards/permission.ts', tables, [
    ["permission === 'clipboard-sanitized-write' && ", ''],
    [' && isAppUrl(requestingUrl)', ''],
  ]),
  ...inFile('electron/guards/window-open.ts', tables, [
    ["return { action: 'deny',", "return { action: 'allow' as 'deny',"],
  ]),
  ...inFile('electron/guards/external-link.ts', tables, [
    ["if (link.length > linkLimit) return refused('too-long');", ''],
    ['hasInvisibleCharacter(link) || ', ''],
    ["if (url.protocol !== 'https:') return refused('scheme');", ''],
    ["if (url.username !== '' || url.password !== '') return refused('credentials');", ''],
    ["if (!mailHeaders.has(name.toLowerCase())) return refused('mail-header');", ''],
    [
      "if (host === undefined) return refused('no-host');",
      "if (host === undefined) return { status: 'allowed', url: url.href, host: '', kind: 'mail' };",
    ],
  ]),
  ...inFile('electron/guards/page-request.ts', tables, [
    ['(hasDeveloperTools && url.startsWith', '(url.startsWith'],
    ['url.startsWith(`blob:${appOrigin}/`) && ', ''],
  ]),
  ...inFile('electron/guards/download.ts', tables, [
    ['urls.length > 0 && ', ''],
    ['urls.every((url)', 'urls.some((url)'],
  ]),
  ...inFile('electron/guards/static-path.ts', tables, [
    [' && !isDeviceName(part)', ''],
    ['segment.test(part) && ', ''],
    ["if (!path.startsWith('/')) return null;", ''],
  ]),
  ...inFile('electron/guards/page-headers.ts', 'electron/guards/page-headers.test.ts', [
    '  "default-src \'none\'",\n',
    '  "script-src \'self\'",\n',
    '  "base-uri \'none\'",\n',
    '  "form-action \'none\'",\n',
    '  "frame-ancestors \'none\'",\n',
    '  "require-trusted-types-for \'script\'",\n',
    '  "trusted-types \'none\'",\n',
    "    'Content-Security-Policy': contentSecurityPolicy,\n",
    "    'X-Content-Type-Options': 'nosniff',\n",
    "    'Referrer-Policy': 'no-referrer',\n",
    "    'Cross-Origin-Opener-Policy': 'same-origin',\n",
    "    'Cross-Origin-Resource-Policy': 'same-origin',\n",
    "    'Cross-Origin-Embedder-Policy': 'require-corp',\n",
    "    'X-Frame-Options': 'DENY',\n",
  ]),
  ...inFile('electron/guards/weakening-switch.ts', tables, [
    ['?.toLowerCase()', ''],
    ["if (argument === '--') return null;", ''],
  ]),
  ...inFile('electron/guards/weakening-switch.ts', tables, [["  'remote-debugging-port',\n", '']]),
  ...inFile('electron/guards/call-message.ts', messages, [
    [
      "if (typeof data !== 'string') return refused(null, 'not-text');",
      "if (typeof data !== 'string') data = String(data);\n  if (typeof data !== 'string') throw new Error();",
    ],
    ['if (data.length > limit)', 'if (data.length > limit * 99)'],
    ['if (flaw !== null) return refused(id, flaw);', ''],
    ["if (depth > depthLimit) return 'too-deep';", ''],
    ["if (reachesPrototype(key, inner)) return 'forbidden-key';", ''],
    ["key === '__proto__' || ", ''],
    [" || (key === 'constructor' && typeof value === 'object' && value !== null)", ''],
    ['.regex(/^(?!__proto__$)/)', ''],
    ['const callSchema = z.strictObject', 'const callSchema = z.object'],
    ['  p: z.strictObject({', '  p: z.object({'],
  ]),
  ...inFile('electron/guards/page-message.ts', messages, [
    ["&& !named.data.includes('\\0') ", ''],
    ['others.length === 0 && ', ''],
  ]),
  ...inFile('electron/guards/token-bucket.ts', messages, [['const isTaken = tokens >= 1;', 'const isTaken = true;']]),
  ...inFile('electron/app/page-line.ts', pages, [
    ["if (message.kind === 'refused') return this.#refuse(message.id, message.reason);", ''],
    ["if (message.kind === 'call' && !this.#takeToken()) return this.#refuse(message.id, 'too-busy');", ''],
    ['if (id === null) return this.close();', 'if (id === null) return;'],
    ['for (const listener of this.#closeListeners) listener();', ''],
    ["port.on('close', () => this.close());", ''],
  ]),
  ...inFile('electron/main/answer-pages.ts', pages, [
    ['if (!isTrusted(event, logger) || !isInTime(event)) return;', ''],
    [
      "if (!isTrusted(event, logger)) throw new AppError('app/invalid-input', 'This frame may not hand over files');",
      '',
    ],
    ["if (!isInTime(event)) throw new AppError('app/too-busy', 'Too many files at once');", ''],
    ['if (lines.has(sender)) lines.get(sender)?.close();\n        else followEnd', 'followEnd'],
    ["    sender.once('destroyed', () => lines.get(sender)?.close());\n", ''],
    ["    sender.on('render-process-gone', () => lines.get(sender)?.close());\n", ''],
  ]),
  ...inFile('electron/api/call-handler.ts', pages, [
    [
      "throw toWireError(new AppError('app/invalid-input', 'The call cannot be read', {}, { cause: error }));",
      'throw error;',
    ],
    ['if (result.matched) return result;', 'return result;'],
  ]),
  ...inFile('electron/guards/host-request.ts', host, [
    ["if (request.host !== address) return refused('foreign-host');", ''],
    [
      "if (request.origin !== undefined && request.origin !== `http://${address}`) return refused('foreign-origin');",
      '',
    ],
    ["return refused('cross-site');", ''],
    ["return request.hasSession ? allowed('api') : refused('no-session');", "return allowed('api');"],
  ]),
  ...inFile('electron/platform/deny-network.ts', 'electron/platform/deny-network.test.ts', [
    ['writable: false, configurable: false', 'writable: true, configurable: true'],
  ]),
  ...inFile('scripts/package/fuses.mjs', fuses, [
    [
      "name: 'enableNodeOptionsEnvironmentVariable',\n    isOn: false",
      "name: 'enableNodeOptionsEnvironmentVariable',\n    isOn: true",
    ],
    [
      "name: 'enableNodeCliInspectArguments',\n    isOn: false",
      "name: 'enableNodeCliInspectArguments',\n    isOn: true",
    ],
    [
      "name: 'enableEmbeddedAsarIntegrityValidation',\n    isOn: true",
      "name: 'enableEmbeddedAsarIntegrityValidation',\n    isOn: false",
    ],
    ["name: 'onlyLoadAppFromAsar', isOn: true", "name: 'onlyLoadAppFromAsar', isOn: false"],
    [
      "name: 'grantFileProtocolExtraPrivileges',\n    isOn: false",
      "name: 'grantFileProtocolExtraPrivileges',\n    isOn: true",
    ],
  ]),
];
