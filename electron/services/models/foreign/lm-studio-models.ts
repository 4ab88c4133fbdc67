import { join } from 'node:path';
import { z } from 'zod';
import type { FolderSurroundings } from '../../../platform/default-folders.ts';
import { readBoundedText } from '../read-bounded-text.ts';
import { findGgufFiles } from './find-gguf-files.ts';
import { localPath } from './found-model.ts';
import type { FoundModel } from './found-model.ts';

const pointerLimitBytes = 4_096;
const settingsLimitBytes = 1024 * 1024;
const settingsSchema = z.object({ downloadsFolder: z.string() });

/** Its home: what the pointer in the home folder names, `~/.lmstudio`, and `~/.cache/lm-studio` of versions before 0.3. */
async function homes({ homeFolder }: FolderSurroundings): Promise<readonly string[]> {
  const pointer = join(homeFolder, '.lmstudio-home-pointer');
  const named = await readBoundedText(pointer, pointerLimitBytes).then(
    (text) => localPath(text.trim()),
    () => null,
  );
  return [...(named === null ? [] : [named]), join(homeFolder, '.lmstudio'), join(homeFolder, '.cache', 'lm-studio')];
}

/** The folder that its settings name for downloads, and `models` in its home. */
async function modelFolders(home: string): Promise<readonly string[]> {
  const usual = join(home, 'models');
  try {
    const settings: unknown = JSON.parse(await readBoundedText(join(home, 'settings.json'), settingsLimitBytes));
    const chosen = localPath(settingsSchema.parse(settings).downloadsFolder);
    return chosen === null ? [usual] : [chosen, usual];
  } catch {
    return [usual];
  }
}

/** What LM Studio has, `PUBLISHER/MODEL/FILE.gguf` in its folders. */
export async function findLmStudioModels(surroundings: FolderSurroundings): Promise<readonly FoundModel[]> {
  const folders = new Set((await Promise.all((await homes(surroundings)).map(modelFolders))).flat());
  const found = await Promise.all([...folders].map((folder) => findGgufFiles('lm-studio', folder)));
  return found.flat();
}
