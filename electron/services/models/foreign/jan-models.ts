import { readdir } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import type { FolderSurroundings } from '../../../platform/default-folders.ts';
import { statModelFile } from '../model-file.ts';
import { readBoundedText } from '../read-bounded-text.ts';
import { findGgufFiles } from './find-gguf-files.ts';
import { foundLimit, localPath, shownName } from './found-model.ts';
import type { FoundModel } from './found-model.ts';

const manifestLimitBytes = 256 * 1024;
const settingsLimitBytes = 1024 * 1024;
const settingsSchema = z.object({ data_folder: z.string() });
/** Folders below `llamacpp/models`: the ids of models have slashes. */
const deepestFolder = 5;

function applicationData({ operatingSystem, homeFolder, environment }: FolderSurroundings): readonly string[] {
  if (operatingSystem === 'win32') return [environment['APPDATA'] || join(homeFolder, 'AppData', 'Roaming')];
  if (operatingSystem === 'darwin') return [join(homeFolder, 'Library', 'Application Support')];
  const chosen = environment['XDG_DATA_HOME'] ?? '';
  const data = isAbsolute(chosen) ? chosen : join(homeFolder, '.local', 'share');
  return [data, join(homeFolder, '.config')];
}

/** Its data folders: the usual ones, those that its settings name, and `~/jan` of the first versions. */
async function dataFolders(surroundings: FolderSurroundings): Promise<readonly string[]> {
  const folders: string[] = [join(surroundings.homeFolder, 'jan')];
  for (const data of applicationData(surroundings)) {
    folders.push(join(data, 'Jan', 'data'));
    for (const name of ['Jan', 'jan.ai.app']) {
      const chosen = await readBoundedText(join(data, name, 'settings.json'), settingsLimitBytes)
        .then((text) => localPath(settingsSchema.parse(JSON.parse(text)).data_folder))
        .catch(() => null);
      if (chosen !== null) folders.push(chosen);
    }
  }
  return [...new Set(folders)];
}

async function listManifests(folder: string, depth = deepestFolder): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.slice(0, foundLimit)) {
    if (entry.isFile() && entry.name === 'model.yml') found.push(join(folder, entry.name));
    if (entry.isDirectory() && depth > 0) found.push(...(await listManifests(join(folder, entry.name), depth - 1)));
  }
  return found.slice(0, foundLimit);
}

/** A text of the top level of a YAML file, plain or in quotation marks; all that is wanted of it. */
function topLevelText(yaml: string, key: string): string | null {
  const line = yaml.split(/\r?\n/).find((one) => one.startsWith(`${key}:`));
  const value = line?.slice(key.length + 1).trim() ?? '';
  if (/^'.*'$/.test(value)) return value.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/.test(value)) return value === '' ? null : value;
  try {
    // A YAML text in double quotation marks without the escapes that YAML alone has is one of JSON.
    return z.string().parse(JSON.parse(value));
  } catch {
    return null;
  }
}

/** The weights of a manifest: in the data folder, or a GGUF file anywhere that the person took in there. */
function modelPath(dataFolder: string, written: string): string | null {
  if (written.includes('\0') || !/\.gguf$/i.test(written)) return null;
  if (isAbsolute(written)) return localPath(written);
  const path = resolve(dataFolder, written);
  const inside = relative(dataFolder, path);
  return inside.startsWith('..') || isAbsolute(inside) ? null : path;
}

async function readManifest(dataFolder: string, path: string): Promise<readonly FoundModel[]> {
  const yaml = await readBoundedText(path, manifestLimitBytes).catch(() => '');
  const written = topLevelText(yaml, 'model_path');
  const weights = written === null ? null : modelPath(dataFolder, written);
  const file = weights === null ? null : await statModelFile(weights, weights);
  if (file === null) return [];
  return [{ program: 'jan', name: shownName(topLevelText(yaml, 'name') ?? '', 'Jan'), file }];
}

/** What Jan has: by the manifests of its llama.cpp models, and the files in the folder of earlier versions. */
export async function findJanModels(surroundings: FolderSurroundings): Promise<readonly FoundModel[]> {
  const found: FoundModel[] = [];
  for (const folder of await dataFolders(surroundings)) {
    for (const manifest of await listManifests(join(folder, 'llamacpp', 'models'))) {
      found.push(...(await readManifest(folder, manifest)));
    }
    found.push(...(await findGgufFiles('jan', join(folder, 'models'))));
  }
  return found;
}
