import { isAbsolute, join } from 'node:path';
import type { FolderSurroundings } from '../../../platform/default-folders.ts';
import { readBoundedText } from '../read-bounded-text.ts';
import { findGgufFiles } from './find-gguf-files.ts';
import { localPath } from './found-model.ts';
import type { FoundModel } from './found-model.ts';

const settingsLimitBytes = 1024 * 1024;
const company = 'nomic.ai';
const product = 'GPT4All';

type Places = { readonly models: readonly string[]; readonly settings: readonly string[] };

/** Qt's folders for local data and for settings of an application of this name. */
function places({ operatingSystem, homeFolder, environment }: FolderSurroundings): Places {
  const unixSettings = join(homeFolder, '.config', company, `${product}.ini`);
  switch (operatingSystem) {
    case 'win32': {
      const local = environment['LOCALAPPDATA'] || join(homeFolder, 'AppData', 'Local');
      const roaming = environment['APPDATA'] || join(homeFolder, 'AppData', 'Roaming');
      return { models: [join(local, company, product)], settings: [join(roaming, company, `${product}.ini`)] };
    }
    case 'darwin':
      return {
        models: [join(homeFolder, 'Library', 'Application Support', company, product)],
        settings: [unixSettings],
      };
    default: {
      const chosen = environment['XDG_DATA_HOME'] ?? '';
      const data = isAbsolute(chosen) ? chosen : join(homeFolder, '.local', 'share');
      const sandbox = join(homeFolder, '.var', 'app', 'io.gpt4all.gpt4all');
      return {
        models: [join(data, company, product), join(sandbox, 'data', company, product)],
        settings: [unixSettings, join(sandbox, 'config', company, `${product}.ini`)],
      };
    }
  }
}

/** The folder that its settings name, as Qt writes it: `modelPath=C:/Models/`, in quotation marks where it has to be. */
async function chosenFolder(settings: string): Promise<readonly string[]> {
  const text = await readBoundedText(settings, settingsLimitBytes).catch(() => '');
  const written = /^modelPath=(.*)$/m.exec(text)?.[1]?.trim() ?? '';
  const path = (/^"(.*)"$/.exec(written)?.[1] ?? written).replaceAll('\\\\', '\\');
  const chosen = localPath(path);
  return chosen === null ? [] : [chosen];
}

/** What GPT4All has, in its usual folder and in the one that was chosen there. */
export async function findGpt4allModels(surroundings: FolderSurroundings): Promise<readonly FoundModel[]> {
  const { models, settings } = places(surroundings);
  const chosen = (await Promise.all(settings.map(chosenFolder))).flat();
  const found = await Promise.all(
    [...new Set([...models, ...chosen])].map((folder) => findGgufFiles('gpt4all', folder)),
  );
  return found.flat();
}
