import type { PasteOutcome, TakenText } from '../../shared/desktop.ts';
import type { ConversationId, MessageId, PresetId, RunId } from '../../shared/ids.ts';

/** A question of the moment. */
export type QuickAskQuestion = {
  /** What was typed; may be empty when a preset says what to do with the context. */
  readonly text: string;
  /** What was taken from the app in front or the clipboard, at most 20,000 characters. */
  readonly context: string | null;
  readonly presetId: PresetId | null;
};

/** Answers from anywhere, in a conversation that is forgotten unless it is continued. */
export interface QuickAskService {
  /** Loads the model while the person still types. Never fails: what goes wrong is told with the answer. */
  warm(): Promise<void>;
  /** Begins an answer. Throws AppError `prompt/empty`, `prompt/too-long` or `model/none`. */
  ask(question: QuickAskQuestion): Promise<{
    readonly conversationId: ConversationId;
    readonly runId: RunId;
    readonly answerId: MessageId;
  }>;
  /** Keeps the conversation and shows it in the main window. */
  continue(conversationId: ConversationId): Promise<void>;
  /** Forgets what was asked, and hides. */
  dismiss(conversationId: ConversationId | null): Promise<void>;
  takeText(from: 'selection' | 'clipboard'): Promise<TakenText>;
  paste(text: string): Promise<PasteOutcome>;
  setHeight(heightPixels: number): Promise<void>;
}
