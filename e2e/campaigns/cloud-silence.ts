// `npm run campaign -- cloud-silence`: everything is set up for large models, and the mode is off. The app stands for 30
// minutes and for a day by a clock of its own, and then does a day's work in which the large model is asked for each time: first
// in a network namespace that has loopback alone, then under strace. Ends with 1 when a request arrived, when anything was answered
// elsewhere, and for a single attempt to connect, be it refused. Linux, as root or with user namespaces; says so elsewhere.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectedPorts } from './cloud-silence/connected-ports.ts';
import { readTrace } from './silence/read-trace.ts';

const part = (name: string): readonly string[] => [process.execPath, join(import.meta.dirname, 'cloud-silence', name)];
const canRun = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

type Ended = { readonly isDone: boolean; readonly output: string };

function run(program: string, args: readonly string[]): Ended {
  const { status, stdout } = spawnSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  process.stdout.write(stdout);
  return { isDone: status === 0, output: stdout };
}

const inNamespace = ['--map-root-user', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

for (const name of ['idle.ts', 'journey.ts']) {
  if (canRun('unshare', ...inNamespace, 'true')) {
    console.log(`${name} without any route:`);
    if (!run('unshare', [...inNamespace, ...part(name)]).isDone) process.exitCode = 1;
  } else console.log('Skipped: this machine gives no network namespaces (unshare and ip are needed).');
  if (!canRun('strace', '-V')) {
    console.log('Skipped: there is no strace on this machine.');
    continue;
  }
  const folder = mkdtempSync(join(tmpdir(), 'sotto-trace-'));
  const path = join(folder, 'trace');
  console.log(`${name}, watched:`);
  const words = ['-f', '--seccomp-bpf', '-qq', '-s', '64', '-e', 'trace=network,close', '-o', path];
  const { isDone, output } = run('strace', [...words, ...part(name)]);
  const trace = readFileSync(path, 'utf8');
  rmSync(folder, { recursive: true, force: true });
  // The journey itself speaks to the app as a page does.
  const own = Number(/port (\d+)/.exec(output)?.[1]);
  const all = connectedPorts(trace);
  const ports = all.filter((port) => port !== own);
  const { calls, broken } = readTrace(trace);
  for (const line of broken.slice(0, 40)) console.error(line);
  console.log(`${calls} calls, attempts to connect: ${ports.length === 0 ? 'none' : ports.join(', ')}`);
  // A trace without the journey's own connection has seen nothing.
  const hasSeen = Number.isNaN(own) ? calls > 0 : all.includes(own);
  if (!isDone || !hasSeen || broken.length > 0 || ports.length > 0) process.exitCode = 1;
}
