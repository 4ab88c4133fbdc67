import { sep } from 'node:path';

/**
 * Where a file of an installed app lies for libraries that open files by themselves: beside the archive that Electron reads
 * (`app.asar`), not in it. A path outside of an archive, as in a checkout, stays as it is.
 */
export function unpackedPath(path: string, separator: string = sep): string {
  const parts = path.split(separator);
  const archive = parts.lastIndexOf('app.asar');
  return archive === -1 ? path : parts.with(archive, 'app.asar.unpacked').join(separator);
}
