import { describe, expect, it } from 'vitest';
import { pageHeaders } from './page-headers.ts';
import { contentTypeOf, staticFileFor } from './static-path.ts';

describe('static path', () => {
  it.each([
    ['/', 'index.html'],
    ['/index.html', 'index.html'],
    ['/assets/index-BQ2_x.js', 'assets/index-BQ2_x.js'],
    ['/documents', 'index.html'],
    ['/chat/0190c1d2/', 'index.html'],
  ])('serves %s as %s', (path, file) => {
    expect(staticFileFor(path)).toBe(file);
  });

  it.each([
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/%2e%2e%5cpackage.json',
    '/..\\package.json',
    '/assets/%00.js',
    '/%252e%252e/x.js',
    '/%E0%A4%A',
    '//etc/passwd',
    '/assets//x.js',
    '/.env',
    '/assets/.hidden.js',
    '/C:/x.js',
    '/nul.js',
    '/COM1',
    '/a b.js',
    '/x.js:stream',
    'index.html',
    '',
  ])('serves nothing for %j', (path) => {
    expect(staticFileFor(path)).toBeNull();
  });

  it('knows no media type for what the page does not use', () => {
    expect(contentTypeOf('assets/index.js')).toBe('text/javascript; charset=utf-8');
    expect(contentTypeOf('assets/index.js.map')).toBeNull();
    expect(contentTypeOf('notes.md')).toBeNull();
  });
});

describe('page headers', () => {
  it('keep hashed files and ask again for the page', () => {
    expect(pageHeaders('assets/a-1.js', 'text/javascript')['Cache-Control']).toContain('immutable');
    expect(pageHeaders('index.html', 'text/html')['Cache-Control']).toBe('no-store');
  });
  it('allow no inline script, no eval and no foreign source', () => {
    const policy = pageHeaders('index.html', 'text/html')['Content-Security-Policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
  });
});
