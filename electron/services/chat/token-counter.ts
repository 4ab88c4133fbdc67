import type { ChatTurn } from '../../inference/engine.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { textPieces } from './text-pieces.ts';

/** What a chat template adds, in tokens. */
export type TemplateTokens = {
  /** Around the only turn of a prompt, the opening of the answer included. */
  readonly base: number;
  /** Around every further turn of the user's or the model's. */
  readonly perTurn: number;
  /** Around a system turn. */
  readonly system: number;
};

/** Counts tokens by one model, or guesses. */
export type TokenCounter = {
  readonly isEstimate: boolean;
  readonly template: TemplateTokens;
  /**
   * Tokens of each text. A text that is beyond `enoughTokens` is not counted to its end: the rest of it is guessed, since
   * it cannot fit anyway.
   */
  count(texts: readonly string[], enoughTokens: number, signal: AbortSignal): Promise<readonly number[]>;
};

/** Characters of a token where no tokeniser is at hand. */
const charactersPerToken = 4;
/** Characters that are given to the engine at once; it answers other calls in between. */
const callLength = 64_000;
/** Counts that are remembered for one model. */
const rememberedCounts = 8_192;
/** What the template is measured around. */
const probe = 'a';

const guess = (text: string): number => Math.ceil(text.length / charactersPerToken);

/** Guesses: for a model that is not loaded. */
export const estimatingCounter: TokenCounter = {
  isEstimate: true,
  template: { base: 8, perTurn: 5, system: 5 },
  count: (texts) => Promise.resolve(texts.map(guess)),
};

type Counts = { readonly template: TemplateTokens; readonly tokens: Map<string, number> };
type Source = Pick<ModelProvider, 'countTokens' | 'countPromptTokens'>;

/** Remembers what was counted by the newest model, so that a growing draft costs its last piece only. */
export class TokenCounts {
  #key = '';
  #counts: Counts | null = null;

  /** A counter by the model that `key` names and `source` counts with; it must be loaded. */
  async counter(key: string, source: Source, signal: AbortSignal): Promise<TokenCounter> {
    if (this.#counts === null || this.#key !== key) {
      const template = await measureTemplate(source, signal);
      this.#key = key;
      this.#counts = { template, tokens: new Map() };
    }
    const { template, tokens } = this.#counts;
    return {
      isEstimate: false,
      template,
      count: async (texts, enoughTokens, ownSignal) => {
        const pieces = texts.map(textPieces);
        await countShort(pieces, tokens, source, ownSignal);
        const counts: number[] = [];
        for (const own of pieces) counts.push(await countLong(own, { tokens, enoughTokens }, source, ownSignal));
        forgetOldest(tokens);
        return counts;
      },
    };
  }
}

/** All texts of one piece together, in calls of a bounded size. */
async function countShort(
  texts: readonly (readonly string[])[],
  tokens: Map<string, number>,
  source: Source,
  signal: AbortSignal,
): Promise<void> {
  const single = texts.flatMap((pieces) => (pieces.length === 1 ? pieces : []));
  const missing = [...new Set(single)].filter((text) => !tokens.has(text));
  for (let next = 0; next < missing.length;) {
    let length = 0;
    const batch: string[] = [];
    for (; next < missing.length && length < callLength; next += 1) {
      const text = missing[next] ?? '';
      batch.push(text);
      length += text.length;
    }
    const counts = await source.countTokens(batch, signal);
    for (const [index, text] of batch.entries()) tokens.set(text, counts[index] ?? guess(text));
  }
}

/** Piece by piece, as far as it matters. */
async function countLong(
  pieces: readonly string[],
  { tokens, enoughTokens }: { readonly tokens: Map<string, number>; readonly enoughTokens: number },
  source: Source,
  signal: AbortSignal,
): Promise<number> {
  let sum = 0;
  for (const piece of pieces) {
    signal.throwIfAborted();
    if (sum <= enoughTokens && !tokens.has(piece)) {
      const [count] = await source.countTokens([piece], signal);
      tokens.set(piece, count ?? guess(piece));
    }
    sum += tokens.get(piece) ?? guess(piece);
  }
  return sum;
}

function forgetOldest(tokens: Map<string, number>): void {
  for (const key of tokens.keys()) {
    if (tokens.size <= rememberedCounts) return;
    tokens.delete(key);
  }
}

/** Compares prompts of known content: what is left is the template's. */
async function measureTemplate(source: Source, signal: AbortSignal): Promise<TemplateTokens> {
  const turn = (role: ChatTurn['role']): ChatTurn => ({ role, text: probe });
  const lists = [
    [turn('user')],
    [turn('user'), turn('assistant'), turn('user')],
    [turn('system'), turn('user')],
  ] as const;
  const [content = 1] = await source.countTokens([probe], signal);
  const [one = 0, three = 0, withSystem = 0] = await Promise.all(
    lists.map((turns) => source.countPromptTokens(turns, signal)),
  );
  return {
    base: Math.max(0, one - content),
    perTurn: Math.max(0, Math.ceil((three - one) / 2) - content),
    system: Math.max(0, withSystem - one - content),
  };
}
