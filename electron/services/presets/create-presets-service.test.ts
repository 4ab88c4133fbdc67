import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createId, presetIdSchema } from '../../shared/ids.ts';
import type { PresetText } from '../../shared/preset.ts';
import type { Storage } from '../../storage/storage.ts';
import { resourcesFolder } from '../../testing/open-chat-services.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createPresetsService } from './create-presets-service.ts';
import type { PresetsService } from './presets-service.ts';

const own: PresetText = {
  name: 'Pirate',
  command: 'pirate',
  systemPrompt: 'Talk like a pirate.',
  template: '',
  variables: [],
  modelId: null,
  temperature: 0.9,
  answerTokenLimit: null,
};

let storage: Storage;
let presets: PresetsService;
beforeEach(async () => {
  storage = await openTestStorage();
  presets = createPresetsService({ storage, settings: storage.settings, systemLanguage: 'de-AT', resourcesFolder });
});
afterEach(() => storage.close());

const commands = async () => (await presets.list()).map(({ command }) => command);

describe('createPresetsService', () => {
  it('has the same built-in presets in both languages, each with everything that its text needs', async () => {
    await storage.settings.update({ language: 'en' });
    const english = await presets.list();
    await storage.settings.update({ language: 'system' });
    const german = await presets.list();
    expect(german.map(({ command }) => command)).toContain('übersetzen');
    expect(new Set(german.map(({ id }) => id))).toEqual(new Set(english.map(({ id }) => id)));
    for (const { template, systemPrompt, variables } of [...english, ...german]) {
      expect(template + systemPrompt).not.toBe('');
      expect(template === '' || template.includes('{{input}}')).toBe(true);
      for (const { name } of variables) expect(template).toContain(`{{${name}}}`);
    }
  });

  it('keeps own presets beside them, through a change, a removal and its undoing', async () => {
    const { id } = await presets.create(own);
    expect(await commands()).toContain('pirate');
    expect(await presets.update(id, { ...own, name: 'Captain' })).toMatchObject({ name: 'Captain', isBuiltIn: false });
    await presets.remove(id);
    expect(await commands()).not.toContain('pirate');
    expect(await presets.restore(id)).toMatchObject({ id, name: 'Captain' });
  });

  // A command of the other language would clash as soon as the language changes.
  it.each(['translate', 'übersetzen'])('refuses the command /%s of a built-in preset', async (command) => {
    await expect(presets.create({ ...own, command })).rejects.toMatchObject({
      code: 'app/invalid-input',
      details: { reason: 'command-taken' },
    });
  });

  it('refuses a command that another own preset has', async () => {
    await presets.create(own);
    await expect(presets.create({ ...own, name: 'Second' })).rejects.toMatchObject({
      code: 'app/invalid-input',
      details: { reason: 'command-taken' },
    });
  });

  it('hides built-in and own presets, and changes neither a built-in one nor one that is not there', async () => {
    const [builtIn] = await presets.list();
    if (builtIn === undefined) throw new Error('There are no built-in presets.');
    const { id } = await presets.create(own);
    await presets.setHidden(id, true);
    await presets.setHidden(builtIn.id, true);
    expect(
      (await presets.list())
        .filter(({ isHidden }) => isHidden)
        .map((preset) => preset.id)
        .sort(),
    ).toEqual([builtIn.id, id].sort());
    await expect(presets.update(builtIn.id, own)).rejects.toMatchObject({ code: 'app/invalid-input' });
    await expect(presets.remove(createId(presetIdSchema))).rejects.toMatchObject({ code: 'app/not-found' });
  });

  it('stores no half surrogate pairs', async () => {
    const { name } = await presets.create({ ...own, name: 'Pi\ud800rate' });
    expect(name).toBe('Pi\ufffdrate');
  });
});
