import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Shell } from 'electron';
import type { Logger } from '../platform/logger.ts';
import { replaceAppImage } from '../platform/replace-app-image.ts';
import type { CheckedPackage, UpdateInstaller } from '../platform/update-installer.ts';
import { updatePackageKind } from '../platform/update-package-kind.ts';

/** What installing needs of Electron and of the system. */
export type InstallerParts = {
  readonly app: Pick<App, 'isPackaged' | 'quit' | 'relaunch'>;
  readonly shell: Pick<Shell, 'showItemInFolder'>;
  readonly operatingSystem: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute; of the packaged app. */
  readonly resourcesPath: string;
  /** Runs an installer of Windows when the app has ended. */
  readonly runAfterEnd: (checked: CheckedPackage, logger: Logger) => Promise<void>;
  readonly logger: Logger;
};

/**
 * Installs as far as each system lets an app do it by itself: an AppImage is replaced, an installer of Windows is started; what
 * belongs to Finder or to the package manager is shown. Null for a copy that was not installed.
 */
export function createUpdateInstaller(parts: InstallerParts): UpdateInstaller | null {
  const { app, shell, operatingSystem, environment, logger } = parts;
  const appImagePath = environment['APPIMAGE'] ?? null;
  const packageType = readPackageType(parts.resourcesPath);
  const kind = updatePackageKind({ operatingSystem, isPackaged: app.isPackaged, appImagePath, packageType });
  switch (kind) {
    case null:
      return null;
    case 'nsis':
      return {
        kind,
        way: 'restart',
        install: async (checked) => {
          await parts.runAfterEnd(checked, logger);
          app.quit();
          return 'restarting';
        },
      };
    case 'appimage':
      return {
        kind,
        way: 'restart',
        install: async (checked) => {
          // The kind is this one only with a path.
          await replaceAppImage(checked, appImagePath ?? '');
          app.relaunch({ ...(appImagePath !== null && { execPath: appImagePath }), args: [] });
          app.quit();
          return 'restarting';
        },
      };
    case 'dmg':
    case 'deb':
    case 'rpm':
      return {
        kind,
        way: 'by-hand',
        install: async ({ path }) => {
          shell.showItemInFolder(path);
          return 'shown';
        },
      };
  }
}

function readPackageType(resourcesPath: string): string | null {
  try {
    return readFileSync(join(resourcesPath, 'package-type'), 'utf8').trim();
  } catch {
    return null;
  }
}
