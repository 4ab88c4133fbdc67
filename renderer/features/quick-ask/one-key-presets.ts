import { canFill, takePreset } from '../../../electron/shared/fill-preset.ts';
import type { Preset } from '../../../electron/shared/preset.ts';

const keys = 9;

const byId = (one: Preset, other: Preset): number => (one.id < other.id ? -1 : 1);

/**
 * The presets under the keys 1 to 9: those that came with the app and work on a text, in an order that is the same in
 * every language; own ones; then the personas that came with the app.
 */
export function oneKeyPresets(presets: readonly Preset[]): readonly Preset[] {
  const shown = presets.filter(({ isHidden }) => !isHidden);
  const builtIn = shown.filter(({ isBuiltIn }) => isBuiltIn).toSorted(byId);
  const own = shown.filter(({ isBuiltIn }) => !isBuiltIn);
  const works = ({ template }: Preset): boolean => template.trim() !== '';
  return [...builtIn.filter(works), ...own, ...builtIn.filter((preset) => !works(preset))].slice(0, keys);
}

/** False while there is nothing for the preset to work on. */
export function canUse(preset: Preset, text: string, context: string | null): boolean {
  return canFill(takePreset(preset), context ?? text);
}
