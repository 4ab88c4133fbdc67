// `npm run campaign -- keeping-kills [EVERY]`: changes how chats are kept in every way there is, and kills the program at
// every step (or every EVERYth) that it takes on the disk. Ends with 1 unless each kill left the old way or the new one,
// whole, with no key, file or note of the other.
import { allTrials, tryKeeping } from '../../electron/testing/keeping-trials.ts';

const every = Math.max(1, Number(process.argv[2] ?? 1));
let kills = 0;
let failures = 0;
for (const trial of allTrials) {
  for (let killAt = 1; ; killAt += every) {
    const problems = await tryKeeping(trial, killAt);
    if (problems === null) break;
    kills += 1;
    if (problems.length > 0) failures += 1;
    for (const problem of problems) console.log(`${trial.name}, killed at step ${killAt}: ${problem}`);
  }
  console.log(`${trial.name}: ${kills} kills so far, ${failures} of them left something between`);
}
process.exitCode = failures === 0 ? 0 : 1;
