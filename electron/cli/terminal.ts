import type { i18n } from 'i18next';
import { errorWords, type Words } from '../shared/words.ts';
import type { AppError } from '../shared/app-error.ts';
import { askAnswer } from './terminal-answer.ts';
import { askSecret, readPiped, type QuestionStreams } from './terminal-secret.ts';

/** Where a command writes, and where it may ask. */
export type TerminalStreams = QuestionStreams & {
  readonly stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
  /** Its width, where it is a screen. */
  readonly stderr: QuestionStreams['stderr'] & { readonly columns?: number };
};

/** Between two lines about the same phase, where nothing can be written over. */
const progressLineMs = 10_000;

/**
 * What a command says: its result on standard output (as text while it comes, or as one JSON document at the end),
 * everything else on standard error.
 */
export class Terminal {
  readonly t: Words;
  readonly words: i18n;
  readonly isJson: boolean;
  readonly #streams: TerminalStreams;
  #progress = '';
  #progressAtMs = 0;

  constructor(words: i18n, streams: TerminalStreams, isJson: boolean) {
    this.words = words;
    this.t = words.getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
    this.#streams = streams;
    this.isJson = isJson;
  }

  /** For the form of numbers and sizes. */
  get language(): string {
    return this.words.language;
  }

  /** A piece of the result, as text; nothing in JSON. */
  write(text: string): void {
    if (this.isJson || text === '') return;
    this.#clearProgress();
    this.#streams.stdout.write(text);
  }

  /** A line of the result, as text; nothing in JSON. */
  print(line: string): void {
    this.write(`${line}\n`);
  }

  /** The whole result, in JSON; nothing as text. */
  finish(result: object): void {
    this.#clearProgress();
    if (this.isJson) this.#streams.stdout.write(`${JSON.stringify(result)}\n`);
  }

  /** A line beside the result. */
  note(line: string): void {
    this.#clearProgress();
    this.#streams.stderr.write(`${line}\n`);
  }

  /**
   * What is going on: one line that is written over on a screen; in a file a line for each phase, and every ten seconds
   * how far it is (`detail`: a percentage, a time left).
   */
  progress(phase: string, detail = ''): void {
    if (this.#streams.stderr.isTTY) {
      const whole = detail === '' ? phase : `${phase} ${detail}`;
      // A line that wraps is not written over as a whole.
      const line = whole.slice(0, Math.max(20, (this.#streams.stderr.columns ?? 80) - 1));
      this.#streams.stderr.write(`\r\u001b[2K${line}`);
      this.#progress = line;
      return;
    }
    const now = performance.now();
    const isLate = detail !== '' && now - this.#progressAtMs >= progressLineMs;
    if (phase === this.#progress && !isLate) return;
    this.#streams.stderr.write(isLate ? `${phase} ${detail}\n` : `${phase}\n`);
    this.#progress = phase;
    this.#progressAtMs = now;
  }

  /** Asks for what nobody shall see; null where nobody can be asked, or who was asked gave up. */
  async askSecret(question: string): Promise<string | null> {
    this.#clearProgress();
    return await askSecret(this.#streams, question);
  }

  /** Reads what nobody shall see from a pipe, at most 64 KiB of it, or asks for it on a screen; null without any. */
  async readSecret(question: string): Promise<string | null> {
    return this.#streams.stdin.isTTY ? await this.askSecret(question) : await readPiped(this.#streams.stdin);
  }

  /** True where a person can be asked. */
  get canAsk(): boolean {
    return this.#streams.stdin.isTTY && this.#streams.stderr.isTTY;
  }

  /** Asks a question of yes or no; false for anything but yes, and where nobody can be asked. */
  async confirm(question: string, signal: AbortSignal): Promise<boolean> {
    this.#clearProgress();
    const answer = await askAnswer(this.#streams, question, signal);
    return answer !== null && /^(?:y|yes|j|ja)$/i.test(answer);
  }

  /** Says what failed in the catalogue's words. */
  fail(error: AppError): void {
    this.failWith(error, errorWords(this.words, error));
  }

  /** Says what failed in words that fit better than the catalogue's. */
  failWith({ code, details }: AppError, message: string): void {
    this.#clearProgress();
    if (this.isJson) this.#streams.stdout.write(`${JSON.stringify({ error: { code, message, details } })}\n`);
    else this.#streams.stderr.write(`${message}\n`);
  }

  #clearProgress(): void {
    if (this.#progress !== '' && this.#streams.stderr.isTTY) this.#streams.stderr.write('\r\u001b[2K');
    this.#progress = '';
  }
}
