import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('emptyCoreDumps', () => {
  // Catches a worker that dumps the model's memory, with a chat in it, into the folder where the app was started.
  it.runIf(process.platform === 'linux')('holds for the process and for those that it starts', () => {
    const program = `
      import { execFileSync } from 'node:child_process';
      import { readFileSync } from 'node:fs';
      import { emptyCoreDumps } from ${JSON.stringify(join(import.meta.dirname, 'empty-core-dumps.ts'))};
      emptyCoreDumps();
      const path = '/proc/self/coredump_filter';
      process.stdout.write(readFileSync(path, 'utf8') + execFileSync('cat', [path]));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect(stdout).toBe('00000000\n00000000\n');
  });
});
