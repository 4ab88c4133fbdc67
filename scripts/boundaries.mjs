// `npm run boundaries`: a folder is a permission, and this checks it.
import { join } from 'node:path';
import { cruiseProduct } from './boundaries/cruise.mjs';

const { modules, violations } = await cruiseProduct(join(import.meta.dirname, '..'));
for (const { rule, from, to } of violations) console.error(`${from} → ${to}: ${rule}`);
if (modules === 0) console.error('No module was read, so nothing was checked.');
console.log(`Boundaries: ${modules} modules, ${violations.length} violations.`);
process.exitCode = modules > 0 && violations.length === 0 ? 0 : 1;
