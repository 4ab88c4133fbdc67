/** UTF-16 code units that a name keeps at most; file systems allow 255 bytes. */
export const fileNameLimit = 120;

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;
const reservedOnWindows = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * A name from outside as one that every file system takes and that shows what it is: only the last part of a path, without
 * control and direction characters (which can make `exe.txt` look like `txt.exe`), without characters and names that
 * Windows reserves, not hidden, at most `fileNameLimit` long with its extension kept. `file` when nothing is left.
 */
export function safeFileName(name: string): string {
  const last =
    name
      .normalize('NFC')
      .split(/[\\/]/)
      .findLast((part) => part.trim() !== '') ?? '';
  const visible = last
    .replace(invisible, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(reservedOnWindows, '_$&');
  return shorten(visible) || 'file';
}

function shorten(name: string): string {
  if (name.length <= fileNameLimit) return name;
  const extension = /\.[^. ]{1,16}$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, fileNameLimit - extension.length - 1);
  // The cut may have split a surrogate pair, or left a space or a dot at its end.
  return `${stem.replace(/[\ud800-\udbff]$/, '').replace(/[. ]+$/, '')}…${extension}`;
}
