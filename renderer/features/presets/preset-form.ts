import { presetTextSchema } from '../../../electron/shared/preset.ts';
import type { Preset, PresetText } from '../../../electron/shared/preset.ts';

/** What the user wrote or selected stands here; it is no variable. */
const inputName = 'input';

/** Names of the variables in a template, in the order of their first use. */
export function variablesOf(template: string): readonly string[] {
  const names = [...template.matchAll(/\{\{\s*([a-z][a-z0-9-]{0,30})\s*\}\}/g)].map(([, name]) => name ?? '');
  return [...new Set(names)].filter((name) => name !== inputName);
}

/** A command made of a name: small letters, digits, hyphens. */
export function commandOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{Ll}\p{N}]+/gu, '-')
    .replace(/^-+/, '')
    .slice(0, 31)
    .replace(/-+$/, '');
}

/** A preset of nothing, to begin with. */
export const emptyPreset: PresetText = {
  name: '',
  command: '',
  systemPrompt: '',
  template: '',
  variables: [],
  modelId: null,
  temperature: null,
  answerTokenLimit: null,
};

/** What of a preset its owner wrote. */
export function textOf(preset: Preset): PresetText {
  const { name, command, systemPrompt, template, variables, modelId, temperature, answerTokenLimit } = preset;
  return { name, command, systemPrompt, template, variables, modelId, temperature, answerTokenLimit };
}

type Problem = 'name' | 'command' | 'empty';

/** The preset ready to be stored, with the variables that its template really has; or what is missing. */
export function finishPreset(draft: PresetText): { readonly text: PresetText } | { readonly problem: Problem } {
  const defaults = new Map(draft.variables.map(({ name, defaultValue }) => [name, defaultValue]));
  const parsed = presetTextSchema.safeParse({
    ...draft,
    command: draft.command === '' ? commandOf(draft.name) : draft.command,
    variables: variablesOf(draft.template).map((name) => ({ name, defaultValue: defaults.get(name) ?? '' })),
  });
  if (!parsed.success)
    return { problem: parsed.error.issues.some(({ path }) => path[0] === 'name') ? 'name' : 'command' };
  if (draft.systemPrompt.trim() === '' && draft.template.trim() === '') return { problem: 'empty' };
  return { text: parsed.data };
}
