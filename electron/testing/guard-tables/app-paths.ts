/** A path behind `app://sotto`, as it comes, and the file of the page that answers it; null answers 404. */
export type PathRow = readonly [path: string, file: string | null];

const served: readonly PathRow[] = [
  ['/', 'index.html'],
  ['/index.html', 'index.html'],
  ['/assets/index-BQ2_x.js', 'assets/index-BQ2_x.js'],
  ['/assets/index-BQ2_x.css', 'assets/index-BQ2_x.css'],
  ['/assets/a.b.c.woff2', 'assets/a.b.c.woff2'],
  ['/%61ssets/index.js', 'assets/index.js'],
  ['/assets%2findex.js', 'assets/index.js'],
  ['/documents', 'index.html'],
  ['/chat/0190c1d2-0000-7000-8000-000000000000', 'index.html'],
  ['/chat/0190c1d2/', 'index.html'],
];

/** Ways to write `..` and what stands beside it. */
const dots = [
  '..',
  '.',
  '...',
  '%2e%2e',
  '.%2e',
  '%2e.',
  '%2E%2E',
  '%252e%252e',
  '%25%32%65',
  '%c0%ae%c0%ae',
  '..;',
  '. .',
  '..%00',
  '%uff0e%uff0e',
  '\uff0e\uff0e',
  '..%09',
];
const slashes = ['/', '\\', '%2f', '%5c', '%2F', '%5C', '%252f', '//', '/\\', '%c0%af', '\u2215', '\uff0f'];
const prefixes = ['', '/assets', '/assets/x', '/.', '/assets/..', '/documents'];
const targets = ['package.json', 'etc/passwd.txt', 'renderer-secret/x.js', 'data.json'];

/** Names that are no file of a page, wherever they stand. */
const names = [
  '.env',
  '.git',
  '.htaccess',
  '.x.js',
  '%2egit',
  'a%00.js',
  '%00',
  '%00.js',
  'x.js%00.png',
  'a%0ab.js',
  'a%0db.js',
  'a%7f.js',
  'a b.js',
  'a%20b.js',
  ' x.js',
  'x.js%20',
  '%20',
  'C:',
  'C:x.js',
  'C%3a',
  'x.js:stream',
  'x.js::$DATA',
  'x.js%3astream',
  'con',
  'CON.js',
  'con.',
  'prn.js',
  'aux.js',
  'nul',
  'NUL.js',
  'nul.tar.js',
  'com1',
  'COM9.js',
  'lpt1.js',
  'LPT9',
  '~',
  '~root',
  '*',
  '?x',
  'x%3f.js',
  'x%23.js',
  '<x>.js',
  '"x".js',
  '|x.js',
  'x;.js',
  'x&y.js',
  'x=y.js',
  '@x.js',
  '$x.js',
  '`x`.js',
  '\u202ex.js',
  '\u00e4.js',
  '%C3%A4.js',
  '%E2%80%AE.js',
  '%',
  '%2',
  '%zz',
  '%E0%A4%A',
  '%ff',
  '\u0000',
  '{x}',
  '[x]',
  '^x',
  '!x',
  "'x'",
  '(x)',
  '+x',
  ',x',
];

const kinds = ['/', '/assets/', '/assets/deep/', '/documents/', '//', '/assets//'];

/** Paths without the slash that each begins with, and addresses in place of one. */
const strays = [
  '',
  'index.html',
  '..',
  '\\index.html',
  '\\\\server\\share\\x.js',
  'file:///etc/passwd',
  'https://evil.example/x.js',
  '//evil.example/x.js',
  '/\\evil.example/x.js',
  '///x.js',
  '/assets///x.js',
  '/assets/./x.js',
  '/./index.html',
  '/index.html/..',
  '/assets/../index.html',
  '/assets/x.js//',
];

/** Over 1,000 paths: hand-written ones, every way up from every folder, and every odd name in every folder. */
export const appPaths: readonly PathRow[] = [
  ...served,
  ...prefixes.flatMap((prefix) =>
    dots.flatMap((dot) =>
      slashes.flatMap((slash, index): PathRow[] => [
        [`${prefix}/${dot}${slash}${targets[index % targets.length] ?? ''}`, null],
      ]),
    ),
  ),
  ...kinds.flatMap((kind) => names.map((name): PathRow => [`${kind}${name}`, null])),
  ...strays.map((path): PathRow => [path, null]),
];
