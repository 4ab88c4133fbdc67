import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import type { PresetId } from '../../shared/ids.ts';
import { presetSchema } from '../../shared/preset.ts';
import type { Preset } from '../../shared/preset.ts';
import type { SpokenLanguage } from '../../shared/words.ts';

/** What a file in `resources/presets/` holds; the same preset has the same id in every language. */
const fileSchema = z.array(
  presetSchema
    .unwrap()
    .pick({ id: true, name: true, command: true, systemPrompt: true, template: true, variables: true }),
);

/** The languages that the built-in presets are written in. */
export const presetLanguages: readonly SpokenLanguage[] = ['en', 'de'];

/** The presets that came with the app. Throws `app/unexpected` when the installation lacks them. */
export async function readBuiltInPresets(
  resourcesFolder: string,
  language: SpokenLanguage,
  hidden: ReadonlySet<PresetId>,
): Promise<readonly Preset[]> {
  try {
    const written = fileSchema.parse(
      JSON.parse(await readFile(join(resourcesFolder, 'presets', `${language}.json`), 'utf8')),
    );
    return written.map((preset) => ({
      ...preset,
      modelId: null,
      temperature: null,
      answerTokenLimit: null,
      isBuiltIn: true,
      isHidden: hidden.has(preset.id),
    }));
  } catch (error) {
    throw new AppError('app/unexpected', 'The built-in presets are missing.', { language }, { cause: error });
  }
}
