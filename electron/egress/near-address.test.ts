import { describe, expect, it } from 'vitest';
import { isNearAddress } from './near-address.ts';

describe('isNearAddress', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.255.255',
    '169.254.0.1',
    '100.64.0.0',
    '100.127.255.255',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fc00::1',
    'fdff:ffff::1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '::ffff:127.0.0.1',
  ])('takes %s for one of the own network', (address) => {
    expect(isNearAddress(address)).toBe(true);
  });

  // The neighbours of each network, what looks alike, and what is no number.
  it.each([
    '126.255.255.255',
    '128.0.0.0',
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '0.0.0.0',
    '8.8.8.8',
    '::',
    '::2',
    'fe00::1',
    'fec0::1',
    'fbff::1',
    'fe::1',
    '2001:db8::1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '10.0.0',
    'localhost',
    '',
    '%eth0',
  ])('takes %s for another', (address) => {
    expect(isNearAddress(address)).toBe(false);
  });
});
