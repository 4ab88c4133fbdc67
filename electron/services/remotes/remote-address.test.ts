import { describe, expect, it } from 'vitest';
import { remoteVendors } from '../../shared/remote-vendors.ts';
import type { RemoteProblem, RemoteZone } from '../../shared/remote.ts';
import { parsePolicyAddress, parseRemoteAddress } from './remote-address.ts';

const fine: readonly (readonly [typed: string, zone: RemoteZone, kept: string])[] = [
  ['https://api.example.com/v1', 'cloud', 'https://api.example.com/v1'],
  ['  https://api.example.com/v1/ ', 'cloud', 'https://api.example.com/v1'],
  ['https://api.example.com//', 'cloud', 'https://api.example.com'],
  ['https://api.example.com', 'cloud', 'https://api.example.com'],
  ['https://gateway.example.com/team/llm/v1', 'cloud', 'https://gateway.example.com/team/llm/v1'],
  ['HTTPS://API.Example.COM/V1', 'cloud', 'https://api.example.com/V1'],
  ['https://api.example.com:8443/v1', 'cloud', 'https://api.example.com:8443/v1'],
  ['https://api.example.com:443/v1', 'cloud', 'https://api.example.com/v1'],
  ['https://api.example.com./v1', 'cloud', 'https://api.example.com/v1'],
  // A letter that only looks like another shows in Punycode.
  ['https://bücher.example/v1', 'cloud', 'https://xn--bcher-kva.example/v1'],
  ['https://аpi.openai.com/v1', 'cloud', 'https://xn--pi-6kc.openai.com/v1'],
  ['https://192.168.1.20/v1', 'cloud', 'https://192.168.1.20/v1'],
  ['http://localhost:8080/v1', 'cloud', 'http://localhost:8080/v1'],
  ['http://127.0.0.1:11434/v1', 'cloud', 'http://127.0.0.1:11434/v1'],
  ['http://[::1]:8080/v1', 'own-server', 'http://[::1]:8080/v1'],
  ['http://192.168.1.20:8080/v1', 'own-server', 'http://192.168.1.20:8080/v1'],
  ['http://10.1.2.3', 'own-server', 'http://10.1.2.3'],
  ['http://172.16.0.1/v1', 'own-server', 'http://172.16.0.1/v1'],
  ['http://172.31.255.255/v1', 'own-server', 'http://172.31.255.255/v1'],
  ['http://169.254.3.4/v1', 'own-server', 'http://169.254.3.4/v1'],
  ['http://[fd12:3456::1]:8080/v1', 'own-server', 'http://[fd12:3456::1]:8080/v1'],
  ['http://[fe80::1]/v1', 'own-server', 'http://[fe80::1]/v1'],
  ['http://big-machine:8080/v1', 'own-server', 'http://big-machine:8080/v1'],
  ['http://big-machine.local:8080/v1', 'own-server', 'http://big-machine.local:8080/v1'],
  ['https://llm.example.org/v1', 'own-server', 'https://llm.example.org/v1'],
  ['http://100.101.102.103:11434', 'own-server', 'http://100.101.102.103:11434'],
  ['http://big-machine.tail1234.ts.net:11434/v1', 'own-server', 'http://big-machine.tail1234.ts.net:11434/v1'],
  // The runtime writes every form of a number in the same way.
  ['http://[::ffff:192.168.1.20]/v1', 'own-server', 'http://[::ffff:c0a8:114]/v1'],
  ['http://3232235796:8080/v1', 'own-server', 'http://192.168.1.20:8080/v1'],
  ['http://0xc0.0xa8.1.0x14/v1', 'own-server', 'http://192.168.1.20/v1'],
  ['http://0300.0250.01.024/v1', 'own-server', 'http://192.168.1.20/v1'],
  // Without a scheme: plain where that stays in the own network, and encrypted everywhere else.
  ['api.example.com/v1', 'cloud', 'https://api.example.com/v1'],
  ['//api.example.com/v1', 'cloud', 'https://api.example.com/v1'],
  ['llm.example.org', 'own-server', 'https://llm.example.org'],
  ['localhost:8080', 'own-server', 'http://localhost:8080'],
  ['localhost:8080/v1', 'cloud', 'http://localhost:8080/v1'],
  ['192.168.1.20:8080/v1', 'own-server', 'http://192.168.1.20:8080/v1'],
  ['192.168.1.20:8080/v1', 'cloud', 'https://192.168.1.20:8080/v1'],
  ['nas:11434', 'own-server', 'http://nas:11434'],
  ['nas.local', 'own-server', 'http://nas.local'],
  ['[fd12::1]:8080', 'own-server', 'http://[fd12::1]:8080'],
  ['8.8.8.8:8080', 'own-server', 'https://8.8.8.8:8080'],
  // Addresses of single calls.
  ['https://api.example.com/v1/chat/completions', 'cloud', 'https://api.example.com/v1'],
  ['https://api.example.com/v1/messages/', 'cloud', 'https://api.example.com/v1'],
  ['http://nas:11434/api/chat', 'own-server', 'http://nas:11434/api'],
  ['http://nas:11434/api/tags', 'own-server', 'http://nas:11434/api'],
  ['http://nas:1234/v1/models', 'own-server', 'http://nas:1234/v1'],
  [
    'https://generativelanguage.googleapis.com/v1beta/models/gemini:generateContent',
    'cloud',
    'https://generativelanguage.googleapis.com/v1beta',
  ],
  ['https://notopenai.com/v1', 'own-server', 'https://notopenai.com/v1'],
];

const wrong: readonly (readonly [typed: string, zone: RemoteZone, reason: RemoteProblem])[] = [
  ['', 'own-server', 'missing'],
  ['   ', 'cloud', 'missing'],
  // A single word may be a key that was entered in the wrong field: nobody is asked for a computer of that name.
  ['sk-proj-abcdefgh', 'own-server', 'no-scheme'],
  ['large-model', 'cloud', 'no-scheme'],
  ['a_b.example.com', 'cloud', 'no-scheme'],
  ['mailto:someone@example.com', 'cloud', 'wrong-scheme'],
  ['javascript:alert(1)', 'cloud', 'wrong-scheme'],
  ['http://[fe80::1%eth0]:8080/v1', 'own-server', 'zone-index'],
  ['http://[fe80::1%25eth0]/v1', 'own-server', 'zone-index'],
  ['[fe80::1%eth0]:8080', 'own-server', 'zone-index'],
  ['ftp://api.example.com/v1', 'cloud', 'wrong-scheme'],
  ['file:///etc/passwd', 'own-server', 'wrong-scheme'],
  ['ws://api.example.com', 'cloud', 'wrong-scheme'],
  ['https://api.example.com/v1?key=abc', 'cloud', 'query'],
  ['https://api.example.com/v1?', 'cloud', 'query'],
  ['https://api.example.com/v1#top', 'cloud', 'fragment'],
  ['https://name:word@api.example.com/v1', 'cloud', 'credentials'],
  ['https://sk-secret@api.example.com/v1', 'cloud', 'credentials'],
  ['https://:word@api.example.com/v1', 'cloud', 'credentials'],
  ['http://api.example.com/v1', 'cloud', 'not-encrypted'],
  ['http://api.example.com/v1', 'own-server', 'not-encrypted'],
  ['http://192.168.1.20:8080/v1', 'cloud', 'not-encrypted'],
  ['http://big-machine:8080/v1', 'cloud', 'not-encrypted'],
  // Neighbours of the private networks, and addresses written so as to look like one.
  ['http://172.15.0.1/v1', 'own-server', 'not-encrypted'],
  ['http://172.32.0.1/v1', 'own-server', 'not-encrypted'],
  ['http://192.169.0.1/v1', 'own-server', 'not-encrypted'],
  ['http://11.0.0.1/v1', 'own-server', 'not-encrypted'],
  ['http://8.8.8.8/v1', 'own-server', 'not-encrypted'],
  ['http://134744072/v1', 'own-server', 'not-encrypted'],
  ['http://0x08080808/v1', 'own-server', 'not-encrypted'],
  ['http://[2001:4860:4860::8888]/v1', 'own-server', 'not-encrypted'],
  ['http://[::ffff:8.8.8.8]/v1', 'own-server', 'not-encrypted'],
  ['http://[::ffff:192.168.1.20]/v1', 'cloud', 'not-encrypted'],
  ['http://10.evil.example/v1', 'own-server', 'not-encrypted'],
  ['http://192.168.1.20.evil.example/v1', 'own-server', 'not-encrypted'],
  ['http://localhost.evil.example/v1', 'cloud', 'not-encrypted'],
  ['http://big-machine.local.evil.example/v1', 'own-server', 'not-encrypted'],
  // What may go to an own server only must not reach a vendor because of a wrong word.
  ['https://api.openai.com/v1', 'own-server', 'not-own-server'],
  ['https://API.OpenAI.com./v1', 'own-server', 'not-own-server'],
  ['https://generativelanguage.googleapis.com/v1beta', 'own-server', 'not-own-server'],
  ['https://team.openai.azure.com/openai/v1', 'own-server', 'not-own-server'],
  ['https://', 'cloud', 'malformed'],
  ['https://exa mple.com/v1', 'cloud', 'malformed'],
  ['https://exa\nmple.com/v1', 'cloud', 'malformed'],
  ['https:\\\\api.example.com\\v1', 'cloud', 'malformed'],
  ['https://api.example.com\\@evil.example/v1', 'cloud', 'malformed'],
  ['https://api.exam\u200Bple.com/v1', 'cloud', 'malformed'],
  ['https://api.example.com\u202E/v1', 'cloud', 'malformed'],
  ['https://api.example.com:99999/v1', 'cloud', 'malformed'],
  ['https://[::1/v1', 'cloud', 'malformed'],
  [`https://api.example.com/${'a'.repeat(500)}`, 'cloud', 'too-long'],
];

describe('parseRemoteAddress', () => {
  it.each(fine)('keeps %j for %s as %s', (typed, zone, kept) => {
    expect(parseRemoteAddress(typed, zone)).toEqual({ status: 'fine', url: kept });
    // Catches an address that changes with every saving.
    expect(parseRemoteAddress(kept, zone)).toEqual({ status: 'fine', url: kept });
  });

  it.each(wrong)('refuses %j for %s: %s', (typed, zone, reason) => {
    expect(parseRemoteAddress(typed, zone)).toEqual({ status: 'wrong', reason });
  });

  it('takes every address of a vendor that comes with the app, and never for an own server', () => {
    for (const { baseUrl, policyUrl } of Object.values(remoteVendors)) {
      expect(parseRemoteAddress(baseUrl, 'cloud')).toEqual({ status: 'fine', url: baseUrl });
      expect(parseRemoteAddress(baseUrl, 'own-server')).toEqual({ status: 'wrong', reason: 'not-own-server' });
      expect(parsePolicyAddress(policyUrl)).toEqual({ status: 'fine', url: policyUrl });
    }
  });
});

describe('parsePolicyAddress', () => {
  // It becomes a link that a person clicks.
  it.each([
    ['javascript:alert(1)', 'no-scheme'],
    ['http://example.com/policy', 'wrong-scheme'],
    ['example.com', 'no-scheme'],
    ['https://name:word@example.com', 'credentials'],
    ['https://exam ple.com', 'malformed'],
  ])('refuses %j: %s', (typed, reason) => {
    expect(parsePolicyAddress(typed)).toEqual({ status: 'wrong', reason });
  });
});
