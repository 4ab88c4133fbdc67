import { describe } from 'vitest';
import { itKeepsTheEngineLauncherContract } from '../../testing/engine-launcher-contract.ts';
import { forkFakeUtilityProcess } from '../../testing/fake-utility-process.ts';
import { createChildProcessLauncher } from './child-process-launcher.ts';
import { createUtilityProcessLauncher } from './utility-process-launcher.ts';

describe('createChildProcessLauncher', () => {
  itKeepsTheEngineLauncherContract((workerPath) => createChildProcessLauncher({ workerPath }), {
    code: null,
    signal: 'SIGKILL',
  });
});

describe('createUtilityProcessLauncher', () => {
  itKeepsTheEngineLauncherContract(
    (workerPath) => createUtilityProcessLauncher({ workerPath, fork: forkFakeUtilityProcess }),
    { code: 9, signal: null },
  );
});
