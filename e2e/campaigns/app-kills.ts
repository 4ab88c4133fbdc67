// `npm run campaign -- app-kills [KILLS] [SEED]`: the built app writes, streams and is killed (SIGKILL to all its processes)
// at random moments over one data folder; after each kill everything that was acknowledged has to be there word for word,
// the database whole, and of a streamed answer at most 500 ms lost. Ends with 1 unless it is so.
import { join } from 'node:path';
import { killAgainAndAgain } from './app-kills/kill-rounds.ts';

const root = join(import.meta.dirname, '../..');
const kills = Number(process.argv[2] ?? 1_000);
const seed = Number(process.argv[3] ?? 1);
/** DESIGN.md: what a crash may cost at most, in milliseconds. */
const mostLostMs = 500;

const startedAt = performance.now();
const report = await killAgainAndAgain({
  kills,
  streamEvery: 10,
  modelFolder: process.env['SOTTO_MODEL_DIR'] ?? join(root, '.cache', 'models'),
  seed,
  say: (line) => console.log(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${line}`),
});
const lost = report.lostMs.toSorted((one, other) => one - other);
const worst = lost.at(-1) ?? 0;
for (const problem of report.problems) console.log(problem);
console.log(
  `${report.kills} kills in ${Math.round((performance.now() - startedAt) / 60_000)} minutes: ${report.acknowledged} acknowledged ` +
    `changes, ${report.problems.length} problems; ${lost.length} answers cut while they grew, at most ${worst} ms lost ` +
    `(half of them less than ${lost[Math.floor(lost.length / 2)] ?? 0} ms), ${report.continued} continued.`,
);
process.exitCode = report.kills >= kills && report.problems.length === 0 && worst <= mostLostMs ? 0 : 1;
