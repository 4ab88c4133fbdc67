import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WindowRequest } from '../shared/desktop.ts';
import { isDeepLink, readDeepLink } from './deep-link.ts';

/** The argument with which a session starts the app: without a window. */
export const hiddenStartArgument = '--hidden';

/** How the app was started, or started again. */
export type Launch = {
  /** `process.argv`, or what a second instance was given: the executable first. */
  readonly argv: readonly string[];
  /** Relative paths are meant from here. */
  readonly workingFolder: string;
  readonly operatingSystem: NodeJS.Platform;
  /** Otherwise Electron is started with the app's script and switches of its own that take a value. */
  readonly isPackaged: boolean;
};

/** What a person meant by the arguments. Nothing of it was looked at on the disk. */
export type LaunchRequest = {
  /** Without a window; never when something is asked for. */
  readonly isHidden: boolean;
  /** What a link asks for, or why nothing of it is done. */
  readonly request: WindowRequest | null;
  /** Absolute, each one once, at most 500. */
  readonly paths: readonly string[];
  /** Arguments that are no path of this computer, and paths beyond the limit. */
  readonly leftOut: number;
};

/** Files and folders that are offered at once. */
export const offeredPathLimit = 500;
/** Characters; more than any system takes for a path. */
const pathLimit = 32_768;
/** Electron's own, before the script of an app that is not packaged. */
const switchesWithValue = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader']);

/**
 * Reads the arguments of a start. Switches are Chromium's and are ignored, wherever they stand. With a link there is nothing
 * but the link: where a system puts it into a command line, a quotation mark in it would make further arguments.
 */
export function readLaunchArguments({ argv, workingFolder, operatingSystem, isPackaged }: Launch): LaunchRequest {
  const given = isPackaged ? argv.slice(1) : withoutScript(argv.slice(1));
  const links = given.filter(isDeepLink);
  if (links.length > 0) {
    return { isHidden: false, request: linkRequest(links), paths: [], leftOut: 0 };
  }
  const named = positional(given, operatingSystem).map((name) => pathOf(name, workingFolder, operatingSystem));
  const paths = [...new Set(named.filter((path) => path !== null))];
  const noPaths = named.filter((path) => path === null).length;
  return {
    isHidden: named.length === 0 && given.includes(hiddenStartArgument),
    request: null,
    paths: paths.slice(0, offeredPathLimit),
    leftOut: noPaths + Math.max(0, paths.length - offeredPathLimit),
  };
}

/** A path that a system handed over, as macOS does; null when it is none of this computer. */
export function readOpenedPath(path: string, operatingSystem: NodeJS.Platform): string | null {
  return pathOf(path, '', operatingSystem);
}

function linkRequest(links: readonly string[]): WindowRequest | null {
  const [link = ''] = links;
  if (links.length > 1) return { type: 'request-refused', reason: 'too-many' };
  const read = readDeepLink(link);
  return read.status === 'allowed' ? read.request : { type: 'request-refused', reason: read.reason };
}

/** What follows the script; Electron's switches stand before it, some with their value as an argument of its own. */
function withoutScript(given: readonly string[]): readonly string[] {
  let index = 0;
  for (let argument = given[index]; argument?.startsWith('-') === true; argument = given[index]) {
    index += switchesWithValue.has(argument) ? 2 : 1;
  }
  return [...given.slice(0, index).filter((argument) => argument.startsWith('-')), ...given.slice(index + 1)];
}

/** What is no switch. Behind `--` there are none, but for those that Chromium adds when it hands a second start on. */
function positional(given: readonly string[], operatingSystem: NodeJS.Platform): readonly string[] {
  const end = given.indexOf('--');
  const isSwitch = (argument: string): boolean =>
    argument.startsWith('-') || (operatingSystem === 'win32' && /^\/prefetch:\d+$/i.test(argument));
  const before = end === -1 ? given : given.slice(0, end);
  const after = end === -1 ? [] : given.slice(end + 1);
  return [...before.filter((argument) => argument !== '' && !isSwitch(argument)), ...after.filter(Boolean)];
}

function pathOf(name: string, workingFolder: string, operatingSystem: NodeJS.Platform): string | null {
  if (name.length > pathLimit || name.includes('\0') || name.trim() === '') return null;
  const isWindows = operatingSystem === 'win32';
  const rules = isWindows ? win32 : posix;
  const local = /^file:\/\//i.test(name) ? pathOfFileUrl(name, isWindows) : name;
  // Of one letter it is a drive.
  if (local === null || local.includes('\0') || /^[a-z][a-z0-9+.-]+:\/\//i.test(local)) return null;
  if (!rules.isAbsolute(local) && !rules.isAbsolute(workingFolder)) return null;
  // From the root of a drive, which only the working folder names, on Windows.
  const path = rules.resolve(workingFolder, local);
  return isOfThisComputer(path, local, isWindows) ? path : null;
}

/** A share, a device or a drive that is taken from the current one; asking for a share tells a server who asks. */
function isOfThisComputer(path: string, name: string, isWindows: boolean): boolean {
  if (!isWindows) return !/^\/\/[^/]/.test(name);
  const isStreamOrDriveRelative = /^[a-z]:(?![\\/])/i.test(name) || path.slice(2).includes(':');
  return /^[a-z]:\\/i.test(path) && !/^[\\/]{2}/.test(name) && !isStreamOrDriveRelative;
}

/** Linux hands over addresses of files; one with a host is a share. */
function pathOfFileUrl(url: string, isWindows: boolean): string | null {
  try {
    const { host, search, hash } = new URL(url);
    return `${host}${search}${hash}` === '' ? fileURLToPath(url, { windows: isWindows }) : null;
  } catch {
    return null;
  }
}
