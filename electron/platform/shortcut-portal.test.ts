import { describe, expect, it } from 'vitest';
import { hasShortcutPortal } from './shortcut-portal.ts';

const program = (script: string) => ({ file: process.execPath, arguments: ['-e', script] });

describe('hasShortcutPortal', () => {
  it.each([
    ["console.log('(<uint32 2>,)')", true],
    ["console.log('(<uint32 0>,)')", false],
    ["console.error('Error: org.freedesktop.DBus.Error.InvalidArgs: No such interface'); process.exit(1)", false],
  ])('reads the answer to %s', async (script, has) => {
    expect(await hasShortcutPortal(program(script))).toBe(has);
  });
  // A desktop without the program is no desktop without the portal.
  it('does not know when the question cannot be put', async () => {
    expect(await hasShortcutPortal({ file: '/nowhere/gdbus', arguments: [] })).toBeNull();
  });
});
