import { describe, expect, it } from 'vitest';
import { updatePackageKind } from './update-package-kind.ts';

const form = { operatingSystem: 'linux', isPackaged: true, appImagePath: null, packageType: null } as const;

describe('updatePackageKind', () => {
  it.each([
    [{ ...form, operatingSystem: 'win32' }, 'nsis'],
    [{ ...form, operatingSystem: 'darwin' }, 'dmg'],
    [{ ...form, appImagePath: '/home/anna/Sotto.AppImage' }, 'appimage'],
    [{ ...form, packageType: 'deb' }, 'deb'],
    [{ ...form, packageType: 'rpm' }, 'rpm'],
    // A program that was started out of an AppImage inherits its variable.
    [{ ...form, packageType: 'deb', appImagePath: '/home/anna/Other.AppImage' }, 'deb'],
    [{ ...form, appImagePath: 'Sotto.AppImage' }, null],
    [{ ...form, packageType: 'flatpak' }, null],
    [form, null],
    [{ ...form, operatingSystem: 'freebsd' }, null],
    // A copy that runs from its sources would otherwise put a package over a checkout.
    [{ ...form, operatingSystem: 'win32', isPackaged: false }, null],
  ] as const)('%o is %s', (installed, kind) => {
    expect(updatePackageKind(installed)).toBe(kind);
  });
});
