// Where the product does what only one place may do: open a window, leave the app, run a program, answer a page.
import ts from 'typescript';
import { isTestFile } from './source-files.mjs';

/**
 * How a sink is recognised: by `call` (`name(…)` or `….name(…)`), `member` (`object.name`, called or handed on), `create`
 * (`new Name(…)`), `use` (the bare name anywhere) or `from` (an import of values from that module).
 *
 * @typedef {{ name: string, call?: string, member?: [string, string], create?: string, use?: string, from?: string,
 *   sites: readonly string[], reason: string }} Sink
 */

/** @type {readonly Sink[]} */
export const sinks = [
  {
    name: 'a window',
    create: 'BrowserWindow',
    sites: ['electron/main/create-window.ts'],
    reason: 'one factory sets every wall',
  },
  { name: 'a view beside a window', create: 'WebContentsView', sites: [], reason: 'has no factory, so no walls' },
  { name: 'an older view', create: 'BrowserView', sites: [], reason: 'has no factory, so no walls' },
  {
    name: 'a page from an address',
    call: 'loadURL',
    sites: ['electron/main/create-window.ts'],
    reason: 'only the app’s own',
  },
  { name: 'a page from a file', call: 'loadFile', sites: [], reason: 'file:// has no policy' },
  { name: 'a script in a page', call: 'executeJavaScript', sites: [], reason: 'the page is asked by its line' },
  { name: 'a script in a page’s world', call: 'executeJavaScriptInIsolatedWorld', sites: [], reason: 'the same' },
  { name: 'a style in a page', call: 'insertCSS', sites: [], reason: 'styles come with the page' },
  {
    name: 'new windows of pages',
    call: 'setWindowOpenHandler',
    sites: ['electron/main/guard-pages.ts'],
    reason: 'one answer: none',
  },
  {
    name: 'a link that leaves',
    member: ['shell', 'openExternal'],
    sites: ['electron/main/electron-platform.ts'],
    reason: 'after the guard and a confirmation',
  },
  {
    name: 'a file opened by its program',
    member: ['shell', 'openPath'],
    sites: [],
    reason: 'starts whatever the file says',
  },
  {
    name: 'a requests filter',
    member: ['*', 'webRequest'],
    sites: ['electron/main/guard-pages.ts'],
    reason: 'a second one would replace the first',
  },
  {
    name: 'permissions asked',
    call: 'setPermissionRequestHandler',
    sites: ['electron/main/guard-pages.ts'],
    reason: 'a second one would replace the first',
  },
  {
    name: 'permissions checked',
    call: 'setPermissionCheckHandler',
    sites: ['electron/main/guard-pages.ts'],
    reason: 'a second one would replace the first',
  },
  {
    name: 'certificates',
    call: 'setCertificateVerifyProc',
    sites: ['electron/main/guard-pages.ts'],
    reason: 'refuses all',
  },
  { name: 'another session', call: 'fromPartition', sites: [], reason: 'would have none of the guards' },
  { name: 'another session by path', call: 'fromPath', sites: [], reason: 'would have none of the guards' },
  { name: 'a proxy', call: 'setProxy', sites: [], reason: 'nothing goes through the session' },
  {
    name: 'an extension',
    call: 'loadExtension',
    sites: ['electron/storage/worker/open-encrypted-file.ts'],
    reason: 'the search of vectors, into the database; into a session it would be foreign code in every page',
  },
  {
    name: 'a served scheme',
    member: ['protocol', 'handle'],
    sites: ['electron/main/app-protocol.ts'],
    reason: 'the page’s own files',
  },
  {
    name: 'a privileged scheme',
    member: ['protocol', 'registerSchemesAsPrivileged'],
    sites: ['electron/main/app-protocol.ts'],
    reason: 'one scheme',
  },
  {
    name: 'what a page gets',
    call: 'exposeInMainWorld',
    sites: ['electron/preload/index.ts'],
    reason: 'three functions',
  },
  {
    name: 'what pages may say',
    use: 'ipcMain',
    sites: ['electron/main/connect-pages.ts', 'electron/main/answer-pages.ts'],
    reason: 'each sender is checked there',
  },
  {
    name: 'what a preload says',
    use: 'ipcRenderer',
    sites: ['electron/preload/index.ts'],
    reason: 'the other end of it',
  },
  {
    name: 'paths of dropped files',
    use: 'webUtils',
    sites: ['electron/preload/index.ts'],
    reason: 'they go to the main process and nowhere else',
  },
  {
    name: 'processes of Electron',
    use: 'utilityProcess',
    sites: [
      'electron/inference/launchers/utility-process-launcher.ts',
      'electron/main/start-shell.ts',
      'electron/parsing/launchers/utility-process-launcher.ts',
    ],
    reason: 'the engine and the reader',
  },
  { name: 'pictures of the screen', use: 'desktopCapturer', sites: [], reason: 'never' },
  { name: 'crash reports', use: 'crashReporter', sites: [], reason: 'a dump holds what was in memory' },
  { name: 'Electron’s own requests', from: 'electron/net', sites: [], reason: 'egress is the way out' },
  { name: 'a debugger on a page', member: ['*', 'debugger'], sites: [], reason: 'never' },
  { name: 'developer tools', call: 'openDevTools', sites: [], reason: 'by the menu’s role, in development' },
  { name: 'text as code', call: 'eval', sites: [], reason: 'never' },
  { name: 'a function from text', create: 'Function', sites: [], reason: 'never' },
  {
    name: 'another context',
    from: 'node:vm',
    sites: ['electron/inference/worker/prompt/render-template.ts'],
    reason: 'templates of models, in the engine’s process, with a deadline',
  },
  { name: 'a debugger', from: 'node:inspector', sites: [], reason: 'never' },
  { name: 'a request', from: 'node:https', sites: [], reason: 'egress is the way out' },
  { name: 'a name looked up', from: 'node:dns', sites: [], reason: 'egress is the way out' },
  { name: 'a packet', from: 'node:dgram', sites: [], reason: 'never' },
  { name: 'a secure socket', from: 'node:tls', sites: [], reason: 'egress is the way out' },
  {
    name: 'a web server',
    from: 'node:http',
    sites: ['electron/host/create-host-server.ts'],
    reason: 'on 127.0.0.1, for the browser door',
  },
  {
    name: 'a socket',
    from: 'node:net',
    sites: [
      'electron/app/data-folder/presence.ts',
      'electron/app/data-folder/probe.ts',
      'electron/egress/egress-address.ts',
      'electron/egress/guard-plain-connections.ts',
      'electron/egress/near-address.ts',
      'electron/services/redaction/identifiers/network-finders.ts',
    ],
    reason:
      'local sockets between doors; the way out looks at the connection that was made; the others ask what is a number of a network',
  },
  {
    name: 'a program',
    from: 'node:child_process',
    sites: [
      'electron/cli/bench/measure-busy.ts',
      'electron/cli/commands/host.ts',
      'electron/inference/launchers/child-process-launcher.ts',
      'electron/parsing/launchers/child-process-launcher.ts',
      'electron/platform/create-keychain-secret-store.ts',
      'electron/platform/front-app/send-keys.ts',
      'electron/platform/open-external.ts',
      'electron/platform/power-source.ts',
      'electron/platform/shortcut-portal.ts',
      'electron/platform/tray-host.ts',
    ],
    reason: 'each with a fixed program and without a shell',
  },
];

/** A shell reads its words again, so that a name of a file becomes a command. */
const shellCalls = new Set(['exec', 'execSync']);

const lastName = (node) =>
  ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : null;

function isImportOfValues(node) {
  const { importClause } = node;
  if (!importClause) return true;
  if (importClause.isTypeOnly) return false;
  const { namedBindings } = importClause;
  return (
    Boolean(importClause.name) ||
    !namedBindings ||
    !ts.isNamedImports(namedBindings) ||
    namedBindings.elements.some(({ isTypeOnly }) => !isTypeOnly)
  );
}

function isImport(node, module) {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [named] = node.arguments;
    return Boolean(named && ts.isStringLiteral(named) && sameModule(named.text, module));
  }
  return ts.isImportDeclaration(node) && sameModule(node.moduleSpecifier.text, module) && isImportOfValues(node);
}

const sameModule = (named, module) => named === module || `node:${named}` === module;

/** A type is no use, and neither is the name of a member or of a parameter's type. */
function isUse(node, name) {
  if (!ts.isIdentifier(node) || node.text !== name) return false;
  const { parent } = node;
  if (ts.isTypeQueryNode(parent) || ts.isTypeReferenceNode(parent) || ts.isPropertySignature(parent)) return false;
  if (ts.isImportSpecifier(parent)) return !parent.isTypeOnly && !parent.parent.parent.isTypeOnly;
  return !(ts.isPropertyAccessExpression(parent) && parent.name === node);
}

function matches(sink, node) {
  if (sink.call) return ts.isCallExpression(node) && lastName(node.expression) === sink.call;
  if (sink.create) return ts.isNewExpression(node) && lastName(node.expression) === sink.create;
  if (sink.from) return isImport(node, sink.from);
  if (sink.use) return isUse(node, sink.use);
  const [object, name] = sink.member;
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === name &&
    (object === '*' || lastName(node.expression) === object)
  );
}

/** What a file must contain to have the sink. */
const wordOf = ({ call, create, use, member, from }) =>
  call ?? create ?? use ?? member?.[1] ?? from.replace('node:', '');

function* walk(node) {
  yield node;
  const children = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* walk(child);
}

/**
 * Which sinks a file of the product has, by name. A sink whose sites are calls counts each call; one by import or by use
 * counts the file once.
 *
 * @param {string} path relative to the checkout
 * @param {string} text
 * @returns {{ name: string, path: string, line: number }[]}
 */
export function findSinks(path, text) {
  if (!/^(electron|renderer)\//.test(path) || isTestFile(path)) return [];
  // Most files name none of them, and a syntax tree takes its time.
  const named = sinks.filter((sink) => text.includes(wordOf(sink)));
  if (named.length === 0 && !/\b(exec|execSync)\(|\bshell:/.test(text)) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  for (const node of walk(file)) {
    const lineOf = () => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    for (const sink of named) {
      const isCounted = sink.use && found.some(({ name }) => name === sink.name);
      if (!isCounted && matches(sink, node)) found.push({ name: sink.name, path, line: lineOf() });
    }
    // `exec` is also what a regular expression does, so only the module's own, called by its bare name, is meant.
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && shellCalls.has(node.expression.text)) {
      found.push({ name: 'a shell', path, line: lineOf() });
    }
    if (
      ts.isPropertyAssignment(node) &&
      lastName(node.name) === 'shell' &&
      node.initializer.kind === ts.SyntaxKind.TrueKeyword
    ) {
      found.push({ name: 'a shell', path, line: lineOf() });
    }
  }
  return found;
}
