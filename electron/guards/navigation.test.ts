import { describe, expect, it } from 'vitest';
import { isTrustedSender } from './ipc-sender.ts';
import { isNavigationAllowed } from './navigation.ts';
import { isPermissionAllowed } from './permission.ts';

const ownPages = ['app://sotto/', 'app://sotto/index.html', 'app://sotto/chat/1?x=1#y', 'APP://sotto/'];
const foreignPages = [
  'https://sotto/',
  'http://127.0.0.1:8080/',
  'app://sotto.evil.example/',
  'app://evil@sotto/',
  'app://sotto:8080/',
  'app://other/',
  'app:sotto',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,hi',
  'blob:app://sotto/7d0f',
  'about:blank',
  'not a url',
  '',
];

describe('navigation', () => {
  it.each(ownPages)('goes to %s when it is the main frame', (url) => {
    expect(isNavigationAllowed({ url, isMainFrame: true })).toBe(true);
  });
  it.each(ownPages)('refuses %s in a frame inside the page', (url) => {
    expect(isNavigationAllowed({ url, isMainFrame: false })).toBe(false);
  });
  it.each(foreignPages)('refuses %s', (url) => {
    expect(isNavigationAllowed({ url, isMainFrame: true })).toBe(false);
  });
});

describe('ipc sender', () => {
  it.each(ownPages)('trusts the main frame of %s', (url) => {
    expect(isTrustedSender({ url, isMainFrame: true })).toBe(true);
  });
  it.each([...foreignPages, undefined])('does not trust %s', (url) => {
    expect(isTrustedSender({ url, isMainFrame: true })).toBe(false);
  });
  it('does not trust a frame inside the page', () => {
    expect(isTrustedSender({ url: 'app://sotto/', isMainFrame: false })).toBe(false);
  });
});

describe('permission', () => {
  it('lets the page write text to the clipboard', () => {
    expect(isPermissionAllowed({ permission: 'clipboard-sanitized-write', requestingUrl: 'app://sotto/' })).toBe(true);
  });
  it.each([
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'fileSystem',
    'usb',
    'hid',
    'fullscreen',
    '',
  ])('refuses %s', (permission) => {
    expect(isPermissionAllowed({ permission, requestingUrl: 'app://sotto/' })).toBe(false);
  });
  it('refuses the clipboard to a foreign page', () => {
    expect(isPermissionAllowed({ permission: 'clipboard-sanitized-write', requestingUrl: 'https://sotto/' })).toBe(
      false,
    );
  });
});
