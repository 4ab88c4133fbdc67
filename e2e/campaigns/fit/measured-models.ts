import type { MadeModelShape } from '../../../electron/inference/probe/made-model-shape.ts';
import { embedderPath, starterModelPath } from '../../../electron/testing/real-engine.ts';

/** A model whose prediction is compared with what it does. */
export type MeasuredModel = {
  readonly name: string;
  readonly slot: 'chat' | 'embedding';
  /** Two windows in tokens. */
  readonly windows: readonly [number, number];
} & ({ readonly path: string } | { readonly shape: MadeModelShape });

/** The models of a checkout. */
const atHand: readonly MeasuredModel[] = [
  { name: 'SmolLM2-135M Q4_1', slot: 'chat', windows: [2_048, 8_192], path: starterModelPath },
  { name: 'all-MiniLM-L6-v2 Q8_0', slot: 'embedding', windows: [256, 512], path: embedderPath },
];

/** Models of the proportions of real ones, of 0.3, 0.6 and 1.1 GB. */
const made: readonly MeasuredModel[] = [
  {
    name: 'made, 0.3 GB Q8_0',
    slot: 'chat',
    windows: [1_024, 4_096],
    shape: {
      type: 'Q8_0',
      blocks: 18,
      width: 1_024,
      feedForward: 4_096,
      heads: 16,
      keyValueHeads: 8,
      vocabulary: 16_384,
      contextLength: 8_192,
    },
  },
  {
    name: 'made, 0.6 GB Q4_0',
    slot: 'chat',
    windows: [1_024, 4_096],
    shape: {
      type: 'Q4_0',
      blocks: 22,
      width: 2_048,
      feedForward: 5_632,
      heads: 32,
      keyValueHeads: 4,
      vocabulary: 32_768,
      contextLength: 8_192,
    },
  },
  {
    name: 'made, 1.1 GB F16',
    slot: 'chat',
    windows: [1_024, 4_096],
    shape: {
      type: 'F16',
      blocks: 20,
      width: 1_536,
      feedForward: 4_096,
      heads: 12,
      keyValueHeads: 2,
      vocabulary: 16_384,
      contextLength: 8_192,
    },
  },
];

/** All of them, or those whose name contains the word. */
export function measuredModels(word = ''): readonly MeasuredModel[] {
  return [...atHand, ...made].filter(({ name }) => name.toLowerCase().includes(word.toLowerCase()));
}
