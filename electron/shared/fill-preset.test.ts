import { describe, expect, it } from 'vitest';
import { createId, presetIdSchema } from './ids.ts';
import type { Preset } from './preset.ts';
import { canFill, fillPreset, presetOptions, takePreset } from './fill-preset.ts';

const preset = (template: string, change: Partial<Preset> = {}): Preset => ({
  id: createId(presetIdSchema),
  name: 'Translate',
  command: 'translate',
  systemPrompt: '',
  template,
  variables: [{ name: 'language', defaultValue: 'French' }],
  modelId: null,
  temperature: null,
  answerTokenLimit: null,
  isBuiltIn: false,
  isHidden: false,
  ...change,
});

describe('fillPreset', () => {
  it('puts in what was written and what was filled in, once', () => {
    // Catches a message whose own braces are filled in as if they were the preset's.
    const taken = takePreset(preset('Into {{language}}: {{ input }}'));
    expect(fillPreset(taken, 'Say {{language}}.')).toBe('Into French: Say {{language}}.');
    expect(fillPreset({ ...taken, values: { language: 'Dutch' } }, 'x')).toBe('Into Dutch: x');
  });

  it('leaves an unknown name as it is, and a dollar sign too', () => {
    expect(fillPreset(takePreset(preset('{{tone}} {{input}}')), '$& $1')).toBe('{{tone}} $& $1');
  });

  it('puts what was written at the end where the template has no place for it', () => {
    expect(fillPreset(takePreset(preset('Give three ideas.')), 'Cats')).toBe('Give three ideas.\n\nCats');
    expect(canFill(takePreset(preset('Give three ideas.')), '')).toBe(true);
    expect(canFill(takePreset(preset('About {{input}}')), ' ')).toBe(false);
  });

  it('makes a persona last for the conversation, and a mere text not', () => {
    expect(presetOptions(takePreset(preset('x {{input}}')))).toBeUndefined();
    const persona = preset('', { systemPrompt: 'You are a judge.' });
    expect(presetOptions(takePreset(persona))).toEqual({ presetId: persona.id });
    expect(fillPreset(takePreset(persona), ' Hello ')).toBe('Hello');
  });
});
