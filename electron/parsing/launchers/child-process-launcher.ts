import { fork } from 'node:child_process';
import type { ParsingExit, ParsingLauncher } from '../parsing-launcher.ts';
import { parsingExit, workerArguments } from './parsing-exit.ts';

/** Settings of glibc: large blocks go back to the system when they are freed, which is 100 MB where pictures of pages come and go. */
const frugalAllocation = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };

/**
 * Starts the worker under plain Node, for the host, the command line and the tests. It gets no environment of the
 * user's, no standard streams, and Node's permission model: it may read files, start threads, and load native code (which the worker
 * narrows to the drawing library).
 */
export function createChildProcessLauncher(): ParsingLauncher {
  return {
    launch: ({ workerPath, memoryLimitMegabytes, residentLimitMegabytes }) => {
      const child = fork(workerPath, [...workerArguments(residentLimitMegabytes)], {
        execArgv: [
          `--max-old-space-size=${memoryLimitMegabytes}`,
          '--permission',
          '--allow-fs-read=*',
          '--allow-worker',
          '--allow-addons',
        ],
        env: { TZ: 'UTC', ...frugalAllocation },
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
          const exited = (exit: ParsingExit): void => {
            if (hasExited) return;
            hasExited = true;
            listener(exit);
          };
          child.on('exit', (code, signal) => exited(parsingExit(code, signal)));
          child.on('error', () => exited({ isOutOfMemory: false }));
        },
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
