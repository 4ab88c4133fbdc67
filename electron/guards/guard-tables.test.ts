// The guards over long tables of hostile input. Each row is a way in that some app has left open.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { appPaths } from '../testing/guard-tables/app-paths.ts';
import { expectedLink, externalLinks } from '../testing/guard-tables/external-links.ts';
import { navigations } from '../testing/guard-tables/navigations.ts';
import { isDownloadAllowed } from './download.ts';
import { checkExternalLink } from './external-link.ts';
import { isTrustedSender } from './ipc-sender.ts';
import { isNavigationAllowed } from './navigation.ts';
import { isPageRequestAllowed } from './page-request.ts';
import { isPermissionAllowed } from './permission.ts';
import { staticFileFor } from './static-path.ts';
import { findWeakeningSwitch, weakeningSwitches } from './weakening-switch.ts';
import { decideWindowOpen } from './window-open.ts';

const short = (text: string): string => JSON.stringify(text.slice(0, 80));
const failuresOf = <Row>(rows: readonly Row[], isRight: (row: Row) => boolean, name: (row: Row) => string): string[] =>
  rows.filter((row) => !isRight(row)).map(name);

describe('navigations', () => {
  it(`are decided right, ${navigations.length} of them`, () => {
    expect(navigations.length).toBeGreaterThanOrEqual(150);
    expect(new Set(navigations.map(({ url }) => url)).size).toBe(navigations.length);
    const wrong = failuresOf(
      navigations,
      ({ url, isAllowed }) => isNavigationAllowed({ url, isMainFrame: true }) === isAllowed,
      ({ url }) => short(url),
    );
    expect(wrong).toEqual([]);
  });
  it('are refused to every frame inside the page', () => {
    expect(navigations.filter(({ url }) => isNavigationAllowed({ url, isMainFrame: false }))).toEqual([]);
  });
  it('let in the same senders as they let go, main frames alone', () => {
    for (const { url, isAllowed } of navigations) {
      expect(isTrustedSender({ url, isMainFrame: true }), short(url)).toBe(isAllowed);
      expect(isTrustedSender({ url, isMainFrame: false }), short(url)).toBe(false);
    }
    expect(isTrustedSender({ url: undefined, isMainFrame: true })).toBe(false);
  });
  it('open no window, and confirm only what may leave', () => {
    for (const { url } of navigations) {
      const { action, confirm } = decideWindowOpen(url);
      expect(action).toBe('deny');
      if (confirm !== null) expect(confirm).toEqual(checkExternalLink(url));
    }
  });
});

describe('external links', () => {
  it(`are decided right, ${externalLinks.length} of them`, () => {
    expect(externalLinks.length).toBeGreaterThanOrEqual(200);
    for (const [link, expected] of externalLinks) {
      expect(checkExternalLink(link), short(link)).toMatchObject(expectedLink(expected));
      const { action, confirm } = decideWindowOpen(link);
      expect([action, confirm === null], short(link)).toEqual(['deny', typeof expected === 'string']);
    }
  });
  it('are opened as they were checked: a second look at what is handed on sees the same host', () => {
    for (const [link] of externalLinks) {
      const first = checkExternalLink(link);
      if (first.status === 'allowed') expect(checkExternalLink(first.url)).toEqual(first);
    }
  });
});

describe('paths behind app://', () => {
  it(`name a file of the page or nothing, ${appPaths.length} of them`, () => {
    expect(appPaths.length).toBeGreaterThanOrEqual(1_000);
    const wrong = failuresOf(
      appPaths,
      ([path, file]) => staticFileFor(path) === file,
      ([path]) => `${short(path)} is ${String(staticFileFor(path))}`,
    );
    expect(wrong).toEqual([]);
  });
  it('never name a file outside, whatever the row says', () => {
    for (const [path] of appPaths) {
      const file = staticFileFor(path);
      if (file !== null) expect(file, short(path)).toMatch(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/);
    }
  });
});

describe('requests of the session', () => {
  const blob = 'blob:app://sotto/7d0f2c1e-1d2c-4e5f-8a9b-0c1d2e3f4a5b';
  it('are for the own page alone, over the table of navigations', () => {
    for (const { url, isAllowed } of navigations) {
      if (url.startsWith('blob:app://sotto/')) continue;
      expect(isPageRequestAllowed(url, false), short(url)).toBe(isAllowed);
    }
  });
  it.each([
    'ws://sotto/',
    'wss://sotto/',
    'file:///x',
    'data:,x',
    'blob:https://x/y',
    'blob:app://sotto.x/y',
    'blob:app://sotto/../x',
    'http://127.0.0.1/',
    'blob:blob:app://sotto/x',
    'ftp://sotto/',
  ])('refuse %s', (url) => expect(isPageRequestAllowed(url, true)).toBe(false));
  it('take what the page holds itself', () => expect(isPageRequestAllowed(blob, false)).toBe(true));
  it('take the files of the developer tools only where there are developer tools', () => {
    expect(isPageRequestAllowed('devtools://devtools/bundled/x.html', true)).toBe(true);
    expect(isPageRequestAllowed('devtools://devtools/bundled/x.html', false)).toBe(false);
  });
  it('become a file on the disk only when the page made it', () => {
    expect(isDownloadAllowed([blob])).toBe(true);
    expect(isDownloadAllowed([])).toBe(false);
    expect(isDownloadAllowed([blob, 'https://evil.example/x'])).toBe(false);
    for (const { url } of navigations) {
      if (!url.startsWith('blob:app://sotto/')) expect(isDownloadAllowed([url]), short(url)).toBe(false);
    }
  });
});

describe('permissions', () => {
  /** Read from the package, so that a permission of a newer Electron is in the table on the day that it exists. */
  const names = permissionsOf(
    readFileSync(new URL('../../node_modules/electron/electron.d.ts', import.meta.url), 'utf8'),
  );
  it('are all known from the package', () => {
    expect(names.length).toBeGreaterThanOrEqual(25);
    expect(names).toEqual(
      expect.arrayContaining([
        'media',
        'hid',
        'usb',
        'serial',
        'geolocation',
        'clipboard-read',
        'openExternal',
        'fileSystem',
        'unknown',
      ]),
    );
  });
  it.each(names)('%s is refused, but for copying', (permission) => {
    expect(isPermissionAllowed({ permission, requestingUrl: 'app://sotto/' })).toBe(
      permission === 'clipboard-sanitized-write',
    );
    expect(isPermissionAllowed({ permission, requestingUrl: 'https://evil.example/' })).toBe(false);
    expect(isPermissionAllowed({ permission, requestingUrl: '' })).toBe(false);
  });
});

describe('switches', () => {
  // By name, for the table itself could lose one.
  it('of the worst kind are in the table', () => {
    const worst = [
      'remote-debugging-port',
      'remote-debugging-pipe',
      'no-sandbox',
      'disable-web-security',
      'load-extension',
    ];
    const others = [
      'inspect',
      'inspect-brk',
      'js-flags',
      'proxy-server',
      'host-resolver-rules',
      'ignore-certificate-errors',
    ];
    const more = [
      'user-data-dir',
      'log-net-log',
      'ssl-key-log-file',
      'renderer-cmd-prefix',
      'single-process',
      'gpu-launcher',
    ];
    expect(weakeningSwitches).toEqual(expect.arrayContaining([...worst, ...others, ...more]));
  });
  it.each(weakeningSwitches)('%s keeps a release from starting', (name) => {
    for (const argument of [`--${name}`, `-${name}`, `--${name}=1`, `--${name.toUpperCase()}`, ` --${name}`]) {
      expect(findWeakeningSwitch(['/a', argument], 'linux')).toBe(name);
    }
    expect(findWeakeningSwitch([`/${name}`], 'win32')).toBe(name);
    expect(findWeakeningSwitch([`/${name}`], 'linux')).toBeNull();
    expect(findWeakeningSwitch(['--', `--${name}`], 'linux')).toBeNull();
    expect(findWeakeningSwitch([name, `x--${name}`, `sotto://ask?--${name}`], 'linux')).toBeNull();
  });
  it.each([
    '--hidden',
    '--lang=de',
    '--force-device-scale-factor=2',
    '--ozone-platform=wayland',
    '/home/me/x.pdf',
    'sotto://ask',
  ])('leave %s alone', (argument) => expect(findWeakeningSwitch([argument], 'linux')).toBeNull());
});

function permissionsOf(declarations: string): string[] {
  const handlers = declarations.matchAll(
    /setPermission(?:Request|Check)Handler\(handler: \(\(webContents: [^,]*, permission: ([^,)]*)/g,
  );
  return [
    ...new Set(
      [...handlers].flatMap(([, union = '']) => [...union.matchAll(/'([^']+)'/g)].map(([, name = '']) => name)),
    ),
  ].sort();
}
