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
  async function start(childSource, { isBehindShell = false } = {}) {
    writeFileSync(join(folder, 'child.mjs'), childSource);
    writeFileSync(
      join(folder, 'supervisor.mjs'),
      `import { runSupervised } from '${supervisor}';
       const { code } = await runSupervised(process.execPath, ['${join(folder, 'child.mjs')}'], { endsWithParent: true });
       process.exitCode = code;`,
    );
    const stdio = ['ignore', 'pipe', 'inherit'];
    const file = join(folder, 'supervisor.mjs');
    const process_ = isBehindShell
      ? spawn('sh', ['-c', `"${process.execPath}" "${file}"; true`], { stdio })
      : spawn(process.execPath, [file], { stdio });
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

  // npm passes a signal to its shell only, and the shell dies of it without passing it on.
  it('ends everything when the shell between npm and us has died', async () => {
    const { supervisor: shell, family } = await start(`console.log('up'); setInterval(() => {}, 1000);`, {
      isBehindShell: true,
    });
    expect(family).toHaveLength(2);
    shell.kill('SIGTERM');
    await expect.poll(() => survivorsOf(family), { timeout: 10_000 }).toEqual([]);
  });

  it('gives the exit code when the child ends by itself', async () => {
    const { supervisor: running } = await start(`console.log('up'); process.exitCode = 3;`);
    expect(await once(running, 'exit')).toEqual([3, null]);
  });
});
