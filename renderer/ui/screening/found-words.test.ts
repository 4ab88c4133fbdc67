import { describe, expect, it } from 'vitest';
import { heldAddresses, hostsOf, isHeld } from './found-words.ts';

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
