import type { PresetId } from '../../shared/ids.ts';
import type { Preset, PresetText } from '../../shared/preset.ts';

/** Ways to ask: those that came with the app, in the user's language, and own ones. Throws `app/not-found`. */
export interface PresetsService {
  /** In the order of their names, hidden ones included. */
  list(): Promise<readonly Preset[]>;
  /** Throws `app/invalid-input` with `reason: 'command-taken'` for a command that another preset has. */
  create(text: PresetText): Promise<Preset>;
  /** For own ones; the same errors as `create`. */
  update(id: PresetId, text: PresetText): Promise<Preset>;
  setHidden(id: PresetId, isHidden: boolean): Promise<Preset>;
  /** For own ones. */
  remove(id: PresetId): Promise<void>;
  /** Undoes `remove`. */
  restore(id: PresetId): Promise<Preset>;
}
