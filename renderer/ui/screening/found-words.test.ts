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

  it.each([
    ['www.evil.example/?d=secret', 'http://www.evil.example/?d=secret', 'www.evil.example'],
    ['https:\\/\\/evil.example/?d=secret', 'https://evil.example/?d=secret', 'evil.example'],
    ['https://bank.example@evil.example/', 'https://bank.example@evil.example/', 'evil.example'],
    ['mailto:x@evil.example?body=secret', 'mailto:x@evil.example?body=secret', undefined],
  ])('holds %j', (text, address, host) => {
    const held = heldAddresses(text, [{ kind: 'link-carries-data', start: 0, end: text.length }]);
    expect(isHeld(address, held)).toBe(true);
    expect(hostsOf(held)[0]).toBe(host);
  });
});
