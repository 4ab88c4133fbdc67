import type { LlamaRuntime } from './llama-runtime.ts';
import type { WorkKind } from './thread-tuner.ts';

/** Decode is measured over this many tokens at a time, so that the measuring costs nothing. */
const stretchTokens = 4;
/** A shorter rest of a prompt says nothing about the pace of prefill. */
const tellingPrefillTokens = 24;

type Stretch = {
  readonly kind: WorkKind;
  readonly startedAtMs: number;
  readonly targetTokens: number;
  tokens: number;
};

/** Times an answer, and lets the choice of threads learn from its pace. Time in which other work ran does not count. */
export class DecodeClock {
  readonly #runtime: LlamaRuntime;
  readonly #receivedAtMs: number;
  readonly #restTokens: number;
  #stretch: Stretch | null = null;
  #firstAtMs: number | null = null;
  #lastAtMs = 0;
  #waitedMs = 0;

  /** `receivedAtMs` is when the command arrived, `restTokens` the prompt tokens that the first step still evaluates. */
  constructor(runtime: LlamaRuntime, options: { readonly receivedAtMs: number; readonly restTokens: number }) {
    this.#runtime = runtime;
    this.#receivedAtMs = options.receivedAtMs;
    this.#restTokens = options.restTokens;
  }

  /** Call before a token is computed: sets the threads where a measured stretch begins. */
  begin(): void {
    if (this.#stretch !== null) return;
    const kind = this.#firstAtMs === null && this.#restTokens >= tellingPrefillTokens ? 'prefill' : 'decode';
    const { threads, isTrial } = this.#runtime.tuner.next(kind);
    this.#runtime.llama.maxThreads = threads;
    const targetTokens = kind === 'prefill' || isTrial ? 1 : stretchTokens;
    this.#stretch = { kind, startedAtMs: performance.now(), targetTokens, tokens: 0 };
  }

  /** Call when a token is there. */
  computed(): void {
    const nowMs = performance.now();
    const isFirst = this.#firstAtMs === null;
    this.#firstAtMs ??= nowMs;
    this.#lastAtMs = nowMs;
    const stretch = this.#stretch;
    if (stretch === null) return;
    stretch.tokens += 1;
    if (stretch.tokens < stretch.targetTokens && !isFirst) return;
    this.#stretch = null;
    // The first step evaluates the rest of the prompt as well, so it does not tell what a token costs.
    if (isFirst && stretch.kind === 'decode') return;
    const units = stretch.kind === 'prefill' ? this.#restTokens : stretch.tokens;
    this.#runtime.tuner.measured(stretch.kind, { units, elapsedMs: nowMs - stretch.startedAtMs });
  }

  /** Waits without counting the time. */
  async outside(waiting: Promise<void>): Promise<void> {
    const startedAtMs = performance.now();
    this.#stretch = null;
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
}
