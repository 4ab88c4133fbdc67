import type { ChatTurn } from '../../inference/engine.ts';

/** Turns with less in them. */
export type CompressedTurns = {
  readonly turns: readonly ChatTurn[];
  /** Tokens that were left out; an estimate. */
  readonly savedTokens: number;
};

/** Leaves out of turns what does not matter for the question, which is the last one. */
export type CompressTurns = (turns: readonly ChatTurn[], signal: AbortSignal) => Promise<CompressedTurns>;

/** Leaves out nothing. */
export const keepTurns: CompressTurns = (turns) => Promise.resolve({ turns, savedTokens: 0 });
