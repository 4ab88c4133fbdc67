import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const built = join(import.meta.dirname, '../../out/main');

/** How a program of the built product ended, and what it wrote. */
export type Ended = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

/** A started program of the built product. */
export type Started = {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<Ended>;
  /** Resolves when what it wrote matches, rejects when it ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
};

/** Starts `out/main/<program>.js` under this Node, in English, with the given environment beside the usual, and an input. */
export function startBuilt(
  program: 'cli' | 'host',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input = '',
): Started {
  const child = spawn(process.execPath, [join(built, `${program}.js`), ...args], {
    env: {
      ...process.env,
      LC_ALL: 'en_US.UTF-8',
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      // Nobody's own keychain is touched.
      SOTTO_KEYCHAIN: 'none',
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may end before it has read anything.
  child.stdin.on('error', () => undefined).end(input);
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(([exitCode]): Ended => ({ exitCode: exitCode as number | null, ...output })); // Node's word on exit codes
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const look = (): void => {
      const match = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
      if (match !== null) resolve(match);
    };
    listeners.add(look);
    look();
    void ended.then(() => reject(new Error(`It ended before ${String(pattern)}:\n${output.stdout}\n${output.stderr}`)));
    return await promise.finally(() => listeners.delete(look));
  };
  return { child, output, ended, until };
}

/** Process ids of everything that a process started and that still lives, its children's children included. Empty where there is no `/proc`. */
export function descendantsOf(pid: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The name in parentheses may hold anything; the parent follows the state behind it.
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      parents.set(Number(entry), Number(fields[1]));
    } catch {
      // It ended while it was looked at.
    }
  }
  const below = (parent: number): number[] =>
    [...parents].filter(([, above]) => above === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** True while a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
