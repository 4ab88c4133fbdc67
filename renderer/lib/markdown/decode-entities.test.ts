import { describe, expect, it } from 'vitest';
import { decodeEntities } from './decode-entities.ts';

describe('decodeEntities', () => {
  it.each([
    ['a &amp; b', 'a & b'],
    ['&lt;script&gt;', '<script>'],
    ['&#65;&#x42;', 'AB'],
    ['&uuml;ber', 'über'],
    ['&amp;lt;', '&lt;'],
    ['&nothing;', '&nothing;'],
    ['&constructor;', '&constructor;'],
    ['&#0;&#xD800;&#x110000;', '&#0;&#xD800;&#x110000;'],
    ['AT&T', 'AT&T'],
  ])('turns %s into %s', (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });
});
