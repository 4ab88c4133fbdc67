import type { DocumentHash } from '../../shared/ids.ts';

const prefix = 'sotto-upload:';

/** Stands where a path would for a file that was handed over as bytes: the same bytes twice are the same source. */
export function uploadPath(hash: DocumentHash, name: string): string {
  return `${prefix}${hash}/${name}`;
}

/** The name that the bytes were handed over with; null for a path of the file system, which is absolute. */
export function uploadName(path: string): string | null {
  return path.startsWith(prefix) ? path.slice(path.indexOf('/') + 1) : null;
}
