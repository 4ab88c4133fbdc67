import { describe, expect, it } from 'vitest';
import { hasTrayHost } from './tray-host.ts';

const program = (script: string) => ({ file: process.execPath, arguments: ['-e', script] });

describe('hasTrayHost', () => {
  // On a desktop without it, a window that was closed into the tray would be gone for good.
  it.each([
    ["console.log('(true,)')", true],
    ["console.log('(false,)')", false],
    ["console.log('something else')", null],
    ["console.error('Error: no bus'); process.exit(1)", null],
  ])('reads the answer to %s', async (script, has) => {
    expect(await hasTrayHost(program(script))).toBe(has);
  });
  it('does not know when the question cannot be put', async () => {
    expect(await hasTrayHost({ file: '/nowhere/gdbus', arguments: [] })).toBeNull();
  });
});
