import { AppError } from '../../shared/app-error.ts';
import { createId, presetIdSchema } from '../../shared/ids.ts';
import type { PresetId } from '../../shared/ids.ts';
import { presetTextSchema } from '../../shared/preset.ts';
import type { Preset, PresetText } from '../../shared/preset.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import { spokenLanguage } from '../../shared/words.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { presetLanguages, readBuiltInPresets } from './built-in-presets.ts';
import type { AnswerOptions, PresetsService } from './presets-service.ts';

/** What the service is made of. */
export type PresetsServiceOptions = {
  readonly storage: Pick<Storage, 'presets'>;
  readonly settings: Pick<SettingsService, 'get'>;
  /** BCP 47 tag of the operating system's language, for the setting `system`. */
  readonly systemLanguage: string;
  /** Folder of what ships with the app; the built-in presets are in it. */
  readonly resourcesFolder: string;
};

/** Text as it may be stored; see `wellFormedText`. */
function clean(text: PresetText): PresetText {
  return presetTextSchema.parse({
    ...text,
    name: wellFormedText(text.name),
    systemPrompt: wellFormedText(text.systemPrompt),
    template: wellFormedText(text.template),
    variables: text.variables.map(({ name, defaultValue }) => ({ name, defaultValue: wellFormedText(defaultValue) })),
  });
}

const notFound = (): AppError => new AppError('app/not-found', 'There is no such preset.', { kind: 'preset' });

type Lists = Pick<PresetsService, 'list'> & {
  /** Throws `app/invalid-input` when a built-in preset has the command, in whatever language. */
  requireFreeCommand(command: string): Promise<void>;
};

function createLists({ storage, settings, systemLanguage, resourcesFolder }: PresetsServiceOptions): Lists {
  const languageNow = async () => spokenLanguage((await settings.get()).language, [systemLanguage]);
  return {
    async list() {
      const [language, own, hidden] = await Promise.all([
        languageNow(),
        storage.presets.list(),
        storage.presets.hiddenBuiltIns(),
      ]);
      const builtIn = await readBuiltInPresets(resourcesFolder, language, new Set(hidden));
      return [...builtIn, ...own].sort((one, other) => one.name.localeCompare(other.name, language));
    },
    async requireFreeCommand(command) {
      for (const language of presetLanguages) {
        const builtIn = await readBuiltInPresets(resourcesFolder, language, new Set());
        if (builtIn.every((preset) => preset.command !== command)) continue;
        throw new AppError('app/invalid-input', 'A built-in preset has this command.', { reason: 'command-taken' });
      }
    },
  };
}

async function resolveOptions(
  conversation: Parameters<PresetsService['answerOptions']>[0],
  settings: PresetsServiceOptions['settings'],
  list: PresetsService['list'],
): Promise<AnswerOptions> {
  const general = await settings.get();
  const own = conversation?.options;
  const presetId = own?.presetId ?? null;
  const preset = presetId === null ? undefined : (await list()).find(({ id }) => id === presetId);
  // A preset without a prompt is a text to fill in; it says nothing about who answers.
  const presetPrompt = preset === undefined || preset.systemPrompt === '' ? null : preset.systemPrompt;
  return {
    systemPrompt: own?.systemPrompt ?? presetPrompt ?? general.systemPrompt,
    modelId: own?.modelId ?? preset?.modelId ?? null,
    temperature: own?.temperature ?? preset?.temperature ?? general.temperature,
    answerTokens: own?.answerTokenLimit ?? preset?.answerTokenLimit ?? general.answerTokenLimit,
    trimming: own?.trimming ?? general.trimming,
  };
}

/** Makes the service. */
export function createPresetsService(options: PresetsServiceOptions): PresetsService {
  const { storage, settings } = options;
  const { list, requireFreeCommand } = createLists(options);

  const find = async (id: PresetId): Promise<Preset> => {
    const found = (await list()).find((preset) => preset.id === id);
    if (found === undefined) throw notFound();
    return found;
  };
  const findOwn = async (id: PresetId): Promise<Preset> => {
    const found = await find(id);
    if (found.isBuiltIn)
      throw new AppError('app/invalid-input', 'A built-in preset cannot be changed.', { reason: 'built-in' });
    return found;
  };

  return {
    list,
    async create(written) {
      const text = clean(written);
      await requireFreeCommand(text.command);
      const preset = { ...text, id: createId(presetIdSchema), isBuiltIn: false, isHidden: false };
      await storage.presets.put(preset);
      return preset;
    },
    async update(id, written) {
      const before = await findOwn(id);
      const text = clean(written);
      await requireFreeCommand(text.command);
      const preset = { ...before, ...text };
      await storage.presets.put(preset);
      return preset;
    },
    async setHidden(id, isHidden) {
      const preset = { ...(await find(id)), isHidden };
      if (preset.isBuiltIn) await storage.presets.setBuiltInHidden(id, isHidden);
      else await storage.presets.put(preset);
      return preset;
    },
    async remove(id) {
      await findOwn(id);
      await storage.presets.remove(id);
    },
    async restore(id) {
      await storage.presets.restore(id);
      return find(id);
    },
    answerOptions: (conversation) => resolveOptions(conversation, settings, list),
  };
}
