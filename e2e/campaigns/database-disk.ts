// `npm run campaign -- database-disk` (Linux): the database on a real disk that fills up and on one that is read-only, in a
// mount namespace of its own. Ends with 1 unless each is told as what it is, nothing acknowledged is lost, and writing goes
// on when there is room again.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../electron/shared/app-error.ts';
import { buildConversation } from '../../electron/testing/build-records.ts';
import { openTestStorage } from '../../electron/testing/open-test-storage.ts';

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    return AppError.from(error).code;
  }
};

function mount(...args: readonly string[]): void {
  if (spawnSync('mount', args, { stdio: 'inherit' }).status !== 0) throw new Error('The small disk cannot be mounted.');
}

type Step = readonly [what: string, found: unknown, expected: unknown];

/** Takes the room that is left, and a little at a time to the last byte. */
function fillDisk(folder: string): void {
  for (const sizeBytes of [1_048_576, 65_536, 4_096]) {
    for (let file = 0; ; file += 1) {
      try {
        writeFileSync(join(folder, `filler-${sizeBytes}-${file}`), Buffer.alloc(sizeBytes));
      } catch {
        break;
      }
    }
  }
}

async function tryFullDisk(folder: string): Promise<readonly Step[]> {
  const location = { kind: 'file', path: join(folder, 'data', 'sotto.db'), key: randomBytes(32) } as const;
  const storage = await openTestStorage({ location });
  await storage.conversations.insert(buildConversation());
  fillDisk(folder);
  let kept = 1;
  let refusal = 'done';
  while (refusal === 'done') {
    refusal = await codeOf(storage.conversations.insert(buildConversation({ title: 'x'.repeat(9_000) })));
    if (refusal === 'done') kept += 1;
  }
  const backup = await codeOf(storage.maintenance.backUp());
  const read = (await storage.conversations.list()).length;
  const settings = await codeOf(storage.settings.get());
  const steps: Step[] = [
    ['a change on a full disk', refusal, 'disk/full'],
    ['a backup on a full disk', backup, 'disk/full'],
    ['conversations that are read there', read, kept],
    ['reading settings there', settings, 'done'],
  ];
  await storage.close();
  const other = { ...location, path: join(folder, 'other', 'sotto.db') };
  steps.push(['a new database on a full disk', await codeOf(openTestStorage({ location: other })), 'disk/full']);
  for (const name of readdirSync(folder).filter((file) => file.startsWith('filler'))) rmSync(join(folder, name));
  const again = await openTestStorage({ location });
  steps.push(['conversations with room again', (await again.conversations.list()).length, kept]);
  steps.push(['commits lost', again.opened.lostCommits, 0]);
  steps.push(['a change with room again', await codeOf(again.conversations.insert(buildConversation())), 'done']);
  await again.close();
  mount('-o', 'remount,ro', folder);
  steps.push(['a disk that is read-only', await codeOf(openTestStorage({ location })), 'disk/not-writable']);
  const missing = { ...location, path: join(folder, 'third', 'sotto.db') };
  steps.push(['a new one on it', await codeOf(openTestStorage({ location: missing })), 'disk/not-writable']);
  return steps;
}

async function run(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-disk-'));
  mount('-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder);
  try {
    const steps = await tryFullDisk(folder);
    for (const [what, found, expected] of steps) {
      console.log(`${found === expected ? 'as it should' : `EXPECTED ${String(expected)}`}: ${what}: ${String(found)}`);
    }
    return steps.every(([, found, expected]) => found === expected);
  } finally {
    spawnSync('umount', [folder], { stdio: 'inherit' });
    rmSync(folder, { recursive: true, force: true });
  }
}

const inside = '--inside';
if (process.argv.includes(inside)) process.exitCode = (await run()) ? 0 : 1;
else {
  const args = ['--map-root-user', '--mount', process.execPath, import.meta.filename, inside];
  const { status, error } = spawnSync('unshare', args, { stdio: 'inherit' });
  if (error) console.error('This machine does not let the campaign make a disk of its own:', error.message);
  process.exitCode = status ?? 1;
}
