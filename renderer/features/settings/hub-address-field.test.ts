import { describe, expect, it } from 'vitest';
import { hubAddressOf } from './hub-address-field.tsx';

describe('hubAddressOf', () => {
  it.each([
    ['hub.example.org', 'https://hub.example.org'],
    [' https://hub.example.org/ ', 'https://hub.example.org'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    // Catches a mirror over the open net without encryption, and addresses that say more than a host.
    ['http://hub.example.org', null],
    ['https://hub.example.org/models', null],
    ['https://ada:secret@hub.example.org', null],
    ['file:///etc/passwd', null],
    ['', null],
  ])('of "%s" is %s', (typed, address) => {
    expect(hubAddressOf(typed)).toBe(address);
  });
});
