import type { ReactNode } from 'react';
import type { Settings, SettingsPatch } from '../../../electron/shared/settings.ts';
import type { SettingsSection } from '../../lib/destination.ts';

/** One setting as it stands on the page. */
export type Setting = {
  readonly id: string;
  readonly section: SettingsSection;
  readonly title: string;
  readonly detail?: string;
  /** Other words by which people look for it. */
  readonly keywords?: string;
  /** What it is when nobody touches it, in words; left out for what has no default, such as a button. */
  readonly usual?: string;
  /** Puts the default back; left out while it is the default. */
  readonly onReset?: () => void;
  readonly control: ReactNode;
  /** The control has a line of its own below the words. */
  readonly isWide?: boolean;
};

export type SettingsAccess = { readonly settings: Settings; readonly onChange: (patch: SettingsPatch) => void };

/** The way back to a default, where there is one to go. */
export function wayBack<Key extends keyof Settings>(
  { settings, onChange }: SettingsAccess,
  defaults: Settings,
  key: Key,
): { readonly onReset?: () => void } {
  if (settings[key] === defaults[key]) return {};
  return { onReset: () => onChange({ [key]: defaults[key] }) };
}

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** The settings in which every word stands, in the title, the explanation or their other words. */
export function findSettings(settings: readonly Setting[], query: string): readonly Setting[] {
  const words = fold(query).split(/\s+/);
  return settings.filter(({ title, detail = '', keywords = '' }) => {
    const text = fold(`${title} ${detail} ${keywords}`);
    return words.every((word) => text.includes(word));
  });
}
