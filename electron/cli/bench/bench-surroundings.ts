import type { AppClient } from '../../app/app-client.ts';
import type { InferenceEngine } from '../../inference/engine.ts';

/** What a measurement works with. */
export type BenchSurroundings = {
  /** The contract, called as a window calls it. */
  readonly client: AppClient;
  /** What is behind the contract, for comparison. */
  readonly engine: InferenceEngine;
  /** Pairs of measurements after the warm-up. */
  readonly repeats: number;
  readonly signal: AbortSignal;
};
