import { describe, expect, it } from 'vitest';
import { callMessageLimit, readCallMessage } from './call-message.ts';
import { fullBucket, takeToken } from './token-bucket.ts';
import { readDroppedPath } from './page-message.ts';

const call = (extra: object = {}, i: unknown = '1'): string =>
  JSON.stringify({ i, p: { u: '/chat/send', b: { json: {} }, ...extra } });
const withBody = (json: string): string => `{"i":"1","p":{"u":"/a/b","b":{"json":${json}}}}`;
const nested = (depth: number): string => withBody(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('call message', () => {
  it.each([
    ['a call', call()],
    ['a call without input', '{"i":"z3","p":{"u":"/app/describe"}}'],
    ['a call with undefined in its input', call({ b: { json: { a: null }, meta: [[3, 'a']] } })],
    ['text that only names a forbidden key', withBody('{"text":"__proto__ constructor prototype"}')],
    ['a field that a person called constructor', withBody('{"constructor":"Ada","prototype":{"a":1}}')],
  ])('takes %s', (_name, text) => expect(readCallMessage(text)).toMatchObject({ kind: 'call' }));

  it('takes the end of a call', () => {
    expect(readCallMessage('{"i":"1","t":4}')).toEqual({ kind: 'abort', id: '1' });
  });

  // Each would reach the serialiser, the prototype of all objects, or a way of the protocol that no page uses.
  it.each<[string, unknown, string, string | null]>([
    ['an object, which could be anything that clones', { i: '1', p: {} }, 'not-text', null],
    ['bytes', new Uint8Array([123, 125]), 'not-text', null],
    ['nothing', undefined, 'not-text', null],
    ['a number', 1, 'not-text', null],
    ['no JSON', '{', 'malformed', null],
    ['an empty text', '', 'malformed', null],
    ['null', 'null', 'malformed', null],
    ['a list', '[]', 'malformed', null],
    ['no id', '{"p":{"u":"/a"}}', 'malformed', null],
    ['a number for an id', call({}, 1), 'malformed', null],
    ['an id of words', call({}, 'a b'), 'malformed', null],
    ['a long id', call({}, 'a'.repeat(65)), 'malformed', null],
    ['no payload', '{"i":"1"}', 'malformed', '1'],
    ['another origin', call({ u: 'https://evil.example/chat/send' }), 'malformed', '1'],
    ['dots in the way', call({ u: '/chat/../send' }), 'malformed', '1'],
    ['a query', call({ u: '/chat/send?data=1' }), 'malformed', '1'],
    ['an encoded way', call({ u: '/ch%61t/send' }), 'malformed', '1'],
    ['another method', call({ m: 'GET' }), 'malformed', '1'],
    ['headers, which say how a body is read', call({ h: { 'content-type': 'multipart/form-data' } }), 'malformed', '1'],
    ['part of a stream', '{"i":"1","t":3,"p":{"e":"message"}}', 'malformed', '1'],
    ['another kind of message', '{"i":"1","t":9,"p":{"u":"/a"}}', 'malformed', '1'],
    ['more than a message has', '{"i":"1","p":{"u":"/a"},"x":1}', 'malformed', '1'],
    ['an unknown kind of value', call({ b: { json: 1, meta: [[8]] } }), 'malformed', '1'],
    ['a way of meta into the prototype', call({ b: { json: {}, meta: [[3, '__proto__', 'x']] } }), 'malformed', '1'],
    ['a prototype', withBody('{"__proto__":{"x":1}}'), 'forbidden-key', '1'],
    ['a prototype deep inside', withBody('[{"a":[{"__proto__":null}]}]'), 'forbidden-key', '1'],
    ['a prototype by escapes', withBody('{"\\u005f_proto__":{"x":1}}'), 'forbidden-key', '1'],
    ['the prototype of a constructor', withBody('{"constructor":{"prototype":{"x":1}}}'), 'forbidden-key', '1'],
    ['a prototype beside the payload', '{"i":"1","__proto__":{},"p":{"u":"/a"}}', 'forbidden-key', '1'],
    ['40 levels', nested(40), 'too-deep', '1'],
    ['a million levels', nested(1_000_000), 'too-deep', '1'],
  ])('refuses %s', (_name, data, reason, id) => {
    expect(readCallMessage(data)).toEqual({ kind: 'refused', id, reason });
  });

  it('answers what is too large without parsing it', () => {
    const text = withBody(`"${'a'.repeat(callMessageLimit)}"`);
    expect(readCallMessage(text)).toEqual({ kind: 'refused', id: '1', reason: 'too-large' });
    expect(readCallMessage(` ${text}`)).toEqual({ kind: 'refused', id: null, reason: 'too-large' });
  });
});

describe('token bucket', () => {
  const rules = { capacity: 3, refillPerSecond: 2 };
  it('gives what it holds, then what comes back', () => {
    let bucket = fullBucket(rules, 1_000);
    const take = (nowMs: number): boolean => {
      const taken = takeToken(bucket, rules, nowMs);
      ({ bucket } = taken);
      return taken.isTaken;
    };
    expect([1_000, 1_000, 1_000, 1_000].map(take)).toEqual([true, true, true, false]);
    expect([1_499, 1_500, 1_500].map(take)).toEqual([false, true, false]);
    // A clock that jumps back neither fills nor empties it, and a long pause fills it no further than full.
    expect(take(0)).toBe(false);
    expect([90_000, 90_000, 90_000, 90_000].map(take)).toEqual([true, true, true, false]);
  });
});

describe('dropped path', () => {
  it('is one text of a path that a system can have', () => {
    expect(readDroppedPath(['/home/me/x.pdf'])).toBe('/home/me/x.pdf');
    const refused = [[], [''], [1], [null], [{}], [['/a']], ['/a', '/b'], ['/a\0b'], ['a'.repeat(32_769)]];
    for (const messages of refused) expect(readDroppedPath(messages)).toBeNull();
  });
});
