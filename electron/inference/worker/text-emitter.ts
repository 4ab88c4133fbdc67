/** What became certain after another token: text to show, and whether a stop string was met. */
export type Emission = { readonly text: string; readonly isStopped: boolean };

/** A character of UTF-8 has at most four bytes, and a token holds at least one; more pending tokens are broken text. */
const mostPendingTokens = 4;

/**
 * Turns tokens into text that may be shown: a token that ends inside a character is held back until the character is
 * whole, and text that may be the beginning of a stop string until it is clear that it is not.
 */
export class TextEmitter<Token> {
  readonly #detokenize: (tokens: readonly Token[], before: readonly Token[]) => string;
  readonly #stopStrings: readonly string[];
  #pending: Token[] = [];
  #before: Token[] = [];
  #held = '';

  /** `detokenize` gets the tokens and a few that came before them; empty stop strings are ignored. */
  constructor(
    detokenize: (tokens: readonly Token[], before: readonly Token[]) => string,
    stopStrings: readonly string[],
  ) {
    this.#detokenize = detokenize;
    this.#stopStrings = stopStrings.filter((stop) => stop !== '');
  }

  push(token: Token): Emission {
    this.#pending.push(token);
    const text = this.#detokenize(this.#pending, this.#before);
    if (text.endsWith('\uFFFD') && this.#pending.length < mostPendingTokens) return { text: '', isStopped: false };
    this.#before = [...this.#before, ...this.#pending].slice(-mostPendingTokens);
    this.#pending = [];
    return this.#release(text);
  }

  /** The rest, when generation ended by itself. */
  flush(): string {
    const text = this.#pending.length === 0 ? '' : this.#detokenize(this.#pending, this.#before);
    this.#pending = [];
    const emission = this.#release(text);
    const rest = emission.isStopped ? emission.text : emission.text + this.#held;
    this.#held = '';
    return rest;
  }

  #release(text: string): Emission {
    const all = this.#held + text;
    const stopsAt = this.#stopStrings.map((stop) => all.indexOf(stop)).filter((index) => index !== -1);
    if (stopsAt.length > 0) {
      this.#held = '';
      return { text: all.slice(0, Math.min(...stopsAt)), isStopped: true };
    }
    const heldLength = Math.max(0, ...this.#stopStrings.map((stop) => overlapLength(all, stop)));
    this.#held = all.slice(all.length - heldLength);
    return { text: all.slice(0, all.length - heldLength), isStopped: false };
  }
}

/** Length of the longest end of `text` that is a beginning of `stop`. */
function overlapLength(text: string, stop: string): number {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
}
