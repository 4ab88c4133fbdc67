// `npm run campaign -- full-disk` (Linux): imports a model onto a real disk of 64 MiB that fills up while it copies, in a
// mount namespace of its own. Ends with 1 unless the import says `disk/full`, leaves nothing, and works again with room.
import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestModels, buildModelFile } from '../../electron/testing/test-models.ts';
import type { AnswerPart } from '../../electron/shared/answer-part.ts';

const mebibyte = 1024 * 1024;
const signal = new AbortController().signal;

async function importOnce(
  isFilling: boolean,
): Promise<{ readonly last: AnswerPart | undefined; readonly left: readonly string[] }> {
  const test = await createTestModels();
  try {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', test.models], { stdio: 'inherit' });
    if (mounted.status !== 0) throw new Error('The small disk could not be mounted.');
    const source = join(test.folder, 'new.gguf');
    await writeFile(source, buildModelFile('New', 40 * mebibyte));
    const { runId } = await test.service.import(test.ticketFor(source));
    let last: AnswerPart | undefined;
    let isFilled = !isFilling;
    for await (const part of test.runs.follow(runId, -1, signal)) {
      last = part;
      if (part.type !== 'progress' || isFilled) continue;
      isFilled = true;
      // Somebody else takes the room that was free when the copy began.
      await appendFile(join(test.models, 'filler'), Buffer.alloc(64 * mebibyte)).catch(() => undefined);
    }
    const left = (await readdir(test.models)).filter((name) => name !== 'filler' && !name.startsWith('.sotto-models'));
    return { last, left };
  } finally {
    spawnSync('umount', [test.models], { stdio: 'inherit' });
    await mkdir(test.models, { recursive: true });
    await test.close();
    await rm(test.folder, { recursive: true, force: true });
  }
}

async function run(): Promise<boolean> {
  const full = await importOnce(true);
  console.log('While the disk fills:', JSON.stringify(full.last), 'left:', full.left);
  const roomy = await importOnce(false);
  console.log('With room:', JSON.stringify(roomy.last), 'left:', roomy.left);
  const isRefused = full.last?.type === 'run-error' && full.last.error.code === 'disk/full' && full.left.length === 0;
  return isRefused && roomy.last?.type === 'run-end' && roomy.left.join() === 'new.gguf';
}

const marker = '--inside';
if (process.argv.includes(marker)) {
  process.exitCode = (await run()) ? 0 : 1;
} else {
  const inside = [process.execPath, import.meta.filename, marker];
  const { status, error } = spawnSync('unshare', ['--map-root-user', '--mount', ...inside], { stdio: 'inherit' });
  if (error !== undefined)
    console.error('This machine does not let the campaign make a disk of its own:', error.message);
  process.exitCode = status ?? 1;
}
