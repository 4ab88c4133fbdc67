import { isAbsolute, resolve } from 'node:path';

/** An absolute path of this computer, or why there is none. */
export type NamedPath =
  | { readonly status: 'allowed'; readonly path: string }
  | { readonly status: 'refused'; readonly reason: 'empty' | 'not-a-path' | 'network' };

/**
 * A path that somebody typed (an argument, `SOTTO_DATA_DIR`, `SOTTO_MODEL_DIR`), made absolute from `workingFolder`.
 * Addresses and network shares are refused: opening one would send a request, and with it the user's name, to a server.
 */
export function resolveNamedPath(name: string, workingFolder: string): NamedPath {
  if (name.trim() === '') return { status: 'refused', reason: 'empty' };
  if (name.includes('\0')) return { status: 'refused', reason: 'not-a-path' };
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name) || /^[\\/]{2}[^\\/]/.test(name))
    return { status: 'refused', reason: 'network' };
  return { status: 'allowed', path: isAbsolute(name) ? resolve(name) : resolve(workingFolder, name) };
}
