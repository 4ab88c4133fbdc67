import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RemoteKind } from '../../shared/remote.ts';
import type { FakeProviderOptions } from '../fake-provider-server.ts';
import { providerFolders } from './asked.ts';
import type { FakeProviderFault } from './faults.ts';
import type { FakeAnswer, FakeProviderRequest } from './served-answers.ts';

/** What the program is told to do from now on. */
export type FakeProviderOrder =
  { readonly fail: readonly FakeProviderFault[] } | { readonly key: string | null } | { readonly answer: FakeAnswer };

/** A request as the program wrote it down: the same, but nothing to wait for. */
export type LoggedProviderRequest = Omit<FakeProviderRequest, 'ended'>;

/** Large models elsewhere, in a process of their own. */
export type SpawnedFakeProvider = {
  readonly pid: number;
  /** Such as `http://127.0.0.1:4711`. */
  readonly address: string;
  baseUrl(kind: RemoteKind): string;
  /** Every request that is over, in the order in which they ended. */
  readonly requests: readonly LoggedProviderRequest[];
  order(order: FakeProviderOrder): void;
  /** Ends the process; all its requests have been told by then. */
  close(): Promise<void>;
};

/** What the program can be started with. */
export type SpawnFakeProviderOptions = Omit<FakeProviderOptions, 'onEnd'>;

/** A request as one line. */
export function toLoggedLine(request: FakeProviderRequest): string {
  // What there is to wait for is nothing to write down.
  return JSON.stringify({ ...request, body: request.body.toString('base64'), ended: undefined });
}

function readLoggedLine(line: string): LoggedProviderRequest {
  const { body, ...rest } = JSON.parse(line) as Omit<LoggedProviderRequest, 'body'> & { body: string }; // From above.
  return { ...rest, body: Buffer.from(body, 'base64') };
}

/** Starts the program and waits for its address. Throws when it ends before. */
export async function spawnFakeProvider(options: SpawnFakeProviderOptions = {}): Promise<SpawnedFakeProvider> {
  const program = join(import.meta.dirname, 'program.ts');
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const requests: LoggedProviderRequest[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The program ended with ${String(code)}.`)));
    let isFirst = true;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (isFirst) resolve(line);
      else requests.push(readLoggedLine(line));
      isFirst = false;
    });
  });
  return {
    pid: child.pid ?? -1,
    address,
    baseUrl: (kind) => `${address}${providerFolders[kind]}`,
    requests,
    order: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    async close() {
      child.stdin.end();
      await closed;
    },
  };
}
