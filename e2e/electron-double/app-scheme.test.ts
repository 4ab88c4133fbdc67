import { describe, expect, it } from 'vitest';
import { AppSchemes } from './app-scheme.ts';

function createSchemes(): AppSchemes {
  const schemes = new AppSchemes();
  schemes.privilege('app');
  return schemes;
}

describe('app schemes', () => {
  it.each([
    ['app://bundle/a/b.html?c#d', 'https://bundle.app.test/a/b.html?c#d'],
    ['app://bundle/', 'https://bundle.app.test/'],
    ['https://example.com/', 'https://example.com/'],
    ['other://bundle/', 'other://bundle/'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
  ])('shows %s to the page as %s, and back', (appUrl, pageUrl) => {
    const schemes = createSchemes();
    expect(schemes.toPageUrl(appUrl)).toBe(pageUrl);
    expect(schemes.toAppUrl(pageUrl)).toBe(appUrl);
  });

  it('takes a blob for one of the origin that made it', () => {
    expect(createSchemes().toAppUrl('blob:https://bundle.app.test/1-2')).toBe('blob:app://bundle/1-2');
  });

  it.each([
    ["script-src 'self' app://bundle", "script-src 'self' https://bundle.app.test"],
    ['connect-src app:; img-src app: blob:', 'connect-src https://*.app.test; img-src https://*.app.test blob:'],
    ['map: data', 'map: data'],
    ['app://bundle/next', 'https://bundle.app.test/next'],
  ])('translates the header value %s', (value, translated) => {
    expect(createSchemes().toPageHeader(value)).toBe(translated);
  });

  it('refuses a second handler for a scheme', () => {
    const schemes = createSchemes();
    schemes.handle('app', () => new Response());
    expect(() => schemes.handle('app', () => new Response())).toThrow('already has a handler');
  });
});
