import type { UpdatePackageKind } from '../shared/update.ts';

/** What tells how a copy of the app was installed. */
export type InstalledForm = {
  readonly operatingSystem: NodeJS.Platform;
  /** False for a copy that runs from its sources. */
  readonly isPackaged: boolean;
  /** What an AppImage says of itself in `APPIMAGE`; null otherwise. */
  readonly appImagePath: string | null;
  /** The word that a Linux package carries in its resources; null without. */
  readonly packageType: string | null;
};

/** The package that a newer version of this copy comes in; null where nobody can know. */
export function updatePackageKind(form: InstalledForm): UpdatePackageKind | null {
  if (!form.isPackaged) return null;
  switch (form.operatingSystem) {
    case 'win32':
      return 'nsis';
    case 'darwin':
      return 'dmg';
    case 'linux':
      if (form.packageType === 'deb' || form.packageType === 'rpm') return form.packageType;
      return form.appImagePath?.startsWith('/') === true ? 'appimage' : null;
    default:
      return null;
  }
}
