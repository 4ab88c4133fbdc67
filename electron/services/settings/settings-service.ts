import type { Settings, SettingsPatch } from '../../shared/settings.ts';

/** Settings as they are now, with everyone told of a change after it was stored. */
export interface SettingsService {
  get(): Promise<Settings>;
  update(patch: SettingsPatch): Promise<Settings>;
  onChange(listener: (settings: Settings) => void): () => void;
}
