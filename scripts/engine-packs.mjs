// `node scripts/engine-packs.mjs --out FOLDER` writes the libraries for graphics cards of NVIDIA that the app fetches on a
// click, and their digests into the list that goes into the app. Run it before packaging. See docs/releasing.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeEnginePack, packSystems } from './updates/engine-pack.mjs';

const root = join(import.meta.dirname, '..');
const here = `${process.platform}-${process.arch}`;
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'out/engine-packs') },
    list: { type: 'string', default: join(root, 'resources/engines/packs.json') },
    system: { type: 'string', default: here },
  },
});

const { system, out, list: listPath } = values;
if (packSystems.includes(system)) {
  const modules = join(root, 'node_modules');
  const { version: library } = JSON.parse(readFileSync(join(modules, 'node-llama-cpp/package.json'), 'utf8'));
  const before = JSON.parse(readFileSync(listPath, 'utf8'));
  const pack = await makeEnginePack({ system, packagesFolder: join(modules, '@node-llama-cpp'), library, out });
  // Those of another version of the engine would never be loaded.
  const others = before.library === library ? before.packs.filter((one) => one.system !== system) : [];
  writeFileSync(listPath, `${JSON.stringify({ format: 1, library, packs: [...others, pack] }, null, 2)}\n`);
  console.log(`${pack.name}: ${Math.round(pack.sizeBytes / 1e6)} MB, listed in ${listPath}`);
} else {
  console.log(`There is no pack for ${system}: nothing to do.`);
}
