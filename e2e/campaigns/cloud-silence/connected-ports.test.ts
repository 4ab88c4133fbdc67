import { expect, it } from 'vitest';
import { connectedPorts } from './connected-ports.ts';

// A connection that is refused was an attempt all the same, and so was one whose second half another thread cut off.
it('tells every port that was tried', () => {
  const lines = [
    '12 connect(5, {sa_family=AF_UNIX, sun_path="/tmp/x"}, 110) = 0',
    '12 connect(5, {sa_family=AF_INET, sin_port=htons(4321), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 ECONNREFUSED (x)',
    '13 connect(6, {sa_family=AF_INET6, sin6_port=htons(80), inet_pton(AF_INET6, "::1", &sin6_addr)}, 28 <unfinished ...>',
    '13 connect(6, {sa_family=AF_INET, sin_port=htons(4321), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    '13 bind(6, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
  ];
  expect(connectedPorts(lines.join('\n'))).toEqual([4321, 80]);
});
