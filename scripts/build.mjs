// `npm run build`
import { join } from 'node:path';
import { buildProduct } from './build/build-product.mjs';

const isBuilt = buildProduct(join(import.meta.dirname, '..'), { isForced: true, say: (line) => console.error(line) });
process.exitCode = isBuilt ? 0 : 1;
