import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWire, wireTraceOptions } from './read-wire.ts';

const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const connect = (port: number, family = 'AF_INET'): string =>
  `7 connect(9, {sa_family=${family}, sin_port=htons(${port}), sin_addr=inet_addr("\\x31")}, 16) = -1 EINPROGRESS (Operation now in progress)`;
const ports = new Set([80]);

describe('readWire', () => {
  it('reads requests that follow each other on one connection, cut anywhere', () => {
    const asked = 'POST /one HTTP/1.1\r\ncontent-length: 5\r\n\r\nfirstGET /two HTTP/1.1\r\n\r\n';
    const answered =
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\nHTTP/1.1 404 No\r\ncontent-length: 2\r\n\r\nno';
    const lines = [connect(80)];
    for (const [index, letter] of asked.split('').entries()) {
      // A short write took less than it was given.
      lines.push(`7 writev(9, [{iov_base="${hex(letter)}", iov_len=1}, {iov_base="${hex('x')}", iov_len=1}], 2) = 1`);
      // Another thread has its own files under the same number.
      if (index === 3) lines.push(`8 write(9, "${hex('else')}", 4) = 4`);
    }
    lines.push(`7 read(9,  <unfinished ...>`, `8 close(9) = 0`);
    lines.push(`7 <... read resumed>"${hex(answered)}", 65536) = ${answered.length}`, '7 close(9) = 0');
    const { exchanges, elsewhere } = readWire(lines.join('\n'), ports);
    expect(elsewhere).toEqual([]);
    expect(exchanges).toMatchObject([
      { method: 'POST', target: '/one', status: 200, receivedBytes: 3, isWhole: true },
      { method: 'GET', target: '/two', status: 404, receivedBytes: 2, isWhole: true },
    ]);
    expect(exchanges[0]?.requestBody.toString()).toBe('first');
  });

  it('tells an answer that was cut, and one that never came', () => {
    const request = 'GET / HTTP/1.1\r\n\r\n';
    const wrote = `7 write(9, "${hex(request)}", ${request.length}) = ${request.length}`;
    const piece = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc';
    const cut = [connect(80), wrote, `7 read(9, "${hex(piece)}", 65536) = ${piece.length}`, '7 close(9) = 0'];
    expect(readWire(cut.join('\n'), ports).exchanges).toMatchObject([
      { status: 200, receivedBytes: 3, isWhole: false },
    ]);
    const silent = [connect(80), wrote, '7 read(9, "", 65536) = 0', '7 close(9) = 0'];
    expect(readWire(silent.join('\n'), ports).exchanges).toMatchObject([
      { status: null, receivedBytes: 0, isWhole: false },
    ]);
  });

  // What is not looked for has to be seen all the same: a request that no ledger knows would go to a port that nobody named.
  it('tells connections that lead elsewhere', () => {
    expect(readWire([connect(443), connect(80)].join('\n'), ports).elsewhere).toEqual([connect(443)]);
    expect(readWire('7 connect(9, {sa_family=AF_UNIX, sun_path="\\x2f"}, 10) = 0', ports).elsewhere).toEqual([]);
  });

  it('refuses a trace whose strings are cut', () => {
    const lines = [connect(80), `7 write(9, "${hex('GET')}"..., 900) = 900`];
    expect(() => readWire(lines.join('\n'), ports)).toThrow(/cut/);
  });

  it.skipIf(spawnSync('strace', ['-V']).status !== 0)('reads what strace writes of a real client', async () => {
    const server = createServer((request, response) => {
      request.resume().once('end', () => {
        response.write('hello ');
        setImmediate(() => response.end('wörld'));
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo; // A TCP server that listens has one of this shape.
    const folder = mkdtempSync(join(tmpdir(), 'sotto-wire-'));
    const asks = `for (const body of ['a', 'b'.repeat(200000)]) {
      const answer = await fetch('http://127.0.0.1:${port}/p?q=1', { method: 'POST', body });
      await answer.text();
    }`;
    const words = [...wireTraceOptions, '-o', join(folder, 'trace')];
    const traced = spawn('strace', [...words, process.execPath, '--input-type=module', '-e', asks], {
      stdio: 'inherit',
    });
    const [code] = (await once(traced, 'exit')) as [number]; // Node's word on exit codes
    server.close();
    const { exchanges, elsewhere } = readWire(readFileSync(join(folder, 'trace'), 'utf8'), new Set([port]));
    rmSync(folder, { recursive: true });
    expect({ code, elsewhere }).toEqual({ code: 0, elsewhere: [] });
    expect(exchanges.map(({ requestBody }) => requestBody.length)).toEqual([1, 200_000]);
    expect(exchanges.map(({ receivedBytes, isWhole }) => ({ receivedBytes, isWhole }))).toEqual(
      [1, 2].map(() => ({ receivedBytes: 12, isWhole: true })),
    );
  });
});
