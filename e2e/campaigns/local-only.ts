// 200 random chains of what a person may do with something that is labelled local only, and with what was made from it; after
// every step a request to a cloud is tried through the way out.
//
//   npm run campaign -- local-only [CHAINS, 200] [SEED, 1]
//
// Ends with 1 when a label was lost, or appeared where nothing asked for it.
import { runLocalOnlyTrials } from '../../electron/testing/local-only-trials.ts';
import { openTransfer } from '../../electron/testing/open-transfer.ts';

const [chains, seed] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 1)];
const bench = await openTransfer();
const { steps, failed } = await runLocalOnlyTrials(bench, { chains, seed });
await bench.close();
for (const line of failed) console.error(line);
console.log(`${chains} chains, ${steps} steps: ${failed.length} wrong.`);
process.exitCode = failed.length === 0 ? 0 : 1;
