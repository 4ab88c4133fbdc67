// `npm run e2e -- [PLAYWRIGHT ARGUMENT]…`: the end-to-end tests alone.
import { join } from 'node:path';
import { prepareProduct } from './test/prepare.mjs';
import { closingLine } from './test/run-counted.mjs';
import { runPlaywright } from './test/runners.mjs';

const root = join(import.meta.dirname, '..');

if (await prepareProduct(root)) {
  const counts = await runPlaywright(root, process.argv.slice(2));
  process.exitCode = counts.failed === 0 ? 0 : 1;
  console.log(closingLine([counts]));
} else {
  process.exitCode = 1;
}
