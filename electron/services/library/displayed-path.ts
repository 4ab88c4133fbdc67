import { basename, sep } from 'node:path';
import { uploadName } from './upload-path.ts';

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text on one line, without characters that show nothing or turn what follows around. */
export function showable(text: string): string {
  return text.toWellFormed().replace(invisible, '\ufffd');
}

/** A path as a person reads it: `~` for the home folder, the name alone for what was handed over as bytes. */
export function displayedPath(path: string, homeFolder: string): string {
  const upload = uploadName(path);
  if (upload !== null) return showable(upload);
  if (path === homeFolder) return '~';
  const below = homeFolder.endsWith(sep) ? homeFolder : homeFolder + sep;
  return showable(path.startsWith(below) ? `~${sep}${path.slice(below.length)}` : path);
}

/** The last part of a path, or the whole of a root such as `/` or `C:\`. */
export function displayedName(path: string): string {
  return showable(uploadName(path) ?? (basename(path) || path));
}
