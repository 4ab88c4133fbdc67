import type { Clock } from '../../platform/clock.ts';
import type { GeneratePart } from '../engine.ts';
import type { EngineWorkEvent } from '../protocol/engine-event.ts';

/** Counts an answer on the app's side, for the end part of one that was stopped. */
export class AnswerTally {
  readonly #clock: Clock;
  readonly #startedAtMs: number;
  #inputTokens = 0;
  #reusedTokens = 0;
  #outputTokens = 0;
  #firstTokens = 0;
  #firstAtMs: number | null = null;
  #lastAtMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAtMs = clock.monotonicMs();
  }

  /** The part that an event of the process stands for, counted; null for events that are not shown. */
  partOf(event: EngineWorkEvent): GeneratePart | null {
    switch (event.type) {
      case 'prefill-progress':
        this.#inputTokens = event.total;
        this.#reusedTokens = event.reused;
        return { type: event.type, done: event.done, total: event.total, reused: event.reused };
      case 'text-delta':
      case 'reasoning-delta':
        this.#lastAtMs = this.#clock.monotonicMs();
        if (this.#firstAtMs === null) {
          this.#firstAtMs = this.#lastAtMs;
          this.#firstTokens = event.tokens;
        }
        this.#outputTokens += event.tokens;
        return { type: event.type, text: event.text, tokens: event.tokens };
      case 'generate-end':
        return { type: event.type, reason: event.reason, usage: event.usage };
      default:
        return null;
    }
  }

  /** The end part of an answer that was stopped now. */
  stopped(): GeneratePart {
    const firstAtMs = this.#firstAtMs;
    const decodeMs = firstAtMs === null ? 0 : this.#lastAtMs - firstAtMs;
    const tokensAfterFirst = this.#outputTokens - this.#firstTokens;
    return {
      type: 'generate-end',
      reason: 'stopped',
      usage: {
        inputTokens: this.#inputTokens,
        reusedTokens: this.#reusedTokens,
        outputTokens: this.#outputTokens,
        timeToFirstTokenMs: firstAtMs === null ? null : firstAtMs - this.#startedAtMs,
        tokensPerSecond: decodeMs > 0 && tokensAfterFirst > 0 ? (tokensAfterFirst / decodeMs) * 1_000 : null,
      },
    };
  }
}
