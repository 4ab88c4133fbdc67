import { utilityProcess } from 'electron';
import type { ParsingLauncher } from '../parsing-launcher.ts';
import { parsingExit, workerArguments } from './parsing-exit.ts';

/** Starts the worker as a utility process of the desktop app, sandboxed from Electron's own modules. */
export function createUtilityProcessLauncher(): ParsingLauncher {
  return {
    launch: ({ workerPath, memoryLimitMegabytes, residentLimitMegabytes }) => {
      const child = utilityProcess.fork(workerPath, [...workerArguments(residentLimitMegabytes)], {
        serviceName: 'Sotto document reader',
        execArgv: [`--max-old-space-size=${memoryLimitMegabytes}`],
        env: { TZ: 'UTC' },
        stdio: 'ignore',
      });
      return {
        send: (message) => child.postMessage(message),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', (code) => listener(parsingExit(code, null))),
        kill: () => void child.kill(),
      };
    },
  };
}
