// `npm run campaign -- full-disk-download` (Linux): downloads a model onto a real disk of 8 MiB that is full before it
// begins, and then fills up on the way, in a mount namespace of its own. Ends with 1 unless both are said (`disk/full`),
// what came stays, and the download ends identical when there is room.
import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../electron/shared/app-error.ts';
import { downloadWhen, openDownloadBench, sha256Of, testRepository } from '../../electron/testing/open-downloads.ts';
import type { DownloadBench } from '../../electron/testing/open-downloads.ts';

const mebibyte = 1024 * 1024;
const request = { repository: testRepository, wanted: { quantisation: 'Q8_0' } } as const;
const signal = new AbortController().signal;

async function downloadInto(bench: DownloadBench): Promise<boolean> {
  const filler = join(bench.models, 'filler');
  const service = bench.open();
  await appendFile(filler, Buffer.alloc(4 * mebibyte));
  const early = AppError.from(await service.start(request, signal).catch((error: unknown) => error));
  console.log('Before it begins:', early.code, JSON.stringify(early.details));
  await rm(filler);
  bench.server.setRate(4 * mebibyte);
  const { id } = await service.start(request, signal);
  for await (const [download] of service.watch(signal)) if ((download?.doneBytes ?? 0) > mebibyte) break;
  // Somebody else takes the room that was free when it began; the disk gives what it has left.
  await appendFile(filler, Buffer.alloc(8 * mebibyte)).catch(() => undefined);
  const full = await downloadWhen(service, 'failed', 'done');
  console.log('On the way:', full.state, full.error?.code, `${full.doneBytes} bytes kept`);
  await rm(filler);
  bench.server.setRate(null);
  await service.resume(id);
  const done = await downloadWhen(service, 'failed', 'done');
  const found = sha256Of(await readFile(join(bench.models, 'finder-Q8_0.gguf')));
  const isSame = done.state === 'done' && found === sha256Of(bench.bytes);
  console.log('With room:', done.state, isSame ? 'identical' : 'DIFFERENT', 'from', bench.server.ranges.at(-1)?.start);
  const isSaid = early.code === 'disk/full' && full.error?.code === 'disk/full';
  return isSaid && full.doneBytes > mebibyte && isSame && bench.server.ranges.at(-1)?.start === full.doneBytes;
}

async function run(): Promise<boolean> {
  const bench = await openDownloadBench();
  await mkdir(bench.models);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', bench.models], { stdio: 'inherit' });
  try {
    if (mounted.status !== 0) throw new Error('The small disk could not be mounted.');
    return await downloadInto(bench);
  } finally {
    spawnSync('umount', ['-l', bench.models], { stdio: 'inherit' });
    await bench.close();
  }
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
