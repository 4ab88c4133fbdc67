import { describe, expect, it } from 'vitest';
import { wellFormedText } from './well-formed-text.ts';

describe('wellFormedText', () => {
  it.each([
    ['plain', 'Grüße 😀 \u200d\n', 'Grüße 😀 \u200d\n'],
    ['halves of pairs', '\ud800a\udc00', '\ufffda\ufffd'],
    ['a pair in the wrong order', '\udc00\ud800', '\ufffd\ufffd'],
    ['zeros', 'a\u0000😀\u0000', 'a\ufffd😀\ufffd'],
    // The decoder would take it for a mark of the byte order.
    ['a zero width no-break space in front', '\ufeffa\u0000', '\ufeffa\ufffd'],
    ['zeros and halves', '\u0000\ud800\u0000', '\ufffd\ufffd\ufffd'],
    ['nothing', '', ''],
  ])('%s', (_name, text, expected) => {
    expect(wellFormedText(text)).toBe(expected);
  });
});
