// `npm run package -- [--target NAME] [--dir] [--without-electron]`: the app as people install it, in `out/package`.
//
// --dir makes the folder alone, without an installer. --without-electron (Linux) puts an empty program in Electron's place, for
// machines where its binary cannot be had: what goes into a package can then be looked at, and nothing can be started.
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Arch, Platform, build } from 'electron-builder';
import { buildProduct } from './build/build-product.mjs';
import { builderConfig } from './package/builder-config.mjs';
import { findFuseFaults, readProgram } from './package/fuse-wire.mjs';
import { filesOfArchive, findFaults } from './package/inspect-package.mjs';
import { billOfMaterials, licenceTexts, readBundled, shippedPackages } from './package/shipped-packages.mjs';
import { writeStandIn } from './package/stand-in.mjs';
import { targetNamed, targetOf } from './package/targets.mjs';

const root = join(import.meta.dirname, '..');
const work = join(root, '.cache/package');
const output = join(root, 'out/package');
const { values } = parseArgs({
  options: { target: { type: 'string' }, dir: { type: 'boolean' }, 'without-electron': { type: 'boolean' } },
});

const readJson = async (path) => JSON.parse(await readFile(join(root, path), 'utf8'));

/** Licences and the bill of materials lie in `resources/legal` of every package. */
async function writeLegal(target, lock, version) {
  const folder = join(work, 'legal');
  await mkdir(folder, { recursive: true });
  const packages = shippedPackages(lock, target, readBundled(root));
  await writeFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), licenceTexts(packages, root));
  await writeFile(join(folder, 'sbom.cdx.json'), billOfMaterials(packages, { version, target }));
  return folder;
}

/** How a copy was installed decides what a newer one comes in; the package itself is the only one who can tell. */
async function writePackageTypes() {
  const folder = join(work, 'package-type');
  await mkdir(folder, { recursive: true });
  for (const kind of ['deb', 'rpm']) await writeFile(join(folder, kind), kind);
  return folder;
}

/** The archive in what was built, wherever the system's layout has it. */
async function findArchive() {
  const names = await readdir(output, { recursive: true });
  const name = names.find((one) => one.endsWith('app.asar'));
  if (name === undefined) throw new Error('Nothing was packed.');
  return join(output, name);
}

async function packageFor(target) {
  const lock = await readJson('package-lock.json');
  const { version } = await readJson('package.json');
  await rm(output, { recursive: true, force: true });
  const legal = await writeLegal(target, lock, version);
  const standIn = join(work, 'stand-in');
  if (values['without-electron']) await writeStandIn(standIn);
  const config = builderConfig(target, {
    lock,
    output,
    packageTypes: await writePackageTypes(),
    environment: process.env,
    ...(values['without-electron'] ? { electronDist: standIn } : {}),
  });
  const kinds = values.dir || values['without-electron'] ? ['dir'] : [...target.kinds];
  const platform = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS }[target.platform];
  await build({
    targets: platform.createTarget(kinds, Arch[target.cpu]),
    // Among the resources: macOS takes a file beside the program for code, and refuses to sign what is none.
    config: { ...config, extraResources: [{ from: legal, to: 'legal' }] },
    publish: 'never',
    projectDir: root,
  });
  const files = filesOfArchive(await findArchive());
  const mebibytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1024 ** 2;
  console.log(`${target.name}: ${files.length} files, ${mebibytes.toFixed(1)} MiB of ${target.budgetMebibytes}.`);
  const faults = [
    ...findFaults(files, target),
    // There is no program in a package without Electron.
    ...(values['without-electron'] ? [] : findFuseFaults(readProgram(output, target))),
  ];
  for (const fault of faults) console.error(`- ${fault}`);
  return faults.length === 0;
}

const target = values.target === undefined ? targetOf(process.platform, process.arch) : targetNamed(values.target);
if (target === null) throw new Error('Nothing is packaged for this machine; name a target.');
if (values['without-electron'] && target.platform !== 'linux')
  throw new Error('Only Linux is packed without Electron.');
if (!existsSync(join(root, 'resources/icons/app.icns')))
  throw new Error('Make the icons first: node scripts/package/icons.mjs');
const isWell = buildProduct(root, { say: (line) => console.error(line) }) && (await packageFor(target));
// The builder leaves handlers behind that end the process as they think.
process.exit(isWell ? 0 : 1);
