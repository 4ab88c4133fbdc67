// `npm run campaign -- package-files [TARGET]…`: for each target, installs its packages into a folder of its own as its machine
// would, packs the app of the last build with them, and reads what came out: nothing foreign, nothing missing, within budget.
// Needs the package registry, some gigabytes on the disk, and two minutes for each target.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arch, Platform, build } from 'electron-builder';
import { builderConfig } from '../../scripts/package/builder-config.mjs';
import { filesOfArchive, findFaults } from '../../scripts/package/inspect-package.mjs';
import { writeStandIn } from '../../scripts/package/stand-in.mjs';
import { targetNamed, targets } from '../../scripts/package/targets.mjs';

const root = join(import.meta.dirname, '../..');
const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
const { version: electronVersion } = JSON.parse(
  await readFile(join(root, 'node_modules/electron/package.json'), 'utf8'),
);
const mebibytes = (files) => files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1024 ** 2;

async function stage(folder, { os, cpu }) {
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) await cp(join(root, name), join(folder, name));
  for (const name of ['out/main', 'out/preload', 'out/renderer', 'resources', 'LICENSE'])
    await cp(join(root, name), join(folder, name), { recursive: true });
  const args = ['ci', `--os=${os}`, `--cpu=${cpu}`, '--omit=dev', '--ignore-scripts', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('The packages could not be installed.');
}

/**
 * macOS is packed in the layout of Linux: the files are the same, and the builder needs a real program for the other. Windows
 * is packed as it is, because elsewhere the builder takes its libraries away.
 */
async function pack(folder, target) {
  const electronDist = join(folder, 'stand-in');
  await writeStandIn(electronDist);
  await writeFile(join(electronDist, 'electron.exe'), '');
  const output = join(folder, 'packed');
  const config = builderConfig(target, { lock, output, electronDist });
  const system = target.platform === 'win' ? Platform.WINDOWS : Platform.LINUX;
  const win = { icon: join(root, config.win.icon), signAndEditExecutable: false };
  await build({
    targets: system.createTarget(['dir'], Arch[target.cpu]),
    config: { ...config, electronVersion, disableAsarIntegrity: true, win },
    publish: 'never',
    projectDir: folder,
  });
  const archive = (await readdir(output, { recursive: true })).find((name) => name.endsWith('app.asar'));
  return filesOfArchive(join(output, archive));
}

async function examine(target) {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-package-files-'));
  try {
    await mkdir(join(folder, 'out'));
    await stage(folder, target);
    const files = await pack(folder, target);
    const outside = files.filter(({ isUnpacked }) => isUnpacked);
    const faults = findFaults(files, target);
    console.log(
      `${target.name}: ${files.length} files, ${mebibytes(files).toFixed(1)} MiB of ${target.budgetMebibytes}, ` +
        `${mebibytes(outside).toFixed(1)} beside the archive, ${faults.length} faults`,
    );
    for (const fault of faults) console.log(`- ${fault}`);
    return faults.length === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const names = process.argv.slice(2);
const wanted = names.length === 0 ? targets : names.map(targetNamed);
let isWell = true;
for (const target of wanted) isWell = (await examine(target)) && isWell;
// The builder leaves handlers behind that end the process as they think.
process.exit(isWell ? 0 : 1);
