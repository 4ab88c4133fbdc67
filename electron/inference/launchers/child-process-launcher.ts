import { fork } from 'node:child_process';
import { engineEnvironment } from './engine-environment.ts';
import type { EngineExit, EngineLauncher } from './engine-launcher.ts';

/**
 * Runs the engine in a forked Node process, for the host, the command line and tests. `workerPath` is absolute: the built
 * worker, or its TypeScript source under a Node that strips types.
 */
export function createChildProcessLauncher(options: { readonly workerPath: string }): EngineLauncher {
  return {
    launch: () => {
      const child = fork(options.workerPath, [], {
        // Structured clone, so that vectors cross as typed arrays.
        serialization: 'advanced',
        // What native code prints may hold content; nobody reads it.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        env: engineEnvironment(process.env),
        execArgv: [],
      });
      let notifyExit: ((exit: EngineExit) => void) | null = null;
      let exit: EngineExit | null = null;
      const ended = (how: EngineExit): void => {
        if (exit !== null) return;
        exit = how;
        notifyExit?.(how);
      };
      child.on('error', () => {
        // Also raised for a message that could not be sent; only a process that never started ends here.
        if (child.pid === undefined) ended({ code: null, signal: null });
      });
      child.on('exit', (code, signal) => ended({ code, signal }));
      return {
        get processId() {
          return child.pid ?? null;
        },
        send: (message) => {
          if (child.connected) child.send(Object(message), () => undefined);
        },
        onMessage: (listener) => {
          child.on('message', listener);
        },
        onExit: (listener) => {
          notifyExit = listener;
          if (exit !== null) listener(exit);
        },
        kill: () => {
          child.kill('SIGKILL');
        },
      };
    },
  };
}
