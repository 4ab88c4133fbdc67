import type { PasteOutcome, TakenText, WindowPage } from '../../shared/desktop.ts';
import type { ConversationId, MessageId, PresetId, RunId } from '../../shared/ids.ts';

/** A question of the moment. */
export type QuickAskQuestion = {
  /** What was typed; may be empty when a preset says what to do with the context. */
  readonly text: string;
  /** What was taken from the app in front or the clipboard, at most `quickAskTextLimit` characters. */
  readonly context: string | null;
  readonly presetId: PresetId | null;
  /** The conversation that this question takes the place of; it is forgotten, and its answer stopped. */
  readonly replaces: ConversationId | null;
};

/** An answer that began. That the context is too long, or that there is no model, is told by its run. */
export type QuickAnswer = {
  readonly conversationId: ConversationId;
  readonly runId: RunId;
  readonly answerId: MessageId;
};

/** Answers from anywhere, in a conversation that stands in no list and is forgotten unless it is continued. */
export interface QuickAskService {
  /** Loads the model while the person still types. Never fails: what goes wrong is told with the answer. */
  warm(): Promise<void>;
  /** Begins an answer. Throws AppError `prompt/empty`, and `app/not-found` for a preset that is gone. */
  ask(question: QuickAskQuestion): Promise<QuickAnswer>;
  /**
   * Keeps the conversation where the others are and shows it in the main window; an answer that grows goes on growing.
   * Throws AppError `app/not-found` when it is forgotten already, `storage/read-only`.
   */
  continue(conversationId: ConversationId): Promise<void>;
  /** Forgets what was asked, stopping its answer; nothing happens to one that is kept. Never fails. */
  forget(conversationId: ConversationId): Promise<void>;
  /** Shows a page of the main window, where the next step is. */
  show(page: WindowPage): Promise<void>;
  /** Text of the app in front; at most `quickAskTextLimit` characters. `unavailable` where there is no desktop, or it fails. */
  takeText(from: 'selection' | 'clipboard'): Promise<TakenText>;
  paste(text: string): Promise<PasteOutcome>;
  /** Waits for what is still being forgotten. */
  close(): Promise<void>;
}
