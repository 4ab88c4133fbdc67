import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Where the app lies and what it calls itself, found as Electron finds them. */
export type AppManifest = {
  readonly root: string;
  readonly entryPath: string;
  readonly name: string;
  readonly version: string;
};

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

function readJson(path: string): Readonly<Record<string, unknown>> {
  // A package.json is an object; each field is checked where it is read.
  return JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
}

/**
 * `electron FOLDER` takes name, version and entry from the folder's package.json. `electron FILE` reads none:
 * the app then is called Electron, has Electron's version, and its root is the folder of the file.
 */
export function readAppManifest(path: string): AppManifest {
  const target = resolve(path);
  const packagePath = join(target, 'package.json');
  if (existsSync(packagePath)) {
    const { productName, name, version, main } = readJson(packagePath);
    const entryPath = join(target, textOr(main, 'index.js'));
    return {
      root: target,
      entryPath,
      name: textOr(productName, textOr(name, 'Electron')),
      version: textOr(version, ''),
    };
  }
  const electron = readJson(createRequire(import.meta.url).resolve('electron/package.json'));
  return { root: dirname(target), entryPath: target, name: 'Electron', version: textOr(electron['version'], '') };
}

/** The folders of the app on Linux, as `app.getPath` names them. */
export class AppPaths {
  readonly #chosen = new Map<string, string>();

  /** Throws, as Electron does, for a folder that is not absolute. */
  set(name: string, path: string): void {
    if (resolve(path) !== path) throw new Error('Path must be absolute');
    this.#chosen.set(name, path);
  }

  get(name: string, appName: string): string {
    return this.#chosen.get(name) ?? this.#usual(name, appName);
  }

  #usual(name: string, appName: string): string {
    const home = homedir();
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
      case 'userData':
        return join(this.get('appData', appName), appName);
      case 'sessionData':
        return this.get('userData', appName);
      case 'logs':
        return join(this.get('userData', appName), 'logs');
      case 'temp':
        return tmpdir();
      case 'desktop':
      case 'documents':
      case 'downloads':
        return join(home, `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
      default:
        throw new Error(`app.getPath('${name}') is not part of the test double`);
    }
  }
}
