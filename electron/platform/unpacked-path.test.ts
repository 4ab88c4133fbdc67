import { describe, expect, it } from 'vitest';
import { unpackedPath } from './unpacked-path.ts';

describe('unpackedPath', () => {
  // The database and the engine know no archives: a path into one is a file that does not exist.
  it.each([
    [
      '/opt/Sotto/resources/app.asar/resources/models/a.gguf',
      '/',
      '/opt/Sotto/resources/app.asar.unpacked/resources/models/a.gguf',
    ],
    [
      String.raw`C:\Sotto\resources\app.asar\node_modules\v.dll`,
      '\\',
      String.raw`C:\Sotto\resources\app.asar.unpacked\node_modules\v.dll`,
    ],
    ['/home/a/app.asar.unpacked/x', '/', '/home/a/app.asar.unpacked/x'],
    ['/home/a/my-app.asar-things/x', '/', '/home/a/my-app.asar-things/x'],
    ['/home/a/sotto/resources', '/', '/home/a/sotto/resources'],
  ])('turns %s (%s) into %s', (path, separator, unpacked) => {
    expect(unpackedPath(path, separator)).toBe(unpacked);
  });
});
