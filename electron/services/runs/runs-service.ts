import type { ModelPart, PrepareOptions } from '../../providers/model-provider.ts';
import type { AnswerPart, UnnumberedPart } from '../../shared/answer-part.ts';
import type { RunId } from '../../shared/ids.ts';
import type { Route } from '../../shared/route.ts';
import type { Message, MessagePart, NoticeName, SentenceCheck } from '../../shared/message.ts';
import type { Usage } from '../../shared/usage.ts';

/** Numbers the parts of one run and keeps them for followers; the work writes through this. */
export interface RunWriter {
  readonly runId: RunId;
  write(part: UnnumberedPart): void;
}

/** How a run ended, as its last part says it. */
export type RunEnd = Omit<Extract<UnnumberedPart, { type: 'run-end' }>, 'type'>;

/**
 * A piece of work whose parts are streamed to whoever follows it. The work should write `run-start` first (one without
 * a model is put before anything else that comes first) and leaves the last part to the service: returning means
 * `run-end` with the given reason, throwing means `run-error`, throwing after an abort means `run-end` with `stopped`.
 */
export type RunWork = (writer: RunWriter, signal: AbortSignal) => Promise<RunEnd>;

/**
 * One place for every stream, so that a window that reloads resumes instead of starting over. A run whose last
 * follower leaves is aborted after a grace period (default 20 s, for a reload); a run that nobody has followed yet
 * goes on to its end, because its result is stored and may be what the user comes back for. Parts are forgotten some
 * time after the end (default 5 minutes).
 *
 * What is kept for late followers is exact for text (every delta as it was written, stored together); of `progress`
 * parts that follow each other only the newest is kept, so a late or slow follower may see sequence numbers jump there
 * and nowhere else.
 */
export interface RunsService {
  /** `outlivesFollowers`: its last follower may leave for good, as from a queue that works by itself; default false. */
  start(work: RunWork, options?: { readonly outlivesFollowers?: boolean }): RunId;
  /**
   * Parts with `sequence > afterSequence` (-1 for all), then live ones until the end. Ends quietly when `signal` is
   * aborted. Throws `app/not-found`.
   */
  follow(runId: RunId, afterSequence: number, signal: AbortSignal): AsyncIterable<AnswerPart>;
  /** Aborts at once. Nothing happens when the run has ended. */
  stop(runId: RunId): void;
  /** Resolves when the work is over and its result stored, however it ended; at once for a run that is forgotten. */
  finished(runId: RunId): Promise<void>;
  /** True while any run has not ended. */
  readonly isBusy: boolean;
  /** Calls back when the first run begins and when the last one has ended; returns the way to stop. */
  onBusy(listener: (isBusy: boolean) => void): () => void;
  /** Calls back with what each run cost that generated something, when its work is over; returns the way to stop. */
  onUsage(listener: (usage: Usage) => void): () => void;
  /** Aborts all and waits for them. */
  close(): Promise<void>;
}

/** What is known of an answer before its first word. */
export type NewAnswer = Pick<Message, 'id' | 'conversationId' | 'parentId'>;

/**
 * An answer while it grows: everything goes to the run's followers at once and to the database at least every 500 ms.
 * `run-start` is written by the first of `prepare`'s options, `write` and `addText`, so no caller writes it.
 */
export interface GrowingAnswer {
  readonly runId: RunId;
  /** All text so far. */
  readonly text: string;
  /** Hand these to `ModelProvider.contextTokens`: they tell the model's name and the progress of loading it. */
  readonly prepare: PrepareOptions;
  /** A part for followers only, such as `progress` or `passages`. */
  write(part: UnnumberedPart): void;
  /** Text of the answer; `text-start` and `text-end` are written around it. */
  addText(text: string): void;
  /** A part for the database only, such as a `citation`. Text goes through `addText`. */
  addPart(part: MessagePart): void;
  /** For both: a `notice` part of the stream and of the message. At most one of each name. */
  addNotice(name: NoticeName): void;
  /**
   * Where an answer stands of which no model has said a word: one that was not sent, or that nobody could give. Nothing
   * happens when there is text already, whose place is known.
   */
  tellRoute(route: Route): void;
  /** What was replaced in what left for this answer: a link in it that carries one of these pieces away is told. */
  setReplaced(originals: readonly string[]): void;
  /** For both: how well the passages carry each sentence of the text. */
  setChecks(checks: readonly SentenceCheck[]): void;
  /** Everything that a model says, until its end: model name, prefill as phase `thinking`, text, reasoning. */
  addModelStream(
    parts: AsyncIterable<ModelPart>,
  ): Promise<{ readonly reason: 'complete' | 'length' | 'stopped'; readonly usage: Usage }>;
}

/**
 * The work behind an answer. Returning `stopped` or `length` adds the notice of that name. Throwing keeps what was
 * written: after an abort the answer is `stopped`; after a failure of the engine in mid-text it is `interrupted`, with a
 * notice; anything else, and a failure before the first word, makes it `failed` and the run end with `run-error`.
 */
export type AnswerWork = (answer: GrowingAnswer, signal: AbortSignal) => Promise<RunEnd>;

/** The life of an answer in the database, from `streaming` to its end; chat and questions share it. */
export interface AnswerRecorder {
  /** Stores the answer as `streaming` with its run, then starts `work`. Resolves after the commit; throws what storage throws. */
  begin(answer: NewAnswer, work: AnswerWork): Promise<RunId>;
  /**
   * Lets a stored answer grow again: `streaming` with a new run that tells what was there first, so that a follower of it
   * has the whole. What was there is kept however it ends; when it ends before anything new came, with its old status.
   */
  resume(answer: Message, work: AnswerWork): Promise<RunId>;
  /** Stops the answers that grow now and are meant; resolves when they are stored. */
  stopGrowing(isMeant: (answer: NewAnswer) => boolean): Promise<void>;
}
