import type { WeightGroup } from '../../inference/gguf/gguf-description.ts';
import type { MachineProbe, MeasuredType, TypeRate } from '../../shared/machine.ts';
import type { ModelMeasures } from './measures.ts';

/** Rates of a model on a machine that was probed. */
export type SpeedPrediction = {
  readonly tokensPerSecond: number;
  /** For a prompt of 500 tokens. */
  readonly timeToFirstTokenMs: number;
  readonly prefillTokensPerSecond: number;
};

/** Prompt that times to a first token are told for, in tokens. */
export const toldPromptTokens = 500;

/** The precision that a tensor type computes most like, by its number in the format: what is unpacked alike takes alike. */
function likest(type: number): MeasuredType {
  switch (type) {
    case 0: // F32
    case 1: // F16
    case 30: // BF16
      return 'F16';
    case 2: // Q4_0
    case 20: // IQ4_NL
    case 39: // MXFP4
      return 'Q4_0';
    case 3: // Q4_1
    case 6: // Q5_0
    case 7: // Q5_1
      return 'Q4_1';
    case 8: // Q8_0
    case 9: // Q8_1
      return 'Q8_0';
    case 12: // Q4_K
      return 'Q4_K';
    default:
      // Unpacked with more steps, as all other ones are.
      return 'Q6_K';
  }
}

/** Rates against those of Q4_K, for what a probe had no time for; measured on a processor with AVX-512, and close elsewhere. */
const usualShares: Readonly<Record<MeasuredType, { readonly decode: number; readonly prefill: number }>> = {
  Q4_K: { decode: 1, prefill: 1 },
  Q4_0: { decode: 1, prefill: 0.95 },
  Q4_1: { decode: 0.75, prefill: 0.4 },
  Q6_K: { decode: 0.95, prefill: 0.5 },
  Q8_0: { decode: 1.2, prefill: 0.65 },
  F16: { decode: 1.6, prefill: 0.4 },
};

function rateFor({ rates, decodeBytesPerSecond, prefillOperationsPerSecond }: MachineProbe, number: number): TypeRate {
  const type = likest(number);
  const { decode, prefill } = usualShares[type];
  return (
    rates.find((one) => one.type === type) ?? {
      type,
      decodeBytesPerSecond: decodeBytesPerSecond * decode,
      prefillOperationsPerSecond: prefillOperationsPerSecond * prefill,
    }
  );
}

const decodeMsOf = (probe: MachineProbe, { type, bytes }: WeightGroup): number =>
  (bytes / rateFor(probe, type).decodeBytesPerSecond) * 1_000;
const prefillMsOf = (probe: MachineProbe, { type, values }: WeightGroup): number =>
  ((2 * values) / rateFor(probe, type).prefillOperationsPerSecond) * 1_000;

/**
 * Time of a token while an answer is written: its weights at the pace of their precision, each block's own cost, and its own. A
 * prompt's token: two operations a weight.
 */
export function predictSpeed(measures: ModelMeasures, probe: MachineProbe): SpeedPrediction {
  const { perToken, layers } = measures;
  const sum = (ofGroup: (probe: MachineProbe, group: WeightGroup) => number): number =>
    perToken.reduce((total, group) => total + ofGroup(probe, group), 0);
  const tokenMs = sum(decodeMsOf) + layers * probe.blockOverheadMs + probe.tokenOverheadMs;
  const promptTokenMs = sum(prefillMsOf);
  return {
    tokensPerSecond: 1_000 / Math.max(tokenMs, 1e-3),
    prefillTokensPerSecond: 1_000 / Math.max(promptTokenMs, 1e-4),
    timeToFirstTokenMs: promptTokenMs * toldPromptTokens + tokenMs,
  };
}
