import type { ChatTurn } from '../../inference/engine.ts';

/** Characters of a token where no tokeniser is at hand. */
const charactersPerToken = 4;
/** Bytes of a token at least, over any text of some length: what a request costs at most is reckoned with it. */
const fewestBytesPerToken = 2;
/** What a vendor's own format puts around a turn. */
const tokensPerTurn = 4;

/** Tokens of a text, guessed. */
export const guessTokens = (text: string): number => Math.ceil(text.length / charactersPerToken);

/** Tokens of turns, guessed. */
export const guessTurnTokens = (turns: readonly ChatTurn[]): number =>
  turns.reduce((sum, { text }) => sum + guessTokens(text) + tokensPerTurn, 0);

/** Tokens that a body has at most. */
export const mostTokens = (body: string): number => Math.ceil(Buffer.byteLength(body) / fewestBytesPerToken);
