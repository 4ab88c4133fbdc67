import { execFile } from 'node:child_process';
import type { Command } from './open-external.ts';

const answerTimeoutMs = 2_000;

/** Asks the session's bus for the version of the portal; comes with GLib, which every Linux desktop has. */
const question: Command = {
  file: '/usr/bin/gdbus',
  arguments: [
    'call',
    '--session',
    '--dest',
    'org.freedesktop.portal.Desktop',
    '--object-path',
    '/org/freedesktop/portal/desktop',
    '--method',
    'org.freedesktop.DBus.Properties.Get',
    'org.freedesktop.portal.GlobalShortcuts',
    'version',
  ],
};

/**
 * Whether a Wayland desktop lets programs ask for keyboard shortcuts
 * (https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html). Null when the
 * question cannot be put or is not answered within 2 s. Never throws.
 *
 * @param command for tests
 */
export function hasShortcutPortal(command: Command = question): Promise<boolean | null> {
  return new Promise((resolve) => {
    const options = { timeout: answerTimeoutMs, killSignal: 'SIGKILL' } as const;
    execFile(command.file, [...command.arguments], options, (error, output) => {
      if (error === null) return resolve(/uint32 [1-9]/.test(output));
      // A program that ran and failed has heard that there is no such interface, or no portal at all.
      resolve(typeof error.code === 'number' && !error.killed ? false : null);
    });
  });
}
