import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { descendantsOf, survivorsOf } from './process-tree.mjs';

const supervisor = pathToFileURL(join(import.meta.dirname, 'supervised-child.mjs')).href;

describe.skipIf(process.platform === 'win32')('supervised child', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sotto-supervised-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts a supervisor over `childSource`, which prints a line when everything it starts is running. */
  async function start(childSource) {
    writeFileSync(join(folder, 'child.mjs'), childSource);
    writeFileSync(
      join(folder, 'supervisor.mjs'),
      `import { runSupervised } from '${supervisor}';
       const { code } = await runSupervised(process.execPath, ['${join(folder, 'child.mjs')}']);
       process.exitCode = code;`,
    );
    const process_ = spawn(process.execPath, [join(folder, 'supervisor.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface(process_.stdout), 'line');
    return { supervisor: process_, family: descendantsOf(process_.pid) };
  }

  it('hands on the signal and its exit code when the child shuts down in an orderly way', async () => {
    const { supervisor: running, family } = await start(
      `process.on('SIGTERM', () => process.exit(7));
       setInterval(() => {}, 1000);
       console.log('up');`,
    );
    running.kill('SIGTERM');
    expect(await once(running, 'exit')).toEqual([7, null]);
    expect(survivorsOf(family)).toEqual([]);
  });

  // Without the sweep a grandchild that ignores the signal stays behind as an orphan.
  it('leaves no orphan when a grandchild ignores the signal', async () => {
    const { supervisor: running, family } = await start(
      `import { spawn } from 'node:child_process';
       const deaf = "process.on('SIGINT', () => {}); console.log('up'); setInterval(() => {}, 1000)";
       const child = spawn(process.execPath, ['-e', deaf], { stdio: ['ignore', 'pipe', 'ignore'] });
       child.stdout.once('data', () => console.log('up'));`,
    );
    expect(family).toHaveLength(2);
    running.kill('SIGINT');
    expect(await once(running, 'exit')).toEqual([130, null]);
    expect(survivorsOf(family)).toEqual([]);
  });

  it('gives the exit code when the child ends by itself', async () => {
    const { supervisor: running } = await start(`console.log('up'); process.exitCode = 3;`);
    expect(await once(running, 'exit')).toEqual([3, null]);
  });
});
