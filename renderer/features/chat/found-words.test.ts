import { describe, expect, it } from 'vitest';
import { heldAddresses, hiddenCharacters, hostsOf, isHeld } from './found-words.ts';

const whole = (text: string, kind: 'link-carries-data' | 'hidden-characters') => [
  { kind, start: 0, end: text.length } as const,
];

describe('hiddenCharacters', () => {
  it('names each code point once, those beyond the first plane too', () => {
    const text = 'a\u200Bb\u200Bc\u{E0041}';
    expect(hiddenCharacters(text, whole(text, 'hidden-characters'))).toEqual({
      count: 3,
      names: ['U+200B', 'U+E0041'],
    });
  });
});

describe('isHeld', () => {
  it('holds the address in every way in which it can be written, and no other', () => {
    // Catches the link that is warned of and still opens.
    const text = 'See [this](https://Evil.example/p?d=secret "x") or https://good.example/';
    const held = heldAddresses(text, [{ kind: 'link-carries-data', start: 4, end: 47 }]);
    expect(hostsOf(held)).toEqual(['evil.example']);
    expect(isHeld('https://evil.example/p?d=secret', held)).toBe(true);
    expect(isHeld('https://good.example/', held)).toBe(false);
  });
});
