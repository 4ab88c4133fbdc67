import { fork } from 'node:child_process';
import { vi } from 'vitest';
import { describeParsingLauncher } from '../../testing/parsing-launcher-contract.ts';
import { createUtilityProcessLauncher } from './utility-process-launcher.ts';

// Electron's utility process over a plain child process: the members that the launcher uses, as electron.d.ts has them.
vi.mock('electron', () => ({
  utilityProcess: {
    fork: (path: string, parameters: string[], options: { execArgv: string[]; env: Record<string, string> }) => {
      const child = fork(path, parameters, {
        ...options,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'advanced',
      });
      return {
        postMessage: (message: object) => void (child.connected && child.send(message, () => undefined)),
        on: (event: string, listener: (message: unknown) => void) => child.on(event, listener),
        once: (event: string, listener: () => void) => child.once(event, listener),
        kill: () => child.kill('SIGKILL'),
      };
    },
  },
}));

describeParsingLauncher('createUtilityProcessLauncher', createUtilityProcessLauncher);
