// `npm run campaign -- silence [host|double]`: a whole journey in a network namespace that has loopback alone, then outside of
// it under strace. Ends with 1 when the journey fails without a network, or when any process of it, the browser's included,
// spoke to another address than loopback or asked for a name. Linux, as root or with user namespaces; says so elsewhere.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTrace } from './silence/read-trace.ts';

const door = process.argv[2] === 'double' ? 'double' : 'host';
const journey = [process.execPath, join(import.meta.dirname, 'silence', 'journey.ts'), door];
const canRun = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;
const run = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'inherit' }).status === 0;

const inNamespace = ['--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && ip route && exec "$@"', 'sh'];
if (canRun('unshare', ...inNamespace, 'true')) {
  console.log(`Without any route, through ${door}:`);
  const isDone = run('unshare', [...inNamespace, ...journey]);
  console.log(isDone ? 'The journey needs no network.' : 'The journey failed without a network.');
  if (!isDone) process.exitCode = 1;
} else console.log('Skipped: this machine gives no network namespaces (unshare and ip are needed).');

if (canRun('strace', '-V')) {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-trace-'));
  const tracePath = join(folder, 'trace');
  console.log(`With a network, watched, through ${door}:`);
  const words = ['-f', '--seccomp-bpf', '-qq', '-s', '64', '-e', 'trace=network,close', '-o', tracePath];
  const isDone = run('strace', [...words, ...journey]);
  const { calls, loopback, local, probes, broken } = readTrace(readFileSync(tracePath, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  for (const line of broken.slice(0, 40)) console.error(line);
  console.log(
    `${calls} calls: ${local} between processes, ${loopback} to loopback, ${broken.length} elsewhere or for a name; ` +
      `${probes} times a browser asked the kernel for a way by IPv6, on a socket that sent nothing.`,
  );
  if (!isDone || broken.length > 0 || loopback === 0) process.exitCode = 1;
} else console.log('Skipped: there is no strace on this machine.');
