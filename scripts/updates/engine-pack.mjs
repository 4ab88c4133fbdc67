import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Packages with CUDA's builds of the engine, by system: the one for current cards first, then the one for older ones. */
const packagesOf = {
  'linux-x64': ['linux-x64-cuda', 'linux-x64-cuda-ext'],
  'win32-x64': ['win-x64-cuda', 'win-x64-cuda-ext'],
};

/** Systems for which there is a pack, as Node names them. */
export const packSystems = Object.keys(packagesOf);

/**
 * Writes the libraries of a system as one file: gzip of all of them, one after the other. The same packages give the same
 * bytes. Throws when a package is missing.
 *
 * @param {{ system: string, packagesFolder: string, library: string, out: string }} request `packagesFolder` is the scope's
 *   folder below `node_modules`, `library` the version of the inference library, `out` a folder
 * @returns the pack as it stands in the app's list
 */
export async function makeEnginePack({ system, packagesFolder, library, out }) {
  const packages = [];
  for (const name of packagesOf[system] ?? []) {
    const folder = join(packagesFolder, name);
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    if (version !== library) throw new Error(`${name} is of version ${version}, and the engine of ${library}.`);
    packages.push({ name, files: await listLibraries(folder) });
  }
  if (packages.length === 0) throw new Error(`There is no pack for ${system}.`);
  const name = `Sotto-cuda-${library}-${system}.gz`;
  await mkdir(out, { recursive: true });
  await rm(join(out, name), { force: true });
  const bytes = async function* () {
    for (const { name: one, files } of packages) {
      for (const { path } of files) yield* createReadStream(join(packagesFolder, one, path));
    }
  };
  const hash = createHash('sha512');
  const hashed = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.from(bytes()), createGzip({ level: 9 }), hashed, createWriteStream(join(out, name)));
  const { size: sizeBytes } = await stat(join(out, name));
  return { system, name, sizeBytes, sha512: hash.digest('hex'), packages };
}

/** Files below `bins`, in the order of their paths. */
async function listLibraries(folder) {
  const found = await readdir(join(folder, 'bins'), { recursive: true, withFileTypes: true });
  const files = [];
  for (const entry of found) {
    if (entry.isDirectory()) continue;
    if (!entry.isFile()) throw new Error(`${entry.name} of ${folder} is no file.`);
    const full = join(entry.parentPath, entry.name);
    files.push({ path: relative(folder, full).split(sep).join('/'), sizeBytes: (await stat(full)).size });
  }
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}
