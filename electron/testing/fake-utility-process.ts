import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { UtilityProcessFork } from '../inference/launchers/utility-process-launcher.ts';

/** Gives a Node process the port that Electron gives a utility process. */
const portShim = `process.parentPort = {
  postMessage: (message) => process.send(message),
  on: (name, listener) => process.on(name, (data) => listener({ data })),
};`;

/** Electron's `utilityProcess.fork` over a Node process: a real process with the port, events and methods that are used. */
export const forkFakeUtilityProcess: UtilityProcessFork = (modulePath, args, options) => {
  const child = fork(modulePath, [...(args ?? [])], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    ...(options?.env === undefined ? {} : { env: Object.fromEntries(Object.entries(options.env)) }),
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(portShim)}`],
  });
  const events = new EventEmitter();
  child.on('message', (message) => events.emit('message', message));
  child.on('error', () => undefined);
  child.on('exit', (code) => events.emit('exit', code ?? 9));
  const fake = Object.assign(events, {
    get pid() {
      return child.pid;
    },
    postMessage: (message: unknown) => void child.send(Object(message), () => undefined),
    kill: () => child.kill(),
    stdout: null,
    stderr: null,
  });
  return fake;
};
