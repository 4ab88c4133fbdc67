import { describe, expect, it } from 'vitest';
import { readLaunchArguments, readOpenedPath, type Launch, type LaunchRequest } from './launch-arguments.ts';

type System = 'linux' | 'darwin' | 'win32';
const executable = { linux: '/opt/Sotto/sotto', darwin: '/Applications/Sotto.app/x', win32: 'C:\\Sotto\\Sotto.exe' };
const folder = { linux: '/home/ada', darwin: '/Users/ada', win32: 'C:\\Users\\ada' };
const nothing: LaunchRequest = { isHidden: false, request: null, paths: [], leftOut: 0 };

function read(given: readonly string[], operatingSystem: System = 'linux', more: Partial<Launch> = {}): LaunchRequest {
  const argv = [executable[operatingSystem], ...given];
  return readLaunchArguments({
    argv,
    workingFolder: folder[operatingSystem],
    operatingSystem,
    isPackaged: true,
    ...more,
  });
}

/** Of Electron, Chromium, Node and the systems; none of them may be taken for a file, nor change what is done. */
const switches: readonly string[] = `
  --no-sandbox --disable-gpu --disable-web-security --allow-file-access-from-files
  --inspect --inspect-brk=0.0.0.0:9229 --remote-debugging-port=9222 --remote-debugging-pipe
  --js-flags=--expose-gc --user-data-dir=/tmp/x --proxy-server=evil.example --host-rules=MAP*evil.example
  --renderer-cmd-prefix=sh --gpu-launcher=calc.exe --utility-cmd-prefix=sh --load-extension=/tmp/x
  --app=https://evil.example --require=/tmp/x.js -r --eval=1
  -e -p --version -v
  --help -h --abi -a
  -i --original-process-start-time=13300000000000000 --allow-file-access --enable-features=X
  --lang=de --type=renderer --field-trial-handle=1 --enable-crashpad
  --crashpad-handler-pid=1 --no-zygote -psn_0_12345 -AppleLanguages
  -NSDocumentRevisionsDebugMode --single-instance --new-window -
  --ozone-platform=wayland --ozone-platform-hint=auto --password-store=basic --use-gl=angle
  --send --quit --install=x --open=/etc/passwd
  --hidden=1 --HIDDEN ---hidden --Hidden
  -hidden
`
  .trim()
  .split(/\s+/);

describe('readLaunchArguments', () => {
  it('asks for nothing without arguments', () => {
    expect(read([])).toEqual(nothing);
    expect(readLaunchArguments({ argv: [], workingFolder: '', operatingSystem: 'linux', isPackaged: true })).toEqual(
      nothing,
    );
  });

  it.each(switches.flatMap((name) => (['linux', 'darwin', 'win32'] as const).map((system) => [name, system] as const)))(
    'ignores the switch %s on %s, before and behind a file',
    (name, system) => {
      const file = system === 'win32' ? 'C:\\a.pdf' : '/a.pdf';
      expect(read([name], system)).toEqual(nothing);
      expect(read([name, file, name], system)).toEqual({ ...nothing, paths: [file] });
    },
  );

  it('starts without a window when the session says so, and with one when a person asked for something', () => {
    expect(read(['--hidden'])).toEqual({ ...nothing, isHidden: true });
    expect(read(['--no-sandbox', '--hidden', '--lang=de']).isHidden).toBe(true);
    expect(read(['--hidden', '/a.pdf']).isHidden).toBe(false);
    expect(read(['--hidden', 'sotto://chat']).isHidden).toBe(false);
    expect(read(['--hidden', 'https://example.com']).isHidden).toBe(false);
  });

  it.each<[string, System, string, string]>([
    ['an absolute path', 'linux', '/a/b.pdf', '/a/b.pdf'],
    ['a relative path', 'linux', 'b.pdf', '/home/ada/b.pdf'],
    ['a path beside', 'linux', '../x/b.pdf', '/home/x/b.pdf'],
    ['a path above everything', 'linux', '../../../../../b.pdf', '/b.pdf'],
    ['the folder itself', 'linux', '.', '/home/ada'],
    ['a name with blanks', 'linux', 'my report (1).pdf', '/home/ada/my report (1).pdf'],
    ['a name of letters from elsewhere', 'linux', 'отчёт.pdf', '/home/ada/отчёт.pdf'],
    ['a name with a line break', 'linux', 'a\nb.pdf', '/home/ada/a\nb.pdf'],
    ['a colon in a name', 'linux', 'a:b.pdf', '/home/ada/a:b.pdf'],
    ['a backslash in a name', 'linux', 'C:\\x', '/home/ada/C:\\x'],
    ['a name that begins like a link', 'linux', './sotto:x', '/home/ada/sotto:x'],
    ['a name like a user', 'linux', '~/b.pdf', '/home/ada/~/b.pdf'],
    ['an address of a file', 'linux', 'file:///a/b%20c.pdf', '/a/b c.pdf'],
    ['an address in capitals', 'linux', 'FILE:///a/b.pdf', '/a/b.pdf'],
    ['an address on this machine', 'linux', 'file://localhost/a.pdf', '/a.pdf'],
    ['an address with a sharp', 'linux', 'file:///a%23b.pdf', '/a#b.pdf'],
    ['an absolute path', 'darwin', '/Users/ada/b.pdf', '/Users/ada/b.pdf'],
    ['a relative path', 'darwin', 'b.pdf', '/Users/ada/b.pdf'],
    ['a drive', 'win32', 'D:\\x\\b.pdf', 'D:\\x\\b.pdf'],
    ['a drive in small letters', 'win32', 'd:/x/b.pdf', 'd:\\x\\b.pdf'],
    ['a relative path', 'win32', 'b.pdf', 'C:\\Users\\ada\\b.pdf'],
    ['a path beside', 'win32', '..\\x\\b.pdf', 'C:\\Users\\x\\b.pdf'],
    ['a path from the root of the drive', 'win32', '\\x.pdf', 'C:\\x.pdf'],
    ['an address of a file', 'win32', 'file:///C:/a%20b.pdf', 'C:\\a b.pdf'],
  ])('takes %s on %s', (_name, system, given, path) => {
    expect(read([given], system)).toEqual({ ...nothing, paths: [path] });
    expect(read(['--', given], system)).toEqual({ ...nothing, paths: [path] });
    expect(read([given, '--lang=de', given], system).paths).toEqual([path]);
  });

  it.each<[System, string]>([
    ...(['linux', 'darwin', 'win32'] as const).flatMap((system) =>
      [
        'https://example.com/a.pdf',
        'http://evil.example',
        'ftp://x/y',
        'smb://server/share',
        'mailto://x',
        'app://sotto/',

        'sftp://x/y',
        'javascript://x',
        'data://x',
        'chrome://settings',
        'vscode://file/x',
        'sottox://ask',
        'a+b-c.d://x',
        '//server/share/a.pdf',
        '/a\0b',
        '\0',
        ' ',
        '\t\n',
        'x'.repeat(40_000),
        'file://server/share/a.pdf',
        'file:///a%00b',
        'file:///a%2Fb',
        'file:///%E0%A4%A',
        'file:///a?b',
        'file:///a#b',
        'file://user@/a',
      ].map((given): [System, string] => [system, given]),
    ),
    ...[
      '\\\\server\\share\\a.pdf',
      '\\/server/share',
      '/\\server\\share',
      '\\\\?\\C:\\a.pdf',
      '\\\\.\\pipe\\x',
      '//?/C:/a',
      'C:a.pdf',
      'a.pdf:stream',
      'C:\\a.pdf:$DATA',
      '\\\\.\\PhysicalDrive0',
      'file:////server/share/a.pdf',
      'x:',
    ].map((given): [System, string] => ['win32', given]),
  ])('leaves out on %s: %j', (system, given) => {
    expect(read([given], system)).toEqual({ ...nothing, leftOut: 1 });
  });

  it('counts what is left out beside what is taken', () => {
    expect(read(['a.pdf', 'https://example.com', '//s/x', '/b'])).toEqual({
      ...nothing,
      paths: ['/home/ada/a.pdf', '/b'],
      leftOut: 2,
    });
  });

  it('offers 500 of 5,000 files, each once, and counts the others', () => {
    const many = Array.from({ length: 5_000 }, (_one, index) => `/notes/${index}.md`);
    const { paths, leftOut } = read([...many, ...many]);
    expect([paths.length, leftOut, paths[499]]).toEqual([500, 4_500, '/notes/499.md']);
  });

  it('takes what follows -- as names, whatever they begin with', () => {
    expect(read(['--hidden', '--', '-r.pdf', '--hidden', 'x'])).toMatchObject({
      isHidden: false,
      paths: ['/home/ada/-r.pdf', '/home/ada/--hidden', '/home/ada/x'],
    });
  });

  // A second instance tells its own folder; a relative or a foreign one would make a path of somewhere else.
  it.each([
    ['linux', '', 'a.pdf'],
    ['linux', 'relative', 'a.pdf'],
    ['win32', '\\\\server\\share', 'a.pdf'],
    ['win32', '', 'a.pdf'],
    ['win32', '\\', 'a.pdf'],
    ['win32', '\\\\server\\share', '\\a.pdf'],
  ] as const)('takes no relative path on %s from %j', (system, workingFolder, given) => {
    expect(read([given], system, { workingFolder })).toEqual({ ...nothing, leftOut: 1 });
  });

  it('ignores what Windows adds to start faster', () => {
    expect(read(['/prefetch:1', '/Prefetch:12'], 'win32')).toEqual(nothing);
    expect(read(['/prefetch:1']).paths).toEqual(['/prefetch:1']);
  });
});

describe('readLaunchArguments with a link', () => {
  it.each([
    [['sotto://ask?text=Hi'], { type: 'prefill', text: 'Hi' }],
    [['--', 'sotto://ask?text=Hi'], { type: 'prefill', text: 'Hi' }],
    [['--lang=de', 'SOTTO://chat', '--no-sandbox'], { type: 'new-chat' }],
    [['sotto://show/models'], { type: 'show-page', page: 'models' }],
    [['sotto://'], null],
    [['sotto://send?text=Hi'], { type: 'request-refused', reason: 'unknown-link' }],
    [['sotto://ask@evil.example'], { type: 'request-refused', reason: 'unknown-link' }],
    [['sotto:x'], { type: 'request-refused', reason: 'unknown-link' }],
    [[`sotto://ask?text=${'a'.repeat(1_048_576)}`], { type: 'request-refused', reason: 'too-long' }],
    [['sotto://chat', 'sotto://show/models'], { type: 'request-refused', reason: 'too-many' }],
  ])('reads %j', (given, request) => {
    expect(read(given)).toEqual({ ...nothing, request });
  });

  // `sotto://x" "/etc/passwd" --hidden "` reaches the app as four arguments where a system quotes carelessly.
  it.each(
    switches.flatMap((name) => [[name], ['/etc/passwd', name], [name, '\\\\server\\share', 'https://example.com']]),
  )('takes nothing that came along with the link: %s', (...along) => {
    expect(read(['sotto://ask?text=x', ...along])).toEqual({ ...nothing, request: { type: 'prefill', text: 'x' } });
    expect(read([...along, 'sotto://ask?text=x'])).toEqual({ ...nothing, request: { type: 'prefill', text: 'x' } });
  });
});

describe('readLaunchArguments of a checkout', () => {
  it.each([
    [['out/main/index.js'], []],
    [['.'], []],
    [['--no-sandbox', '/x/out/main/index.js', 'a.pdf'], ['/home/ada/a.pdf']],
    [['-r', '/x/loader.js', '--inspect=0', '--remote-debugging-port=0', '/x/index.js', 'a.pdf'], ['/home/ada/a.pdf']],
    [['--require', '/x/loader.js', '/x/index.js', '--lang=de', '/b'], ['/b']],
    [
      ['--import', 'x', '--loader', 'y', '.', '/b', '/c'],
      ['/b', '/c'],
    ],
    [['--no-sandbox'], []],
    [[], []],
  ])('skips the script in %j', (given, paths) => {
    expect(read(given, 'linux', { isPackaged: false })).toEqual({ ...nothing, paths });
  });
});

describe('readOpenedPath', () => {
  it('takes an absolute path of this computer only', () => {
    expect(readOpenedPath('/Users/ada/a.pdf', 'darwin')).toBe('/Users/ada/a.pdf');
    for (const path of ['', 'a.pdf', '//server/share', 'https://example.com', '/a\0b'])
      expect(readOpenedPath(path, 'darwin')).toBeNull();
  });
});
