import { readFile, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { isNodeError } from './node-error.ts';
import { replaceFile } from './replace-file.ts';

const fileName = 'sotto.desktop';

/** Where a Linux session looks for what it starts (Desktop Application Autostart Specification): absolute. */
export function autostartFolder(environment: Readonly<Record<string, string | undefined>>, homeFolder: string): string {
  const configured = environment['XDG_CONFIG_HOME'] ?? '';
  // The specification ignores relative ones.
  return join(isAbsolute(configured) ? configured : join(homeFolder, '.config'), 'autostart');
}

/**
 * The entry that starts a program with the session. The path is quoted as the Desktop Entry Specification wants it; null for one that
 * cannot be written so.
 */
export function autostartEntry(programPath: string, programArguments: readonly string[]): string | null {
  if (/[\p{Cc}=]/u.test(programPath)) return null;
  // Quoted for the command, and then for the value of the entry; a percent sign would be a field code.
  const quoted = `"${programPath.replaceAll(/["`$\\]/g, '\\$&')}"`.replaceAll('\\', '\\\\').replaceAll('%', '%%');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Sotto',
    `Exec=${[quoted, ...programArguments].join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Whether a session starts the program; a person may have switched the entry off in the system's own settings. */
export async function readAutostart(folder: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, fileName), 'utf8');
    return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(text);
  } catch (error) {
    if (isNodeError(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/** Null takes the entry away. */
export async function writeAutostart(folder: string, entry: string | null): Promise<void> {
  if (entry === null) await rm(join(folder, fileName), { force: true });
  else await replaceFile(join(folder, fileName), entry);
}
