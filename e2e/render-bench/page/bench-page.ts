/** What the page of the bench does for its scripts. */
export type BenchPage = {
  /** Resolves once code is coloured and formulas are set. */
  warmUp(): Promise<void>;
  /** Streams `text` in pieces of `pieceLength` characters; the milliseconds that React worked on it. */
  measure(renderer: string, text: string, pieceLength: number): number;
  /** Streams `text`, a piece a frame, with layout; the longest task over 50 ms, else 0. */
  measureLongestTask(text: string, pieceLength: number): Promise<number>;
  /** Renders the text cut at these lengths, as it grows and as if it ended there; what became active on the page. */
  findActive(text: string, lengths: readonly number[]): Promise<readonly string[]>;
  /** The page after the text came in pieces that ended at `ends`, and after it came as a whole. */
  renderBoth(text: string, ends: readonly number[]): Promise<readonly [string, string]>;
  /** Shows the text and leaves it there. */
  show(text: string, isGrowing: boolean): void;
};
