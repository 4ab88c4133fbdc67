import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret in the forms in which it could lie in a file: as it is, in two bytes a letter, in base64 at every offset, in hex. */
function formsOf(secret: string | Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // The first and last letters depend on what stands beside it.
    return Buffer.from(shifted.slice(offset === 0 ? 0 : 4, -4));
  });
  const wide = typeof secret === 'string' ? [Buffer.from(secret, 'utf16le')] : [];
  return [bytes, ...wide, ...base64, Buffer.from(bytes.toString('hex'))];
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Where secrets can be read in the files below some folders, their names included: `file: number of the secret`. */
export async function findPlaintext(
  folders: readonly string[],
  secrets: readonly (string | Uint8Array)[],
): Promise<readonly string[]> {
  const forms = secrets.map(formsOf);
  const found: string[] = [];
  for (const path of (await Promise.all(folders.map(filesBelow))).flat()) {
    const content = Buffer.concat([Buffer.from(path), await readFile(path)]);
    forms.forEach((some, number) => {
      if (some.some((form) => content.includes(form))) found.push(`${path}: ${number}`);
    });
  }
  return found;
}

/** Where secrets can be read in the command line or the environment of processes (Linux). */
export async function findInProcesses(
  pids: readonly number[],
  secrets: readonly (string | Uint8Array)[],
): Promise<readonly string[]> {
  const paths = pids.flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]);
  const contents = await Promise.all(paths.map(async (path) => await readFile(path).catch(() => Buffer.alloc(0))));
  return paths.filter((_, at) =>
    secrets.some((secret) => formsOf(secret).some((form) => contents[at]?.includes(form) === true)),
  );
}
