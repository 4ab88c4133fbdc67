import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { descendantsOf } from './processes.ts';
import type { SottoApp, StartOptions } from './sotto-app.ts';

const root = join(import.meta.dirname, '..', '..');

/** Starts the built host on a random port and opens its address in `page`. */
export async function startHost(page: Page, options: StartOptions): Promise<SottoApp> {
  const host = await spawnHost(options);
  await page.goto(host.url);
  return {
    page,
    application: null,
    pid: host.process.pid ?? -1,
    enginePid: () => Promise.resolve(enginePidBelow(host.process.pid ?? -1)),
    close: () => endProcess(host.process),
  };
}

export type RunningHost = { readonly process: ChildProcess; readonly url: string };

/** The host alone, for specs that talk to it without a page. */
export async function spawnHost(options: StartOptions): Promise<RunningHost> {
  const child = spawn(process.execPath, [join(root, 'out/main/host.js'), '--port', '0', '--no-open'], {
    env: {
      ...process.env,
      SOTTO_DATA_DIR: options.dataFolder,
      SOTTO_MODEL_DIR: options.modelFolder,
      SOTTO_KEYCHAIN: 'none',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = /Sotto is ready at (\S+)/.exec(output);
      if (match?.[1]) resolve(match[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The host ended with ${String(code)}:\n${output}`)));
  });
  return { process: child, url };
}

/** Asks a process to end as Ctrl+C would, and waits for it. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGINT');
  await gone;
}

/** The engine among the processes that `pid` started. */
export function enginePidBelow(pid: number): number | undefined {
  return descendantsOf(pid).find((entry) => entry.command.includes('inference-worker'))?.pid;
}
