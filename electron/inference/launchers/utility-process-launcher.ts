import type { utilityProcess } from 'electron';
import { engineEnvironment } from './engine-environment.ts';
import type { EngineExit, EngineLauncher } from './engine-launcher.ts';

/** The one member of Electron's `utilityProcess` that is used. */
export type UtilityProcessFork = typeof utilityProcess.fork;

/** Runs the engine in an Electron utility process. `workerPath` is absolute: the built worker. `fork` is `utilityProcess.fork`. */
export function createUtilityProcessLauncher(options: {
  readonly workerPath: string;
  readonly fork: UtilityProcessFork;
}): EngineLauncher {
  return {
    launch: () => {
      const child = options.fork(options.workerPath, [], {
        serviceName: 'Sotto Engine',
        // What native code prints may hold content; nobody reads it.
        stdio: 'ignore',
        env: engineEnvironment(process.env),
        execArgv: [],
      });
      let notifyExit: ((exit: EngineExit) => void) | null = null;
      let exit: EngineExit | null = null;
      child.on('exit', (code) => {
        if (exit !== null) return;
        exit = { code, signal: null };
        notifyExit?.(exit);
      });
      return {
        get processId() {
          return child.pid ?? null;
        },
        send: (message) => {
          if (exit === null) child.postMessage(message);
        },
        onMessage: (listener) => {
          child.on('message', listener);
        },
        onExit: (listener) => {
          notifyExit = listener;
          if (exit !== null) listener(exit);
        },
        kill: () => endNow(child.pid, () => child.kill()),
      };
    },
  };
}

/** Electron asks a utility process to end, which one that is stuck in native code does not hear; the system does not ask. */
function endNow(processId: number | undefined, ask: () => boolean): void {
  if (processId === undefined) {
    ask();
    return;
  }
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
