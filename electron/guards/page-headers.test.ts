import { describe, expect, it } from 'vitest';
import { pageHeaders } from './page-headers.ts';

describe('page headers', () => {
  // Word for word: each of these shuts one way, and a change to any is a decision.
  it('carry the whole policy', () => {
    expect(pageHeaders('index.html', 'text/html')).toEqual({
      'Content-Type': 'text/html',
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'X-Frame-Options': 'DENY',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
      'Cache-Control': 'no-store',
    });
  });
});
