import { execFile } from 'node:child_process';
import type { Command } from './open-external.ts';

const answerTimeoutMs = 2_000;

/** Asks the session's bus whether anybody shows icons; comes with GLib. */
const question: Command = {
  file: '/usr/bin/gdbus',
  arguments: [
    'call',
    '--session',
    '--dest',
    'org.freedesktop.DBus',
    '--object-path',
    '/org/freedesktop/DBus',
    '--method',
    'org.freedesktop.DBus.NameHasOwner',
    'org.kde.StatusNotifierWatcher',
  ],
};

/**
 * Whether a Linux desktop shows the icons of programs
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/). GNOME does not without an extension, and Electron
 * cannot tell: its icon is just not seen. Null when the question cannot be put or is not answered within 2 s. Never throws.
 *
 * @param command for tests
 */
export function hasTrayHost(command: Command = question): Promise<boolean | null> {
  return new Promise((resolve) => {
    const options = { timeout: answerTimeoutMs, killSignal: 'SIGKILL' } as const;
    execFile(command.file, [...command.arguments], options, (error, output) => {
      const answer = error === null ? /^\((true|false),\)\s*$/.exec(output)?.[1] : undefined;
      resolve(answer === undefined ? null : answer === 'true');
    });
  });
}
