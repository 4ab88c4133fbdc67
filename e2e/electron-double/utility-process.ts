import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type Electron from 'electron';
import { takePorts } from './message-port-main.ts';
import { PortBridge, type PortFrame } from './page/port-bridge.ts';
import { strictEmitter } from './strict.ts';

const killAfterMs = 2_000;
const childModule = join(import.meta.dirname, 'utility-child.ts');

/** What crosses the channel of a utility process, beside the frames of its ports. */
export type UtilityMessage = { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly string[] };

/** Electron's numbers for an end by signal are the signals'. */
const signalCodes: Readonly<Record<string, number>> = { SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15, SIGABRT: 6 };

/** Electron's `stdio` of a utility process, of which standard input never exists. */
function outputStdio(stdio: Electron.ForkOptions['stdio'], at: 1 | 2): 'pipe' | 'ignore' | 'inherit' {
  const wanted = Array.isArray(stdio) ? stdio[at] : stdio;
  return wanted === 'pipe' || wanted === 'ignore' ? wanted : 'inherit';
}

/** Electron's UtilityProcess: a child process under Node. */
export class UtilityProcessDouble extends strictEmitter('UtilityProcess', ['spawn', 'message', 'exit', 'error']) {
  static readonly #running = new Set<ChildProcess>();
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  readonly #child: ChildProcess;
  readonly #bridge: PortBridge;
  #isRunning = false;

  constructor(modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) {
    super();
    const child = fork(childModule, [modulePath, ...args], {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...(options.env ?? process.env) },
      serialization: 'advanced',
      execArgv: [...(options.execArgv ?? [])],
      stdio: ['ignore', outputStdio(options.stdio, 1), outputStdio(options.stdio, 2), 'ipc'],
    });
    UtilityProcessDouble.#running.add(child);
    this.#child = child;
    this.#bridge = new PortBridge('main', (frame) => this.#send(frame));
    // Streams of their own, which outlive the child until they are read.
    this.stdout = child.stdout?.pipe(new PassThrough()) ?? null;
    this.stderr = child.stderr?.pipe(new PassThrough()) ?? null;
    this.#follow(child);
  }

  get pid(): number | undefined {
    return this.#isRunning ? this.#child.pid : undefined;
  }

  postMessage(message: unknown, transfer: readonly Electron.MessagePortMain[] = []): void {
    const ports = takePorts(transfer).map((port) => this.#bridge.attach(port));
    this.#send({ kind: 'message', data: message, ports });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  /** Ends every utility process, as Electron does with its own end. */
  static async endAll(): Promise<void> {
    await Promise.all([...UtilityProcessDouble.#running].map(endChild));
  }

  #send(message: UtilityMessage | PortFrame): void {
    // It may end while a message is on its way: without a callback that would be an uncaught error.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #follow(child: ChildProcess): void {
    child.once('spawn', () => {
      this.#isRunning = true;
      this.emit('spawn');
    });
    // utility-child.ts sends nothing else.
    child.on('message', (message) => this.#receive(message as UtilityMessage | PortFrame));
    child.once('exit', (code, signal) => {
      UtilityProcessDouble.#running.delete(child);
      this.#isRunning = false;
      this.#bridge.closeAll();
      this.emit('exit', code ?? signalCodes[signal ?? ''] ?? 1);
    });
  }

  #receive(message: UtilityMessage | PortFrame): void {
    if (message.kind === 'message') this.emit('message', message.data);
    else this.#bridge.receive(message);
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const deadline = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(deadline);
}

/** Electron's utilityProcess. */
export const utilityProcess = {
  fork: (modulePath: string, args?: readonly string[], options?: Electron.ForkOptions): UtilityProcessDouble =>
    new UtilityProcessDouble(modulePath, args, options),
};
