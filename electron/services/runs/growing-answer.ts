import type { UnnumberedPart } from '../../shared/answer-part.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { Message, MessagePart, MessageStatus, NoticeName, SentenceCheck } from '../../shared/message.ts';
import type { Usage } from '../../shared/usage.ts';
import type { ModelPart, PrepareOptions } from '../../providers/model-provider.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { CheckpointOptions, Checkpoints } from './checkpoints.ts';
import type { GrowingAnswer, RunWriter } from './runs-service.ts';

/** An answer, and the way to close it that only its recorder has. */
export type AnswerRecording = {
  readonly answer: GrowingAnswer;
  /** Writes the `text-end` that is due. */
  closeText(): void;
  /** Stores the final state; what storage throws, it throws. */
  end(status: Exclude<MessageStatus, 'streaming'>, usage: Usage | null): Promise<void>;
};

type Origin = Pick<Message, 'modelName' | 'route'>;
type ModelEnd = Omit<Extract<ModelPart, { type: 'model-end' }>, 'type'>;

/** Class, because text, checks and the open text block change with every part. */
class Growth implements GrowingAnswer {
  readonly runId: GrowingAnswer['runId'];
  readonly prepare: PrepareOptions;
  readonly #writer: RunWriter;
  readonly #checkpoints: Checkpoints;
  #text = '';
  #reasoning = '';
  #checks: readonly SentenceCheck[] | null = null;
  readonly #others: MessagePart[] = [];
  #hasStarted = false;
  #hasOpenText = false;

  constructor(id: MessageId, writer: RunWriter, options: CheckpointOptions) {
    this.runId = writer.runId;
    this.#writer = writer;
    this.#checkpoints = createCheckpoints(id, () => this.#parts(), options);
    this.prepare = {
      onModel: ({ modelName, route }) => this.#start({ modelName, route }),
      onLoadProgress: (done) =>
        this.write({ type: 'progress', phase: 'loading-model', done, total: 1, remainingMs: null }),
    };
  }

  get text(): string {
    return this.#text;
  }

  write(part: UnnumberedPart): void {
    this.#start({ modelName: null, route: null });
    this.#writer.write(part);
  }

  addText(text: string): void {
    if (text === '') return;
    if (!this.#hasOpenText) this.write({ type: 'text-start' });
    this.#hasOpenText = true;
    this.#text += text;
    this.#writer.write({ type: 'text-delta', text });
    this.#checkpoints.request();
  }

  addPart(part: MessagePart): void {
    this.#others.push(part);
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

  async end(status: Exclude<MessageStatus, 'streaming'>, usage: Usage | null): Promise<void> {
    await this.#checkpoints.end(status, usage);
  }

  #start(origin: Origin): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#writer.write({ type: 'run-start', runId: this.runId, ...origin });
    this.#checkpoints.setOrigin(origin);
  }

  #addModelPart(part: ModelPart): ModelEnd | null {
    switch (part.type) {
      case 'model-start':
        this.#start({ modelName: part.modelName, route: part.route });
        this.#checkpoints.setOrigin({ modelName: part.modelName, route: part.route });
        return null;
      case 'prefill-progress':
        this.write({ type: 'progress', phase: 'thinking', done: part.done, total: part.total, remainingMs: null });
        return null;
      case 'text-delta':
        this.addText(part.text);
        return null;
      case 'reasoning-delta':
        this.#reasoning += part.text;
        this.write({ type: 'reasoning-delta', text: part.text });
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
    return [
      ...(this.#reasoning === '' ? [] : [{ type: 'reasoning', text: this.#reasoning } as const]),
      ...(this.#text === '' ? [] : [{ type: 'text', text: this.#text, ...checks } as const]),
      ...this.#others,
    ];
  }
}

/** Begins to write the answer `id`, which is stored and `streaming`. */
export function createGrowingAnswer(id: MessageId, writer: RunWriter, options: CheckpointOptions): AnswerRecording {
  const answer = new Growth(id, writer, options);
  return {
    answer,
    closeText: () => answer.closeText(),
    end: (status, usage) => answer.end(status, usage),
  };
}
