import { describe, expect, it } from 'vitest';
import { parseEgressAddress } from './egress-address.ts';

describe('parseEgressAddress', () => {
  it.each([
    'https://api.example.org/v1',
    'https://10.1.2.3/',
    'http://localhost:1/',
    'http://127.0.0.1:8/',
    'http://[::1]/',
  ])('lets %j through for whoever asks', (url) => {
    expect(parseEgressAddress(url)?.href).toBe(new URL(url).href);
  });

  it.each([
    'http://10.1.2.3:8000/v1',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.20:11434/v1',
    'http://169.254.1.1/',
    'http://[fd12:3456::1]/',
    'http://[fe80::1]/',
    'http://workstation:8080/',
    'http://workstation.local/',
    'http://100.64.0.1:11434/',
    'http://100.127.255.254/',
    'http://[::ffff:10.0.0.1]/',
    'http://workstation.internal/',
    'http://workstation.tail1234.ts.net:11434/',
    'http://workstation.home.arpa/',
    'http://workstation.lan/',
    'http://workstation.fritz.box/',
    'http://models.localhost:8080/',
    // The dot at the end of a full name changes nothing.
    'http://workstation.local./',
    // As `URL` reads numbers: 192.168.1.1.
    'http://0xc0a80101/',
    'http://3232235777/',
    'http://0300.0250.1.1/',
    'http://10.1/',
  ])('lets %j through for an own server, and for nobody else', (url) => {
    expect(parseEgressAddress(url, true)).not.toBeNull();
    expect(parseEgressAddress(url)).toBeNull();
  });

  // Each is somewhere else and would get what is meant for the room next door, readable for everybody on the way.
  it.each([
    'http://example.org/',
    'http://10.example.org/',
    'http://192.168.0.1.example.org/',
    'http://127.0.0.1.example.org/',
    'http://172.32.0.1/',
    'http://172.15.0.1/',
    'http://11.0.0.1/',
    'http://8.8.8.8/',
    'http://0.0.0.0/',
    'http://100.63.255.255/',
    'http://100.128.0.0/',
    'http://134744072/',
    'http://0x8080808/',
    'http://010.010.010.010/',
    'http://[2001:db8::1]/',
    'http://[fc::1]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[fec0::1]/',
    'http://[fe80::1%25eth0]/',
    'http://ts.net.example.org/',
    'http://notts.net/',
    'http://nas.internal.example.org/',
    'http://local.example.org/',
    'http://name:word@192.168.0.1/',
    'ftp://192.168.0.1/',
    'nothing',
  ])('keeps %j in, for an own server too', (url) => {
    expect(parseEgressAddress(url, true)).toBeNull();
  });
});
