// `npm run campaign -- markdown-fuzz [TEXTS] [SEED]`: random texts in Chromium, once in pieces of random length and once
// as a whole. Ends with 1 when the two pages differ in anything.
import { randomCuts, randomMarkdown } from '../../electron/testing/random-markdown.ts';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';
import { onBenchPage, openBenchPage } from '../render-bench/open-bench-page.ts';

const count = Number(process.argv[2] ?? 4_000);
const firstSeed = Number(process.argv[3] ?? 1);

await using bench = await openBenchPage({ hasPolicy: true });
let different = 0;
let pieces = 0;
for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
  const random = createSeededRandom(seed);
  const text = randomMarkdown(random);
  const cuts = randomCuts(text, 24, random);
  pieces += cuts.length;
  const [streamed, whole] = await onBenchPage(bench.page, 'renderBoth', text, cuts);
  if (streamed === whole) continue;
  different += 1;
  console.error(`Seed ${seed}: ${JSON.stringify(text)}\n  in pieces: ${streamed}\n  as a whole: ${whole}`);
}
for (const attempt of bench.attempts) console.error(attempt);
if (different > 0 || bench.attempts.length > 0) process.exitCode = 1;
console.log(`${count} texts in ${pieces} pieces: ${different} differ from the whole.`);
