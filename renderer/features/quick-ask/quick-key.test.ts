import { describe, expect, it } from 'vitest';
import { createId, presetIdSchema } from '../../../electron/shared/ids.ts';
import type { Preset } from '../../../electron/shared/preset.ts';
import { canUse, oneKeyPresets } from './one-key-presets.ts';
import { quickKey } from './quick-key.ts';

type Case = readonly [what: string, pressed: Partial<KeyboardEvent>, place: object, meant: string | number | null];

const apple = { isApple: true };
const waiting = { takesPlainDigits: true };
const away = { isInField: false };

const cases: readonly Case[] = [
  ['Enter', { key: 'Enter' }, {}, 'ask'],
  ['Enter with a shift', { key: 'Enter', shiftKey: true }, {}, null],
  // Catches the button that asks instead of doing what it says.
  ['Enter on a button', { key: 'Enter' }, away, null],
  ['Escape anywhere', { key: 'Escape' }, away, 'escape'],
  ['a digit with Alt', { key: '3', code: 'Digit3', altKey: true }, {}, 2],
  ['a digit of the number pad with Alt', { key: '3', code: 'Numpad3', altKey: true }, away, 2],
  // On a German keyboard AltGr and 7 write {, and Option and 5 write [ on a Mac.
  ['AltGr', { key: '{', code: 'Digit7', altKey: true, ctrlKey: true }, {}, null],
  ['Option on a Mac', { key: '[', code: 'Digit5', altKey: true }, apple, null],
  ['Command on a Mac', { key: '5', code: 'Digit5', metaKey: true }, apple, 4],
  ['Command on a Mac where keys 1 to 9 need a shift', { key: 'é', code: 'Digit2', metaKey: true }, apple, 1],
  ['Ctrl and a digit elsewhere', { key: '5', code: 'Digit5', ctrlKey: true }, {}, null],
  // Catches the sum that cannot be typed because its first digit is a preset.
  ['a plain digit', { key: '2', code: 'Digit2' }, {}, null],
  ['a plain digit while a text waits', { key: '2', code: 'Digit2' }, waiting, 1],
  ['a nought while a text waits', { key: '0', code: 'Digit0' }, waiting, null],
  ['a plain digit on a button', { key: '2', code: 'Digit2' }, { ...waiting, ...away }, null],
  ['Ctrl and Enter', { key: 'Enter', ctrlKey: true }, {}, 'paste'],
  ['Command and Enter', { key: 'Enter', metaKey: true }, apple, 'paste'],
  ['Ctrl, shift and Enter', { key: 'Enter', ctrlKey: true, shiftKey: true }, {}, 'continue'],
  ['Ctrl, shift and C', { key: 'C', ctrlKey: true, shiftKey: true }, {}, 'copy'],
  // The selected words are copied as everywhere.
  ['Ctrl and C', { key: 'c', ctrlKey: true }, {}, null],
];

describe('quickKey', () => {
  it.each(cases)('understands %s', (_what, pressed, place, meant) => {
    const none = { key: '', code: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    const usual = { isApple: false, isInField: true, takesPlainDigits: false };
    const found = quickKey({ ...none, ...pressed }, { ...usual, ...place });
    expect(found?.type === 'preset' ? found.index : (found?.type ?? null)).toBe(meant);
  });
});

const preset = (name: string, about: Partial<Preset> = {}): Preset => ({
  id: createId(presetIdSchema),
  name,
  command: name.toLowerCase(),
  systemPrompt: '',
  template: 'Do it: {{input}}',
  variables: [],
  modelId: null,
  temperature: null,
  answerTokenLimit: null,
  isBuiltIn: true,
  isHidden: false,
  ...about,
});

describe('oneKeyPresets', () => {
  it('gives every preset the same key in every language, own ones before personas', () => {
    const first = preset('Zusammenfassen');
    const second = preset('Erklären');
    const persona = preset('Lehrkraft', { template: '' });
    const own = preset('Anders', { isBuiltIn: false });
    const hidden = preset('Weg', { isHidden: true });
    const names = oneKeyPresets([own, second, persona, hidden, first]).map(({ name }) => name);
    expect(names).toEqual(['Zusammenfassen', 'Erklären', 'Anders', 'Lehrkraft']);
    expect(oneKeyPresets(Array.from({ length: 12 }, () => own))).toHaveLength(9);
  });

  it('needs words or a text, unless the preset asks by itself', () => {
    expect(canUse(preset('Shorten'), '', null)).toBe(false);
    expect(canUse(preset('Shorten'), 'words', null)).toBe(true);
    expect(canUse(preset('Shorten'), '', 'It rains.')).toBe(true);
    expect(canUse(preset('Ideas', { template: 'Give three ideas.' }), '', null)).toBe(true);
  });
});
