import type { QueuedMessage } from '../../../electron/shared/draft.ts';
import type { ConversationId, RunId } from '../../../electron/shared/ids.ts';
import type { MessageStatus } from '../../../electron/shared/message.ts';
import type { RunView } from '../../api/run-view.ts';
import type { DraftStore } from '../../lib/drafts.ts';

/** Why waiting messages are not sent by themselves. */
export type QueuePause = 'stopped' | 'failed' | 'interrupted' | 'refused';

export type QueueState = { readonly pause: QueuePause | null; readonly isSending: boolean };

/** What the queue needs of the outside. */
export type QueueSource = {
  readonly drafts: DraftStore;
  whenEnded(runId: RunId): Promise<RunView>;
  /** How the last message that is shown of a conversation stands. */
  statusOf(conversationId: ConversationId): Promise<MessageStatus | null>;
  /** Resolves with the answer's run once the message is stored. */
  send(conversationId: ConversationId, message: QueuedMessage): Promise<RunId>;
};

const idle: QueueState = { pause: null, isSending: false };

/**
 * Messages that were written while an answer was under way: each is sent when the answer before it has ended well,
 * whichever page is open by then. An answer that was stopped or failed leaves them waiting, for they may no longer fit.
 */
export class MessageQueue {
  readonly #source: QueueSource;
  readonly #states = new Map<ConversationId, QueueState>();
  readonly #followed = new Set<RunId>();
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(source: QueueSource) {
    this.#source = source;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  state(conversationId: ConversationId): QueueState {
    return this.#states.get(conversationId) ?? idle;
  }

  /** The answer after whose end the next message is sent; a second call for the same one changes nothing. */
  follow(conversationId: ConversationId, runId: RunId): void {
    if (this.#followed.has(runId)) return;
    this.#followed.add(runId);
    void this.#whenEnded(conversationId, runId);
  }

  /** Sends the next message although the answer before it did not end well. */
  resume(conversationId: ConversationId): void {
    void this.#sendNext(conversationId);
  }

  close(): void {
    this.#isClosed = true;
  }

  async #whenEnded(conversationId: ConversationId, runId: RunId): Promise<void> {
    const end = await this.#endOf(conversationId, runId);
    this.#followed.delete(runId);
    if (this.#isClosed || this.#source.drafts.view(conversationId).queue.length === 0) return;
    if (end === 'complete') {
      if (this.state(conversationId).pause === null) await this.#sendNext(conversationId);
    } else {
      this.#set(conversationId, { pause: end, isSending: false });
    }
  }

  async #endOf(conversationId: ConversationId, runId: RunId): Promise<'complete' | QueuePause> {
    const { state, endReason } = await this.#source.whenEnded(runId);
    if (state === 'failed') return 'failed';
    if (endReason === 'complete' || endReason === 'length') return 'complete';
    if (endReason !== null) return endReason;
    const status = await this.#source.statusOf(conversationId).catch(() => null);
    return status === null || status === 'streaming' ? 'interrupted' : status;
  }

  async #sendNext(conversationId: ConversationId): Promise<void> {
    const { drafts } = this.#source;
    const [next] = drafts.view(conversationId).queue;
    if (next === undefined || this.state(conversationId).isSending || this.#isClosed) return;
    this.#set(conversationId, { pause: null, isSending: true });
    try {
      const runId = await this.#source.send(conversationId, next);
      // Taken out only when the app has it. The list may have been changed meanwhile.
      const { queue } = drafts.view(conversationId);
      const index = queue.findIndex(({ text, choice }) => text === next.text && choice === next.choice);
      if (index >= 0) drafts.change(conversationId, { queue: queue.toSpliced(index, 1) });
      this.#set(conversationId, idle);
      this.follow(conversationId, runId);
    } catch {
      this.#set(conversationId, { pause: 'refused', isSending: false });
    }
  }

  #set(conversationId: ConversationId, state: QueueState): void {
    this.#states.set(conversationId, state);
    for (const listener of this.#listeners) listener();
  }
}
