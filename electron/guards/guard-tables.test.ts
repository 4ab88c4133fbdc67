// The guards over long tables of hostile input. Each row is a way in that some app has left open.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { appPaths } from '../testing/guard-tables/app-paths.ts';
import { expectedLink, externalLinks, type LinkRow } from '../testing/guard-tables/external-links.ts';
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
    const wrong = navigations.filter(
      ({ url, isAllowed }) =>
        isTrustedSender({ url, isMainFrame: true }) !== isAllowed || isTrustedSender({ url, isMainFrame: false }),
    );
    expect(wrong).toEqual([]);
    expect(isTrustedSender({ url: undefined, isMainFrame: true })).toBe(false);
  });
  it('open no window, and confirm only what may leave', () => {
    const decisions = navigations.map(({ url }) => ({ ...decideWindowOpen(url), link: checkExternalLink(url) }));
    expect(decisions.filter(({ action }) => action !== 'deny')).toEqual([]);
    expect(decisions.map(({ confirm }) => confirm)).toEqual(
      decisions.map(({ link }) => (link.status === 'allowed' ? link : null)),
    );
  });
});

/** What a confirmation is asked about, for a link of the table. */
const confirmed = (expected: LinkRow[1]): unknown =>
  typeof expected === 'string' ? null : expect.objectContaining(expected);

describe('external links', () => {
  it(`are decided right, ${externalLinks.length} of them`, () => {
    expect(externalLinks.length).toBeGreaterThanOrEqual(200);
    const decided = externalLinks.map(
      ([link, expected]) => [short(link), checkExternalLink(link), decideWindowOpen(link), expected] as const,
    );
    const asExpected = decided.map(([link, , , expected]) => [
      link,
      expect.objectContaining(expectedLink(expected)),
      { action: 'deny', confirm: confirmed(expected) },
      expected,
    ]);
    expect(decided).toEqual(asExpected);
  });
  it('are opened as they were checked: a second look at what is handed on sees the same host', () => {
    const allowed = externalLinks.map(([link]) => checkExternalLink(link)).filter((link) => link.status === 'allowed');
    expect(allowed.map(({ url }) => checkExternalLink(url))).toEqual(allowed);
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
    const files = appPaths.map(([path]) => staticFileFor(path)).filter((file) => file !== null);
    expect(files.filter((file) => !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(file))).toEqual([]);
  });
});

describe('requests of the session', () => {
  const blob = 'blob:app://sotto/7d0f2c1e-1d2c-4e5f-8a9b-0c1d2e3f4a5b';
  it('are for the own page alone, over the table of navigations', () => {
    const others = navigations.filter(({ url }) => !url.startsWith('blob:app://sotto/'));
    expect(others.filter(({ url, isAllowed }) => isPageRequestAllowed(url, false) !== isAllowed)).toEqual([]);
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
    const others = navigations.filter(({ url }) => !url.startsWith('blob:app://sotto/'));
    expect(others.filter(({ url }) => isDownloadAllowed([url]))).toEqual([]);
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
