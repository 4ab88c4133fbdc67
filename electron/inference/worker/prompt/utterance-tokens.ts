import type { Token } from 'node-llama-cpp';

/** Answers remembered per model. */
const rememberedAnswers = 64;

/**
 * Remembers which tokens the model chose for each of its answers. Tokenising the answer's text again often gives other
 * tokens, and then a follow-up would have to evaluate the history from that place on.
 */
export class UtteranceTokens {
  readonly #tokens = new Map<string, readonly Token[]>();

  remember(text: string, tokens: readonly Token[]): void {
    const key = text.trim();
    if (key === '') return;
    this.#tokens.delete(key);
    this.#tokens.set(key, tokens);
    const oldest = this.#tokens.keys().next();
    if (this.#tokens.size > rememberedAnswers && oldest.done !== true) this.#tokens.delete(oldest.value);
  }

  /** Every answer with its tokens, longest unused first. */
  all(): readonly (readonly [text: string, tokens: readonly Token[]])[] {
    return [...this.#tokens];
  }

  /** The tokens of an answer with this text, surrounding white space aside; undefined for a text that the model did not write. */
  recall(text: string): readonly Token[] | undefined {
    return this.#tokens.get(text.trim());
  }
}
