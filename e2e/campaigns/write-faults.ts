// `npm run campaign -- write-faults [OPERATION]` (Linux with a C compiler): makes every call of the storage's operations that
// changes the disk fail once, with no room and with a broken disk, and looks at the files as a kill leaves them and as a
// close does. Ends with 1 unless they hold the old or the new state, with nothing lost that was acknowledged.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultOperations } from '../../electron/testing/write-fault-operations.ts';
import type { FaultOperation } from '../../electron/testing/write-fault-operations.ts';
import { measureOperation, tryWriteFault } from '../../electron/testing/write-fault-trials.ts';

const inside = '--operation';

async function tryOperation(operation: FaultOperation, folder: string): Promise<boolean> {
  const trials = { folder, key: randomBytes(32) };
  const { calls, end, old, newest } = await measureOperation(trials, operation);
  if (end !== 'done') throw new Error(`Without any fault, "${operation.name}" ends with ${end}.`);
  const counts = { faults: 0, old: 0, new: 0, neither: 0, failed: 0 };
  for (const errno of [constants.errno.EIO, constants.errno.ENOSPC]) {
    for (let at = 1; at <= calls; at += 1) {
      const outcome = await tryWriteFault(trials, operation, { at, errno, old, newest });
      counts.faults += 1;
      counts[outcome.state] += 1;
      if (outcome.problems.length === 0) continue;
      counts.failed += 1;
      console.error(`${operation.name}, call ${at} of ${calls}, errno ${errno}: ${JSON.stringify(outcome)}`);
    }
  }
  console.log(`${operation.name}: ${calls} calls, ${JSON.stringify(counts)}`);
  return counts.failed === 0 && counts.faults > 0;
}

function compileFaults(folder: string): string {
  const library = join(folder, 'fail-writes.so');
  const source = join(import.meta.dirname, 'write-faults', 'fail-writes.c');
  const { status, error, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`This campaign needs Linux and a C compiler ("cc"): ${error?.message ?? stderr}`);
  return library;
}

function runAll(wanted: string | undefined): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-faults-'));
  try {
    const library = compileFaults(folder);
    const operations = faultOperations.filter(({ name }) => wanted === undefined || name === wanted);
    const statuses = operations.map(({ name }) => {
      const env = { ...process.env, LD_PRELOAD: library, SOTTO_FAULT_FOLDER: folder, UV_USE_IO_URING: '0' };
      const args = [import.meta.filename, inside, name, folder];
      return spawnSync(process.execPath, args, { env, stdio: 'inherit' }).status;
    });
    console.log(
      `${statuses.filter((status) => status === 0).length} of ${operations.length} operations kept their promise.`,
    );
    return operations.length > 0 && statuses.every((status) => status === 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, name, folder] = process.argv.slice(2);
if (first === inside) {
  const operation = faultOperations.find((candidate) => candidate.name === name);
  process.exitCode = operation && folder && (await tryOperation(operation, folder)) ? 0 : 1;
} else {
  try {
    process.exitCode = runAll(first) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
