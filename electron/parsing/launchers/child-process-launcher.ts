import { fork } from 'node:child_process';
import type { ParsingLauncher } from '../parsing-launcher.ts';

/**
 * Starts the worker under plain Node, for the host, the command line and the tests. It gets no environment of the
 * user's, no standard streams, and Node's permission model: it may read files and nothing else.
 */
export function createChildProcessLauncher(): ParsingLauncher {
  return {
    launch: ({ workerPath, memoryLimitMegabytes }) => {
      const child = fork(workerPath, [], {
        execArgv: [`--max-old-space-size=${memoryLimitMegabytes}`, '--permission', '--allow-fs-read=*'],
        env: { TZ: 'UTC' },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'advanced',
      });
      return {
        send: (message) => {
          // A process that died meanwhile cannot be written to; its exit tells.
          if (child.connected && typeof message === 'object' && message !== null) child.send(message, () => {});
        },
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => {
          let hasExited = false;
          const exited = (): void => {
            if (hasExited) return;
            hasExited = true;
            listener();
          };
          child.on('exit', exited);
          child.on('error', exited);
        },
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
