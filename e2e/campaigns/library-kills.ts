// A folder of mixed files is indexed, and the process is killed (SIGKILL to all its processes) on the way; afterwards the
// index has to be the same as without kills: every file with its state, its hash, its passages and their vectors.
//
//   npm run campaign -- library-kills [FILES, 1000 unless told] [KILLS, 10] [fake, for an embedder without weights]
//
// Ends with 1 unless it is so, or when more than one document was read again for each kill.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killLibrary } from '../../electron/testing/library-kill-trials.ts';
import { writeMixedFolder } from '../../electron/testing/write-mixed-folder.ts';

const files = Number(process.argv[2] ?? 1_000);
const kills = Number(process.argv[3] ?? 10);
const embedder = process.argv[4] === 'fake' ? 'fake' : 'real';
const folder = await mkdtemp(join(tmpdir(), 'sotto-library-kills-'));
const docs = join(folder, 'docs');
const startedMs = performance.now();
const elapsed = (): string => `${Math.round((performance.now() - startedMs) / 1_000)} s`;

await writeMixedFolder(docs, files);
const report = await killLibrary({
  folder,
  docs,
  files,
  kills,
  embedder,
  seed: 1,
  say: (line) => console.log(`${elapsed()}: ${line}`),
});
for (const line of report.differences.slice(0, 20)) console.log(line);
console.log(
  `${elapsed()}: ${report.kills} kills, ${report.lines} files, ${report.differences.length} differences; ` +
    `${report.reads} readings where ${report.readsWithoutKills} are needed.`,
);
await rm(folder, { recursive: true });
const isSame = report.differences.length === 0 && report.kills === kills && report.lines === files;
process.exitCode = isSame && report.reads <= report.readsWithoutKills + report.kills ? 0 : 1;
