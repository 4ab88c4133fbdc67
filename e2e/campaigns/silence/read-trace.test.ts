import { describe, expect, it } from 'vitest';
import { readTrace } from './read-trace.ts';

describe('trace of the network', () => {
  it('is silent with local sockets and loopback alone', () => {
    const lines = [
      '12 connect(5, {sa_family=AF_UNIX, sun_path="/tmp/x"}, 110) = 0',
      '12 connect(5, {sa_family=AF_INET, sin_port=htons(4321), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS',
      '13 bind(5, {sa_family=AF_INET6, sin6_port=htons(0), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
      '13 sendto(6, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1',
      '13 socket(AF_INET, SOCK_STREAM, 0) = 7',
    ];
    expect(readTrace(lines.join('\n'))).toEqual({ calls: 4, loopback: 2, local: 2, probes: 0, broken: [] });
  });
  it.each([
    'connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("93.184.216.34")}, 16) = 0',
    'connect(5, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2606:4700::1", &sin6_addr)}, 28) = 0',
    'connect(5, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
    'connect(5, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT',
    'sendto(5, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(5353), sin_addr=inet_addr("224.0.0.251")}, 16) = 1',
    'sendmsg(5, {msg_name={sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("10.0.0.1")}}, 0) = 1',
    'bind(5, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
  ])('is not with %s', (line) => expect(readTrace(line).broken).toEqual([line]));

  const opened = '7 socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 14';
  const given =
    '7 connect(14, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:4860:4860::8888", &sin6_addr)}, 28) = 0';
  it('excuses a datagram socket that never sends', () => {
    const halves = [opened.replace(') = 14', ' <unfinished ...>'), '7 <... socket resumed>)             = 14', given];
    for (const lines of [[opened, given], halves]) {
      expect(readTrace(lines.join('\n'))).toMatchObject({ probes: 1, broken: [] });
    }
  });
  it('excuses no more when it sends, and no stream', () => {
    expect(readTrace([opened, given, '7 sendto(14, "x", 1, 0, NULL, 0) = 1'].join('\n')).broken).toContain(given);
    expect(readTrace([opened.replace('DGRAM', 'STREAM'), given].join('\n')).broken).toEqual([given]);
    expect(readTrace([opened, given.replace('443', '53')].join('\n')).broken).toHaveLength(1);
  });
});
