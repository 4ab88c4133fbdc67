import { accessSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFiles } from '../storage/database-files.ts';
import { verifyCopy } from '../storage/worker/backups.ts';
import { createHandlers } from '../storage/worker/handlers.ts';
import { migrate } from '../storage/worker/migrate.ts';
import { migrations } from '../storage/worker/migrations.ts';
import { openDatabase } from '../storage/worker/open-database.ts';
import { openEncryptedFile } from '../storage/worker/open-encrypted-file.ts';
import { tableShapes } from '../storage/worker/table-shapes.ts';
import { toStorageError } from '../storage/worker/to-storage-error.ts';
import { appendAfterwards, copyKey, copyPath, fillFaultBench } from './write-fault-operations.ts';
import type { FaultBench, FaultOperation } from './write-fault-operations.ts';

/** Turns the preloaded faults on and off; see `e2e/campaigns/write-faults`. */
const faults = {
  arm: (at: number, errno: number): void => accessSync(`/sotto-fault/arm/${at}/${errno}`),
  disarm: (): void => accessSync('/sotto-fault/disarm'),
  count: (): number => {
    for (let calls = 1; ; calls += 1) {
      try {
        accessSync(`/sotto-fault/at-least/${calls}`);
      } catch {
        return calls - 1;
      }
    }
  },
};

/** All that the user has, as text; `none` where no database is. */
function readState(path: string, key: Uint8Array): string {
  if (!existsSync(path)) return 'none';
  const ready = openDatabase({ kind: 'file', path, key });
  try {
    const tables = tableShapes(ready.database).map(({ name }) => {
      const rows = ready.database.prepare(`SELECT * FROM "${name}"`).all();
      return `${name} ${rows
        .map((row) => JSON.stringify(row))
        .toSorted()
        .join()}`;
    });
    return `${tables.join('\n')}\nlost ${ready.opened.lostCommits}`;
  } finally {
    ready.close();
  }
}

/** A trial: the folder of its files, which are made anew for each. */
export type FaultTrials = { readonly folder: string; readonly key: Uint8Array };

function makeOld(path: string, key: Uint8Array): void {
  writeFileSync(path, '');
  const database = openEncryptedFile(path, key);
  migrate(database, migrations.slice(0, 1));
  database.exec("INSERT INTO conversations VALUES ('c', 'Letters', NULL, '[]', 1, 2, NULL)");
  database.close();
}

/** The closed files that an operation begins with, in a folder of their own. */
function makeStart({ folder, key }: FaultTrials, from: FaultOperation['from']): string {
  const start = join(folder, 'start');
  rmSync(start, { recursive: true, force: true });
  mkdirSync(start);
  const path = join(start, 'sotto.db');
  if (from === 'old') makeOld(path, key);
  if (from === 'open' || from === 'closed') {
    const ready = openDatabase({ kind: 'file', path, key });
    fillFaultBench({ ready, handlers: createHandlers(ready.database) });
    ready.close();
  }
  return start;
}

/** An open database where the operation needs one; where it opens files itself, the bench is not touched before it does. */
function openBench(from: FaultOperation['from'], path: string, key: Uint8Array): FaultBench | null {
  if (from !== 'open') return null;
  const ready = openDatabase({ kind: 'file', path, key });
  return { ready, handlers: createHandlers(ready.database), path, key };
}

function checkCopies(path: string, key: Uint8Array, old: string): readonly string[] {
  const files = databaseFiles(path);
  const problems: string[] = [];
  const backups = existsSync(files.backupFolder) ? readdirSync(files.backupFolder) : [];
  for (const name of backups.filter((other) => !files.isUnfinished(other))) {
    if (files.backupTime(name) === null) problems.push(`${name} is left`);
    else verifyCopy(join(files.backupFolder, name), key);
  }
  const copy = copyPath(path);
  if (existsSync(copy) && readState(copy, copyKey) !== old) problems.push('the copy is not the same');
  return problems;
}

/** What one fault came to. */
export type FaultOutcome = {
  readonly calls: number;
  readonly end: string;
  readonly state: 'old' | 'new' | 'neither';
  readonly problems: readonly string[];
};

async function attempt(operation: FaultOperation, trial: string, key: Uint8Array, at: number, errno: number) {
  const path = join(trial, 'sotto.db');
  const bench = openBench(operation.from, path, key);
  let end = 'done';
  faults.arm(at, errno);
  try {
    // An operation that opens the files itself takes nothing of the bench but where they are.
    await operation.work(bench ?? ({ path, key } as FaultBench));
  } catch (error) {
    end = toStorageError(error).code;
  } finally {
    faults.disarm();
  }
  return { bench, end, calls: faults.count() };
}

/** Runs an operation on fresh files with its call number `at` failing (0: none), and looks at what a kill and a close leave. */
export async function tryWriteFault(
  { folder, key }: FaultTrials,
  operation: FaultOperation,
  {
    at,
    errno,
    old,
    newest,
  }: { readonly at: number; readonly errno: number; readonly old: string; readonly newest: string },
): Promise<FaultOutcome> {
  const trial = join(folder, 'trial');
  const killed = join(folder, 'killed');
  for (const where of [trial, killed]) rmSync(where, { recursive: true, force: true });
  cpSync(join(folder, 'start'), trial, { recursive: true });
  const { bench, end, calls } = await attempt(operation, trial, key, at, errno);
  cpSync(trial, killed, { recursive: true });
  const problems: string[] = [];
  let appendedId: string | null = null;
  try {
    if (bench) appendedId = appendAfterwards(bench);
    bench?.ready.close();
  } catch (error) {
    problems.push(`nothing could be written afterwards: ${String(error)}`);
  }
  let state: FaultOutcome['state'] = 'neither';
  try {
    const found = readState(join(killed, 'sotto.db'), key);
    if (found === old) state = 'old';
    if (found === newest) state = 'new';
    problems.push(...checkCopies(join(killed, 'sotto.db'), key, old));
    const closed = readState(join(trial, 'sotto.db'), key);
    if (appendedId && !closed.includes(appendedId)) problems.push('what was written afterwards is lost');
    if (state === 'neither') problems.push('neither old nor new');
    if (end === 'done' && state !== 'new') problems.push('acknowledged and lost');
  } catch (error) {
    problems.push(`not to be opened again: ${toStorageError(error).code} ${String(error)}`);
  }
  return { calls, end, state, problems };
}

/** Prepares the files of an operation, and says what is in them before and after it, and how many calls it makes. */
export async function measureOperation(trials: FaultTrials, operation: FaultOperation) {
  const start = makeStart(trials, operation.from);
  const old = operation.from === 'old' ? '' : readState(join(start, 'sotto.db'), trials.key);
  // `readState` has opened the files, so the start is made again as it was.
  const fresh = makeStart(trials, operation.from);
  const trial = join(trials.folder, 'trial');
  rmSync(trial, { recursive: true, force: true });
  cpSync(fresh, trial, { recursive: true });
  const { bench, end, calls } = await attempt(operation, trial, trials.key, 0, 0);
  bench?.ready.close();
  const newest = readState(join(trial, 'sotto.db'), trials.key);
  // Opening an old database always ends in the new one: that is what opening it means.
  return { calls, end, old: operation.from === 'old' ? newest : old, newest };
}
