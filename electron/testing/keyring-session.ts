import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A session bus of its own, with a real gnome-keyring on it whose home is a temporary folder. */
export type KeyringSession = {
  /** What a program needs to find this bus and this home; give it beside the usual environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of the keyring's daemon; null when the session was opened without one. */
  readonly daemonPid: number | null;
  /** Locks the keyring that the login opened, as a desktop does when its user says so. */
  lock(): Promise<void>;
  /** Ends the daemon as a crash would. Nothing starts another. */
  killDaemon(): void;
  /** Ends the bus and the daemon and removes the folder. */
  close(): Promise<void>;
};

/** How a session is opened. */
export type KeyringSessionOptions = {
  /** Default `unlocked`; `none` is a bus on which nobody keeps secrets. */
  readonly keyring?: 'unlocked' | 'none';
  /** Who asks for the keyring's password: nobody, so that asking fails at once (default), or a dialog nobody answers. */
  readonly prompter?: 'none' | 'silent';
};

const programs = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'] as const;

/** Those of the programs a session needs that this machine lacks; a session can be opened when there are none. */
export function missingKeyringPrograms(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return programs.filter((program) => !folders.some((folder) => existsSync(join(folder, program))));
}

/** The usual bus without the machine's services: nothing is started on it but what is named here. */
function busConfiguration(folder: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>${join(folder, 'services')}</servicedir>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
`;
}

// The bus starts this for the first prompt and waits for it to take its name. It listens for something that never comes
// instead, and ends with the bus.
const silentPrompter = `[D-BUS Service]
Name=org.gnome.keyring.SystemPrompter
Exec=/bin/sh -c "exec dbus-monitor --session interface=none.such >/dev/null 2>&1"
`;

/** The daemon leaves the foreground when it is ready; the session lasts until the standard input ends. */
const sessionScript = (hasKeyring: boolean): string =>
  [
    ...(hasKeyring ? ['printf test-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null'] : []),
    'echo "$DBUS_SESSION_BUS_ADDRESS"',
    'exec cat',
  ].join('\n');

async function makeHome(prompter: 'none' | 'silent'): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sotto-keyring-')));
  for (const name of ['data', 'config', 'cache', 'run', 'services']) await mkdir(join(folder, name), { mode: 0o700 });
  await writeFile(join(folder, 'bus.conf'), busConfiguration(folder));
  const prompterPath = join(folder, 'services', 'prompter.service');
  if (prompter === 'silent') await writeFile(prompterPath, silentPrompter);
  return folder;
}

async function callBus(environment: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<string> {
  const { stdout } = await run('dbus-send', ['--session', '--print-reply=literal', ...words], {
    env: { ...process.env, ...environment },
  });
  return stdout;
}

async function findDaemon(environment: Readonly<Record<string, string>>): Promise<number> {
  const bus = ['--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  const question = 'org.freedesktop.DBus.GetConnectionUnixProcessID';
  // The daemon may take its name a moment after it has left the foreground, and says so to nobody.
  for (let attempt = 0; attempt < 100; attempt++) {
    const reply = await callBus(environment, ...bus, question, 'string:org.freedesktop.secrets').catch(() => '');
    const [pid] = /\d+$/.exec(reply.trim()) ?? [];
    if (pid !== undefined) return Number(pid);
    await setTimeout(20);
  }
  throw new Error('The keyring does not come to the bus.');
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/**
 * Starts `dbus-run-session` and an unlocked gnome-keyring in it. The caller closes it; when the caller dies, it ends by
 * itself. Throws when a program is missing (see `missingKeyringPrograms`).
 */
export async function openKeyringSession(options: KeyringSessionOptions = {}): Promise<KeyringSession> {
  const { keyring = 'unlocked', prompter = 'none' } = options;
  const folder = await makeHome(prompter);
  const home = {
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
  };
  const script = sessionScript(keyring === 'unlocked');
  const session = spawn('dbus-run-session', ['--config-file', join(folder, 'bus.conf'), '--', 'sh', '-c', script], {
    env: { ...process.env, ...home },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(session, 'exit');
  let daemonPid: number | null = null;
  const killDaemon = (): void => {
    if (daemonPid !== null) endProcess(daemonPid);
    daemonPid = null;
  };
  const close = async (): Promise<void> => {
    killDaemon();
    session.stdin.end();
    await ended;
    session.stdout.destroy();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const firstLine = once(createInterface(session.stdout), 'line').then(([line]) => String(line));
    const address = await Promise.race([firstLine, ended.then(() => '')]);
    if (address === '') throw new Error('The session bus did not start.');
    const environment = { ...home, DBUS_SESSION_BUS_ADDRESS: address };
    if (keyring === 'unlocked') daemonPid = await findDaemon(environment);
    const lock = async (): Promise<void> => {
      await callBus(
        environment,
        '--dest=org.freedesktop.secrets',
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        'array:objpath:/org/freedesktop/secrets/collection/login',
      );
    };
    return { environment, daemonPid, lock, killDaemon, close };
  } catch (error) {
    await close();
    throw error;
  }
}
