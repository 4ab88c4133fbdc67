import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { MessageId } from '../../shared/ids.ts';
import { messageText } from '../../shared/message.ts';
import type { Finding } from '../../shared/screening.ts';
import type { MessageRepository } from '../../storage/storage.ts';
import type { ScreeningService, ScreenText } from '../screening/screening-service.ts';

/** By what an answer is screened, and where what was asked is found. */
export type AnswerScreeningOptions = {
  readonly screening: ScreeningService;
  readonly messages: Pick<MessageRepository, 'branch'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** From new text to its screening while it grows, in milliseconds: once a second at most. */
const screeningMs = 1_000;

/** What is noticed in one answer while it grows and at its end. Screening that fails is logged and never ends an answer. */
export class AnswerScreening {
  readonly #parentId: MessageId | null;
  readonly #text: () => string;
  readonly #tell: (findings: readonly Finding[]) => void;
  readonly #options: AnswerScreeningOptions;
  readonly #ending = new AbortController();
  #asked: readonly string[] = [];
  #originals: readonly string[] = [];
  #conversation: Promise<readonly string[]> | null = null;
  #screen: Promise<ScreenText> | null = null;
  #isWaiting = false;
  #findings: readonly Finding[] = [];

  /** `tell` is called with the whole list whenever it has changed. */
  constructor(
    parentId: MessageId | null,
    text: () => string,
    tell: (findings: readonly Finding[]) => void,
    options: AnswerScreeningOptions,
  ) {
    this.#parentId = parentId;
    this.#text = text;
    this.#tell = tell;
    this.#options = options;
  }

  /** Of the text as it was when it was last screened. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** Texts that the model is given beside the conversation. */
  addAsked(texts: readonly string[]): void {
    this.#asked = [...this.#asked, ...texts];
    this.#screen = null;
  }

  /** Pieces that were replaced before the request left. */
  setReplaced(originals: readonly string[]): void {
    this.#originals = originals;
    this.#screen = null;
  }

  /** The text has grown: it is screened within a second. */
  request(): void {
    if (this.#isWaiting || this.#ending.signal.aborted) return;
    this.#isWaiting = true;
    const afterwards = async (): Promise<void> => {
      await this.#options.clock.delay(screeningMs, this.#ending.signal).catch(() => undefined);
      this.#isWaiting = false;
      if (!this.#ending.signal.aborted) await this.#run();
    };
    void afterwards();
  }

  /** Screens the final text. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.#run();
  }

  async #run(): Promise<void> {
    try {
      const screen = await (this.#screen ??= this.#prepare());
      const findings = screen(this.#text());
      if (JSON.stringify(findings) === JSON.stringify(this.#findings)) return;
      this.#findings = findings;
      this.#tell(findings);
    } catch (error) {
      this.#screen = null;
      this.#options.logger.warn('answer-screening-failed', { code: AppError.from(error).code });
    }
  }

  async #prepare(): Promise<ScreenText> {
    const { messages, screening } = this.#options;
    this.#conversation ??=
      this.#parentId === null
        ? Promise.resolve([])
        : messages.branch(this.#parentId).then((branch) => branch.map((message) => messageText(message)));
    const conversation = await this.#conversation;
    return screening.prepare({ asked: [...conversation, ...this.#asked], originals: this.#originals });
  }
}
