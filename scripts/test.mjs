// `npm test`: every test case there is, ending with one line that counts them.
import { join } from 'node:path';
import { prepareProduct } from './test/prepare.mjs';
import { closingLine } from './test/run-counted.mjs';
import { runPlaywright, runVitest } from './test/runners.mjs';

const root = join(import.meta.dirname, '..');

const isReady = await prepareProduct(root);
const unbuilt = { passed: 0, failed: 1, skipped: 0 };
const results = [await runVitest(root), isReady ? await runPlaywright(root) : unbuilt];

process.exitCode = results.every(({ failed }) => failed === 0) ? 0 : 1;
console.log(closingLine(results));
