import type { UnnumberedPart } from '../../shared/answer-part.ts';
import type { AppErrorData } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { Message, MessagePart, MessageStatus, NoticeName, SentenceCheck } from '../../shared/message.ts';
import type { Route } from '../../shared/route.ts';
import type { Finding } from '../../shared/screening.ts';
import type { Usage } from '../../shared/usage.ts';
import type { ModelPart, PrepareOptions } from '../../providers/model-provider.ts';
import { AnswerScreening } from './answer-screening.ts';
import type { AnswerScreeningOptions } from './answer-screening.ts';
import { createCheckpoints } from './checkpoints.ts';
import { ReasoningTime } from './reasoning-time.ts';
import type { CheckpointOptions, Checkpoints } from './checkpoints.ts';
import type { GrowingAnswer, RunWriter } from './runs-service.ts';

/** An answer, and the way to close it that only its recorder has. */
export type AnswerRecording = {
  readonly answer: GrowingAnswer;
  /** Writes the `text-end` that is due. */
  closeText(): void;
  /** True when something was said that was not there at the beginning. */
  readonly hasGrown: boolean;
  /** Stores the final state; what storage throws, it throws. */
  end(status: EndStatus, usage: Usage | null, error?: AppErrorData): Promise<void>;
};

/** Notices about the way in which an answer ended; they go when it grows again. */
const endings: ReadonlySet<NoticeName> = new Set(['interrupted', 'stopped', 'length-limit']);

/** What stays of an answer's parts when it grows again. */
export function withoutEnding(parts: readonly MessagePart[]): readonly MessagePart[] {
  return parts.filter((part) => part.type !== 'notice' || !endings.has(part.name));
}

/** The notices about the way in which an answer ended. */
export function endingsOf(parts: readonly MessagePart[]): readonly NoticeName[] {
  return parts.flatMap((part) => (part.type === 'notice' && endings.has(part.name) ? [part.name] : []));
}

type GrowingAnswerOptions = CheckpointOptions & AnswerScreeningOptions;
type EndStatus = Exclude<MessageStatus, 'streaming'>;
/** What is stored of an answer when its writing begins. */
type Begun = Pick<Message, 'id' | 'parentId' | 'parts' | 'modelName' | 'route'>;
type Origin = Pick<Message, 'modelName' | 'route'>;
const unknownOrigin: Origin = { modelName: null, route: null };
type ModelEnd = Omit<Extract<ModelPart, { type: 'model-end' }>, 'type'>;

/** Class, because text, checks and the open text block change with every part. */
class Growth implements GrowingAnswer {
  readonly runId: GrowingAnswer['runId'];
  readonly prepare: PrepareOptions;
  readonly #writer: RunWriter;
  readonly #checkpoints: Checkpoints;
  readonly #reasoningTime: ReasoningTime;
  readonly #screening: AnswerScreening;
  readonly #earlierLength: number;
  #text = '';
  #reasoning = '';
  #checks: readonly SentenceCheck[] | null = null;
  readonly #others: MessagePart[] = [];
  #hasStarted = false;
  #told: Origin = unknownOrigin;
  #hasOpenText = false;

  constructor(begun: Begun, writer: RunWriter, options: GrowingAnswerOptions) {
    const { id, parentId, parts: earlier, modelName, route } = begun;
    this.runId = writer.runId;
    this.#writer = writer;
    this.#checkpoints = createCheckpoints(id, () => this.#parts(), { modelName, route }, options);
    this.#screening = new AnswerScreening(
      parentId,
      () => this.#text,
      (findings) => this.#tellFindings(findings),
      options,
    );
    this.#reasoningTime = new ReasoningTime(options.clock);
    for (const part of earlier) this.#take(part);
    this.#earlierLength = this.#text.length + this.#reasoning.length;
    this.prepare = {
      onModel: ({ modelName, route }) => this.#tellOrigin({ modelName, route }),
      onLoadProgress: (done) =>
        this.write({ type: 'progress', phase: 'loading-model', done, total: 1, remainingMs: null }),
    };
  }

  get text(): string {
    return this.#text;
  }

  get hasGrown(): boolean {
    return this.#text.length + this.#reasoning.length > this.#earlierLength;
  }

  write(part: UnnumberedPart): void {
    this.#start(unknownOrigin);
    this.#writer.write(part);
    if (part.type === 'passages') this.#screening.addAsked(part.passages.map(({ passage }) => passage.text));
  }

  addText(text: string): void {
    if (text === '') return;
    this.#start(unknownOrigin);
    if (!this.#hasOpenText) this.#writer.write({ type: 'text-start' });
    this.#hasOpenText = true;
    this.#reasoningTime.end();
    this.#text += text;
    this.#writer.write({ type: 'text-delta', text });
    this.#checkpoints.request();
    this.#screening.request();
  }

  tellRoute(route: Route): void {
    if (this.#text === '' && this.#reasoning === '') this.#tellOrigin({ modelName: null, route });
  }

  setReplaced(originals: readonly string[]): void {
    this.#screening.setReplaced(originals);
  }

  addPart(part: MessagePart): void {
    // An answer that is begun again elsewhere is grounded anew.
    const before = part.type === 'grounds' ? this.#others.findIndex(({ type }) => type === 'grounds') : -1;
    if (before === -1) this.#others.push(part);
    else this.#others[before] = part;
    this.#checkpoints.request();
  }

  addNotice(name: NoticeName): void {
    if (this.#others.some((part) => part.type === 'notice' && part.name === name)) return;
    this.write({ type: 'notice', name });
    this.addPart({ type: 'notice', name });
  }

  setChecks(checks: readonly SentenceCheck[]): void {
    this.closeText();
    this.#checks = checks;
    this.write({ type: 'sentence-check', checks });
    this.#checkpoints.request();
  }

  async addModelStream(parts: AsyncIterable<ModelPart>): Promise<ModelEnd> {
    for await (const part of parts) {
      const end = this.#addModelPart(part);
      if (end !== null) return end;
    }
    throw new Error('The model stream ended without saying so.');
  }

  closeText(): void {
    if (this.#hasOpenText) this.write({ type: 'text-end' });
    this.#hasOpenText = false;
  }

  async end(status: EndStatus, usage: Usage | null, error?: AppErrorData): Promise<void> {
    this.#reasoningTime.end();
    await this.#screening.end();
    await this.#checkpoints.end(status, usage, error);
  }

  /** A part that was there before this run. */
  #take(part: MessagePart): void {
    if (part.type === 'reasoning') {
      this.#reasoning += part.text;
      this.#reasoningTime.addEarlier(part.durationMs);
    } else if (part.type === 'text') {
      this.#text += this.#text === '' ? part.text : `\n\n${part.text}`;
      this.#checks = part.checks ?? this.#checks;
    } else if (part.type !== 'screening') {
      // What was noticed is noticed again, over the whole text.
      this.#others.push(part);
    }
  }

  #tellFindings(findings: readonly Finding[]): void {
    this.write({ type: 'screening', findings });
    this.#checkpoints.request();
  }

  /** Tells the followers what was there before this run, in the order of its first telling. */
  #retell(): void {
    if (this.#reasoning !== '') this.#writer.write({ type: 'reasoning-delta', text: this.#reasoning });
    if (this.#text !== '') {
      this.#writer.write({ type: 'text-start' });
      this.#writer.write({ type: 'text-delta', text: this.#text });
      this.#hasOpenText = true;
    }
    for (const part of this.#others) {
      if (part.type === 'notice') this.#writer.write({ type: 'notice', name: part.name });
      if (part.type === 'sent') this.#writer.write({ type: 'sent', sent: part.sent });
    }
  }

  #start(origin: Origin): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#writer.write({ type: 'run-start', runId: this.runId, ...origin });
    this.#retell();
    // Without a model there is nothing better to tell than who wrote what was there before.
    if (origin.modelName !== null) this.#checkpoints.setOrigin(origin);
  }

  /** Another model than the one that was told first answers now, or the first one after something else was told. */
  #tellOrigin(origin: Origin): void {
    const isFirst = !this.#hasStarted;
    this.#start(origin);
    if (!isFirst && JSON.stringify(origin) !== JSON.stringify(this.#told)) {
      this.#writer.write({ type: 'run-start', runId: this.runId, ...origin });
    }
    this.#told = origin;
    this.#checkpoints.setOrigin(origin);
  }

  #addModelPart(part: ModelPart): ModelEnd | null {
    switch (part.type) {
      case 'model-start':
        this.#tellOrigin({ modelName: part.modelName, route: part.route });
        return null;
      case 'prefill-progress':
        this.write({ type: 'progress', phase: 'thinking', done: part.done, total: part.total, remainingMs: null });
        return null;
      case 'text-delta':
        this.addText(part.text);
        return null;
      case 'reasoning-delta':
        this.#start(unknownOrigin);
        this.#reasoningTime.add();
        this.#reasoning += part.text;
        this.#writer.write({ type: 'reasoning-delta', text: part.text });
        this.#checkpoints.request();
        return null;
      case 'model-end':
        return { reason: part.reason, usage: part.usage };
      default:
        return assertNever(part);
    }
  }

  /** In the order in which the window shows them. */
  #parts(): readonly MessagePart[] {
    const checks = this.#checks === null ? {} : { checks: this.#checks };
    const { durationMs } = this.#reasoningTime;
    const reasoning = {
      type: 'reasoning',
      text: this.#reasoning,
      ...(durationMs === null ? {} : { durationMs }),
    } as const;
    const { findings } = this.#screening;
    return [
      ...(this.#reasoning === '' ? [] : [reasoning]),
      ...(this.#text === '' ? [] : [{ type: 'text', text: this.#text, ...checks } as const]),
      ...this.#others,
      ...(findings.length === 0 ? [] : [{ type: 'screening', findings } as const]),
    ];
  }
}

/** Begins to write an answer that is stored and `streaming`; `begun.parts` is what it said before, if it is continued. */
export function createGrowingAnswer(begun: Begun, writer: RunWriter, options: GrowingAnswerOptions): AnswerRecording {
  const answer = new Growth(begun, writer, options);
  return {
    answer,
    closeText: () => answer.closeText(),
    get hasGrown() {
      return answer.hasGrown;
    },
    end: (status, usage, error) => answer.end(status, usage, error),
  };
}
