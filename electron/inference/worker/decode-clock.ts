import type { LlamaRuntime } from './llama-runtime.ts';
import type { WorkKind } from './thread-tuner.ts';

/** A shorter rest of a prompt says nothing about the pace of prefill. */
const tellingPrefillTokens = 24;

/** Times an answer, and lets the choice of threads learn from its pace. Time in which other work ran does not count. */
export class DecodeClock {
  readonly #runtime: LlamaRuntime;
  readonly #receivedAtMs: number;
  readonly #restTokens: number;
  #tokenStartedAtMs = 0;
  #firstAtMs: number | null = null;
  #lastAtMs = 0;
  #waitedMs = 0;

  /** `receivedAtMs` is when the command arrived, `restTokens` the prompt tokens that the first step still evaluates. */
  constructor(runtime: LlamaRuntime, options: { readonly receivedAtMs: number; readonly restTokens: number }) {
    this.#runtime = runtime;
    this.#receivedAtMs = options.receivedAtMs;
    this.#restTokens = options.restTokens;
  }

  /** Call before a token is computed: sets the threads for it. */
  begin(): void {
    this.#runtime.llama.maxThreads = this.#runtime.tuner.next(this.#kind).threads;
    this.#tokenStartedAtMs = performance.now();
  }

  /** Call when a token is there. */
  computed(): void {
    const nowMs = performance.now();
    const elapsedMs = nowMs - this.#tokenStartedAtMs;
    const kind = this.#kind;
    if (this.#firstAtMs !== null) this.#runtime.tuner.measured(kind, 1, elapsedMs);
    else if (kind === 'prefill') this.#runtime.tuner.measured(kind, this.#restTokens, elapsedMs);
    this.#firstAtMs ??= nowMs;
    this.#lastAtMs = nowMs;
  }

  /** Waits without counting the time. */
  async outside(waiting: Promise<void>): Promise<void> {
    const startedAtMs = performance.now();
    await waiting;
    this.#waitedMs += performance.now() - startedAtMs;
  }

  /** Rates of an answer of so many tokens; null where too little happened to tell. */
  rates(outputTokens: number): { readonly timeToFirstTokenMs: number | null; readonly tokensPerSecond: number | null } {
    if (this.#firstAtMs === null) return { timeToFirstTokenMs: null, tokensPerSecond: null };
    const decodeMs = this.#lastAtMs - this.#firstAtMs - this.#waitedMs;
    return {
      timeToFirstTokenMs: this.#firstAtMs - this.#receivedAtMs,
      tokensPerSecond: outputTokens < 2 || decodeMs <= 0 ? null : ((outputTokens - 1) / decodeMs) * 1_000,
    };
  }

  /** The first step also evaluates the rest of the prompt. */
  get #kind(): WorkKind {
    return this.#firstAtMs === null && this.#restTokens >= tellingPrefillTokens ? 'prefill' : 'decode';
  }
}
