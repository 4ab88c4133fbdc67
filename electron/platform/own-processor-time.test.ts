import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ownProcessorTimeMs, ticksOfStat } from './own-processor-time.ts';

describe('ownProcessorTimeMs', () => {
  it('counts what the processes below use', async (context) => {
    if (process.platform !== 'linux') context.skip();
    // Works for a while, says so, and stays.
    const program = `const end = process.cpuUsage().user + 300_000;
      while (process.cpuUsage().user < end) for (let round = 0, sum = 0; round < 1e6; round += 1) sum += round;
      console.log(1);
      setInterval(() => 0, 1e6);`;
    const before = await ownProcessorTimeMs('linux');
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    const after = await ownProcessorTimeMs('linux');
    child.kill('SIGKILL');
    expect(after! - before!).toBeGreaterThanOrEqual(250);
    expect(await ownProcessorTimeMs('win32')).toBeNull();
  });

  it('reads a name with blanks and brackets', () => {
    expect(ticksOfStat('1 (a) b (c) S 0 1 1 0 -1 4194560 1 2 3 4 17 25 0 0 20')).toBe(42);
  });
});
