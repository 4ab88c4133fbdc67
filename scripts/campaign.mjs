// `npm run campaign -- NAME [ARGUMENT]…`: a long test of one promise, too slow for every run of the suite.
import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { runSupervised } from './bootstrap/supervised-child.mjs';
import { prepareProduct } from './test/prepare.mjs';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'e2e/campaigns');
const [wanted, ...args] = process.argv.slice(2);

const campaigns = existsSync(folder) ? readdirSync(folder).filter((file) => /^[a-z0-9-]+\.(ts|mjs)$/.test(file)) : [];
const campaign = campaigns.find((file) => basename(file, extname(file)) === wanted);

if (!campaign) {
  console.error(wanted ? `There is no campaign named "${wanted}".` : 'Usage: npm run campaign -- NAME');
  for (const file of campaigns) console.error(`  ${basename(file, extname(file))}`);
  process.exitCode = 2;
} else if (args.some((argument) => argument.startsWith('-'))) {
  // A switch that is read as a number would make a campaign of nothing, which passes.
  console.error('A campaign takes values and no switches: its file says which, and in what order.');
  process.exitCode = 2;
} else if (await prepareProduct(root)) {
  const { code } = await runSupervised(process.execPath, [join(folder, campaign), ...args], { cwd: root });
  process.exitCode = code;
} else {
  process.exitCode = 1;
}
