import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronFuses, fuses } from './fuses.mjs';

const root = join(import.meta.dirname, '..', '..');
const scheme = JSON.parse(readFileSync(join(root, 'node_modules/app-builder-lib/scheme.json'), 'utf8'));
/** A step after the fuses, not one of them. */
const known = Object.keys(scheme.definitions.FuseOptionsV1.properties).filter((name) => !name.startsWith('reset'));

describe('fuses', () => {
  // The builder ignores a name that it does not know, and leaves what is not named as it came.
  it('are all of those that the builder knows, each set', () => {
    expect(Object.keys(electronFuses).toSorted()).toEqual(known.toSorted());
  });
  it('have a reason each, and stand as they were decided', () => {
    expect(fuses.filter(({ reason }) => reason.length < 20)).toEqual([]);
    expect(electronFuses).toEqual({
      runAsNode: true,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
