import type { Conversation, Trimming } from '../../shared/conversation.ts';
import type { ModelId, PresetId } from '../../shared/ids.ts';
import type { Preset, PresetText } from '../../shared/preset.ts';

/** How the answers of a conversation are written. */
export type AnswerOptions = {
  /** Empty for none. */
  readonly systemPrompt: string;
  /** Null is the model of the settings. */
  readonly modelId: ModelId | null;
  readonly temperature: number;
  readonly answerTokens: number;
  readonly trimming: Trimming;
};

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
  /**
   * What the conversation says itself, else its preset, else the settings. Null is a conversation that does not exist yet.
   */
  answerOptions(conversation: Pick<Conversation, 'options'> | null): Promise<AnswerOptions>;
}
