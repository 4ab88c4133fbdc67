// A folder that electron-builder takes for Electron: it has the names of a distribution, and nothing in it can be started.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Only Linux: the builder changes the programs of the other systems while it packs, and needs real ones. */
export async function writeStandIn(folder) {
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'), { recursive: true });
  await writeFile(join(folder, 'electron'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  for (const name of [
    'chrome_crashpad_handler',
    'chrome-sandbox',
    'icudtl.dat',
    'LICENSE',
    'LICENSES.chromium.html',
    'version',
  ]) {
    await writeFile(join(folder, name), '');
  }
  for (const language of ['en-US', 'en-GB', 'de', 'fr'])
    await writeFile(join(folder, 'locales', `${language}.pak`), '');
}
