import { describeParsingLauncher } from '../../testing/parsing-launcher-contract.ts';
import { createChildProcessLauncher } from './child-process-launcher.ts';

describeParsingLauncher('createChildProcessLauncher', createChildProcessLauncher);
