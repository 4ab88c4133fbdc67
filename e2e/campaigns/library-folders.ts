// How a folder of many files is followed: walks through it, watches it, walks again, and moves a part of it, while nothing
// is read.
//
//   npm run campaign -- library-folders [FILES, 10000 unless told]
//
// Prints the time of each walk and how long the main thread was held up meanwhile (99th percentile and longest, in
// milliseconds). The bar is 50 ms at the 99th percentile; ends with 1 beyond it, or when a file is missed.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openReaders } from '../../electron/testing/open-documents.ts';
import { openLibrary } from '../../electron/testing/open-library.ts';

const fileCount = Number(process.argv[2] ?? 10_000);
const perFolder = 100;
const barMs = 50;

const readers = openReaders();
const bench = await openLibrary(readers);
await bench.settings.update({ isIndexingPaused: true });
const docs = join(bench.root, 'docs');
for (let folder = 0; folder * perFolder < fileCount; folder += 1) {
  const path = join(docs, `part ${folder % 10}`, `folder ${folder}`);
  await mkdir(path, { recursive: true });
  await Promise.all(
    Array.from({ length: perFolder }, async (_, file) => {
      await writeFile(join(path, `note ${file}.txt`), `Note ${file} of folder ${folder}.\n`);
    }),
  );
}

const delay = monitorEventLoopDelay({ resolution: 5 });
let worstMs = 0;
async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
  delay.reset();
  delay.enable();
  const startedMs = performance.now();
  await work();
  const elapsedMs = performance.now() - startedMs;
  delay.disable();
  // The monitor's own wait between two looks is part of what it counts.
  const [p99, longest] = [delay.percentile(99) / 1e6 - 5, delay.max / 1e6 - 5];
  worstMs = Math.max(worstMs, p99);
  console.log(
    `${name}: ${Math.round(elapsedMs)} ms; main thread held up p99 ${p99.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`,
  );
}

const library = bench.open();
const { id } = await library.create('Many');
const total = async (): Promise<number> => (await library.find('Many')).counts.total;
await measured(`first walk through ${fileCount} files`, async () => {
  await library.addPath(id, docs);
  await library.rescan(id);
});
console.log(`${await total()} files known`);
await measured('ten seconds of watching', async () => await new Promise((resolve) => setTimeout(resolve, 10_000)));
await measured('walk with nothing new', async () => await library.rescan(id));
await measured('a tenth of them moved', async () => {
  await rename(join(docs, 'part 3'), join(docs, 'part 3 moved'));
  await library.rescan(id);
});
await measured('one file changed, until it is noticed', async () => {
  await writeFile(join(docs, 'part 1', 'folder 1', 'note 0.txt'), 'Other words in this note.\n');
  const query = { collectionId: id, query: 'part 1/folder 1/note 0.txt', status: null, offset: 0, limit: 1 };
  await bench.until(async () => (await library.files(query)).files[0]?.sizeBytes === 26);
});
const known = await total();
await bench.close();
await readers.close();
console.log(
  `${known} files known at the end; main thread held up at most ${worstMs.toFixed(1)} ms at the 99th percentile`,
);
process.exitCode = known === fileCount && worstMs <= barMs ? 0 : 1;
