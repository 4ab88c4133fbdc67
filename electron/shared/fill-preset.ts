import type { ConversationOptionsPatch } from './conversation.ts';
import type { Draft } from './draft.ts';
import type { Preset } from './preset.ts';

/** A preset that was taken, with what was filled in for its variables so far. */
export type TakenPreset = { readonly preset: Preset; readonly values: Readonly<Record<string, string>> };

const placeholder = /\{\{\s*([a-z][a-z0-9-]*)\s*\}\}/g;

const hasInput = (template: string): boolean =>
  [...template.matchAll(placeholder)].some(([, name]) => name === 'input');

/** Takes a preset with the defaults of its variables. */
export function takePreset(preset: Preset): TakenPreset {
  return { preset, values: Object.fromEntries(preset.variables.map(({ name, defaultValue }) => [name, defaultValue])) };
}

/** The preset of a draft as it is now, with what was filled in; null without one, or when it is gone. */
export function takenAgain(kept: Draft['preset'], presets: readonly Preset[]): TakenPreset | null {
  const preset = presets.find(({ id }) => id === kept?.id);
  if (kept === null || preset === undefined) return null;
  return { preset, values: { ...takePreset(preset).values, ...kept.values } };
}

/**
 * The message that a preset makes of what was written. What is filled in is text: braces in it are not filled again. A
 * template without a place for what was written has it at its end.
 */
export function fillPreset({ preset: { template }, values }: TakenPreset, input: string): string {
  if (template.trim() === '') return input.trim();
  const filled = template.replace(placeholder, (whole, name: string) =>
    name === 'input' ? input.trim() : (values[name] ?? whole),
  );
  return (hasInput(template) || input.trim() === '' ? filled : `${filled}\n\n${input}`).trim();
}

/** What a conversation does differently from the message on that this preset is sent with; undefined for a mere text. */
export function presetOptions({ preset }: TakenPreset): ConversationOptionsPatch | undefined {
  const { id, systemPrompt, modelId, temperature, answerTokenLimit } = preset;
  const isPersona = systemPrompt !== '' || modelId !== null || temperature !== null || answerTokenLimit !== null;
  return isPersona ? { presetId: id } : undefined;
}

/** False while there is nothing to send. */
export function canFill({ preset: { template } }: TakenPreset, input: string): boolean {
  return input.trim() !== '' || (template.trim() !== '' && !hasInput(template));
}
