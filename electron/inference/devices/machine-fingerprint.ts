import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, release } from 'node:os';
import { dirname, join } from 'node:path';
import { enginePackRecordName } from '../protocol/engine-pack.ts';

/** Files of drivers that change when the driver does: their content where it is small text, else size and time. */
const driverFiles: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/sys/module/nvidia/version', '/sys/module/amdgpu/version', '/sys/module/i915/srcversion'],
  win32: ['C:\\Windows\\System32\\nvcuda.dll', 'C:\\Windows\\System32\\vulkan-1.dll'],
};
/** Folders in which Vulkan drivers announce themselves. */
const driverFolders: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'],
};

/** Hexadecimal; other when the inference library, one that came later, the system or a graphics driver is another. */
export async function machineFingerprint(enginePackFolder?: string): Promise<string> {
  const facts = [await libraryVersion(), platform(), arch(), release()];
  for (const path of driverFiles[platform()] ?? []) facts.push(await fileFact(path));
  for (const folder of driverFolders[platform()] ?? []) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.toSorted((left, right) => (left < right ? -1 : 1)))
      facts.push(name, await fileFact(join(folder, name)));
  }
  if (enginePackFolder !== undefined) facts.push(await fileFact(join(enginePackFolder, enginePackRecordName)));
  return createHash('sha256').update(facts.join('\n')).digest('hex');
}

async function fileFact(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    // Files of the kernel are made when they are read, so their size and time say nothing.
    return path.startsWith('/sys/') ? (await readFile(path, 'utf8')).slice(0, 200) : `${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}

/** From the package's own file: only the engine process may load the library. */
async function libraryVersion(): Promise<string> {
  try {
    let folder = dirname(createRequire(import.meta.url).resolve('node-llama-cpp'));
    for (let level = 0; level < 4; level += 1, folder = dirname(folder)) {
      const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => null);
      const found: unknown = text === null ? null : JSON.parse(text);
      if (isPackage(found) && found.name === 'node-llama-cpp') return found.version;
    }
  } catch {
    // Told apart by the rest of the facts then.
  }
  return '';
}

function isPackage(value: unknown): value is { readonly name: string; readonly version: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'version' in value;
}
