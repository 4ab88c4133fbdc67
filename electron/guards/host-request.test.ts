import { describe, expect, it } from 'vitest';
import { decideHostRequest, type HostRequest } from './host-request.ts';

const rules = { port: 4321, uploadLimitBytes: 1_000 };
const page: HostRequest = {
  method: 'GET',
  path: '/',
  isUpgrade: false,
  host: '127.0.0.1:4321',
  origin: undefined,
  secFetchSite: undefined,
  contentLength: undefined,
  hasSession: false,
};
const origin = 'http://127.0.0.1:4321';
const session: HostRequest = { ...page, method: 'POST', path: '/session', origin };
const upload: HostRequest = {
  ...page,
  method: 'POST',
  path: '/files',
  origin,
  hasSession: true,
  contentLength: '1000',
};
const api: HostRequest = { ...page, path: '/api', isUpgrade: true, origin, hasSession: true };

describe('host request', () => {
  it.each<[string, HostRequest, string]>([
    ['the page', page, 'page'],
    ['the page, typed into the address bar', { ...page, secFetchSite: 'none' }, 'page'],
    ['a script of the page', { ...page, path: '/assets/a.js', origin, secFetchSite: 'same-origin' }, 'page'],
    ['HEAD', { ...page, method: 'HEAD' }, 'page'],
    ['a token', session, 'open-session'],
    ['an upload', upload, 'upload'],
    ['an upload of unknown length, which is counted as it comes', { ...upload, contentLength: undefined }, 'upload'],
    ['the socket', api, 'api'],
  ])('lets %s through', (_name, request, action) => {
    expect(decideHostRequest(request, rules)).toEqual({ status: 'allowed', action });
  });

  it.each<[string, HostRequest, string, number]>([
    ['a name pointed at this machine', { ...page, host: 'evil.example:4321' }, 'foreign-host', 421],
    ['another port', { ...page, host: '127.0.0.1:4322' }, 'foreign-host', 421],
    ['no port', { ...page, host: '127.0.0.1' }, 'foreign-host', 421],
    ['localhost, which a hosts file can move', { ...page, host: 'localhost:4321' }, 'foreign-host', 421],
    ['no Host', { ...page, host: undefined }, 'foreign-host', 421],
    ['a foreign origin', { ...session, origin: 'https://evil.example' }, 'foreign-origin', 403],
    ['a null origin', { ...session, origin: 'null' }, 'foreign-origin', 403],
    ['another app on this machine', { ...upload, origin: 'http://127.0.0.1:5000' }, 'foreign-origin', 403],
    ['the secure scheme', { ...upload, origin: 'https://127.0.0.1:4321' }, 'foreign-origin', 403],
    ['a foreign origin on a page', { ...page, origin: 'https://evil.example' }, 'foreign-origin', 403],
    ['a foreign origin on the socket', { ...api, origin: 'https://evil.example' }, 'foreign-origin', 403],
    ['a request that another site caused', { ...page, secFetchSite: 'cross-site' }, 'cross-site', 403],
    ['a request from another port', { ...page, secFetchSite: 'same-site' }, 'cross-site', 403],
    ['a token without origin', { ...session, origin: undefined }, 'missing-origin', 403],
    ['an upload without origin', { ...upload, origin: undefined }, 'missing-origin', 403],
    ['a socket without origin', { ...api, origin: undefined }, 'missing-origin', 403],
    ['an upload without session', { ...upload, hasSession: false }, 'no-session', 401],
    ['a socket without session', { ...api, hasSession: false }, 'no-session', 401],
    ['a socket elsewhere', { ...api, path: '/' }, 'unknown-path', 404],
    ['a post elsewhere', { ...session, path: '/api' }, 'unknown-path', 404],
    ['PUT', { ...upload, method: 'PUT' }, 'unknown-method', 405],
    ['OPTIONS, since there is no CORS', { ...upload, method: 'OPTIONS' }, 'unknown-method', 405],
    ['TRACE', { ...page, method: 'TRACE' }, 'unknown-method', 405],
    ['an upload that is too large', { ...upload, contentLength: '1001' }, 'too-large', 413],
    ['a token that is too large', { ...session, contentLength: '1025' }, 'too-large', 413],
    ['a length that is no number', { ...upload, contentLength: '1e2' }, 'malformed', 400],
    ['a negative length', { ...upload, contentLength: '-1' }, 'malformed', 400],
  ])('refuses %s', (_name, request, reason, httpStatus) => {
    expect(decideHostRequest(request, rules)).toEqual({ status: 'refused', reason, httpStatus });
  });
});
