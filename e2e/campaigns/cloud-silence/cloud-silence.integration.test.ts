import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectedPorts } from './connected-ports.ts';

const hasStrace = spawnSync('strace', ['-V']).status === 0;

// Catches a timer, a warm-up or a check for news that reaches for a large model because everything but the mode is ready for it.
it('nothing tries to connect in 30 minutes and a day of idling while the mode is off', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-idle-trace-'));
  const trace = join(folder, 'trace');
  const idle = [process.execPath, join(import.meta.dirname, 'idle.ts')];
  const words = ['strace', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=connect', '-o', trace, ...idle];
  const [program = '', ...args] = hasStrace ? words : idle;
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  const ports = hasStrace ? connectedPorts(readFileSync(trace, 'utf8')) : [];
  rmSync(folder, { recursive: true });
  expect(stdout).toContain('0 requests came, 0 left by the ledger');
  expect({ status, ports }).toEqual({ status: 0, ports: [] });
});
