import { describe, expect, it } from 'vitest';
import { checkExternalLink } from './external-link.ts';
import { decideWindowOpen } from './window-open.ts';

describe('external link', () => {
  it.each([
    ['https://example.com/a?b#c', 'example.com', 'web'],
    ['https://example.com:8080/', 'example.com:8080', 'web'],
    // The classic spoof: what looks like the host is the path, and the host is what follows the slashes.
    ['https://evil.example/https://bank.example', 'evil.example', 'web'],
    ['https://bank.example.evil.example', 'bank.example.evil.example', 'web'],
    // Cyrillic letters that look like Latin ones are shown as what is resolved.
    ['https://аpple.com/', 'xn--pple-43d.com', 'web'],
    ['https:\\\\evil.example\\bank.example', 'evil.example', 'web'],
    ['mailto:someone@Example.org?subject=Hi&body=There', 'example.org', 'mail'],
  ])('opens %s as %s', (link, host, kind) => {
    expect(checkExternalLink(link)).toMatchObject({ status: 'allowed', host, kind });
  });

  it.each([
    ['https://bank.example@evil.example/', 'credentials'],
    ['https://user:secret@example.com/', 'credentials'],
    ['http://example.com/', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['app://sotto/', 'scheme'],
    ['smb://server/share', 'scheme'],
    ['ms-msdt:/id', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['vscode://file/x', 'scheme'],
    ['ftp://example.com/', 'scheme'],
    ['https://exam\u202eple.com/', 'not-a-link'],
    ['https://example.com/\nHost: x', 'not-a-link'],
    [' https://example.com/', 'not-a-link'],
    ['java\tscript:alert(1)', 'not-a-link'],
    ['https://', 'not-a-link'],
    ['example.com', 'not-a-link'],
    ['', 'not-a-link'],
    ['mailto:', 'no-host'],
    ['mailto:a@b.example,c@d.example', 'no-host'],
    ['mailto:a@b.example?attach=/etc/passwd', 'mail-header'],
    [`https://example.com/${'a'.repeat(8_192)}`, 'too-long'],
  ])('refuses %s', (link, reason) => {
    expect(checkExternalLink(link)).toEqual({ status: 'refused', reason });
  });
});

describe('window open', () => {
  it('opens no window, and hands a web link on with its host', () => {
    expect(decideWindowOpen('https://example.com/')).toMatchObject({
      action: 'deny',
      confirm: { host: 'example.com' },
    });
  });
  it.each(['app://sotto/', 'about:blank', 'javascript:1', ''])('opens nothing for %s', (url) => {
    expect(decideWindowOpen(url)).toEqual({ action: 'deny', confirm: null });
  });
});
