import type { LocalAnswer } from '../../shared/local-answer.ts';
import type { RouteReason } from '../../shared/route.ts';
import type { MachineStrain } from './machine-strain.ts';

/** Below this share of carried sentences an answer counts as rejected by its check. */
const leastSupported = 0.5;

/**
 * The least chance of a better answer for which a question leaves, 0 to 1. `qualityPreference` 0 lets none leave, 1 every one
 * that has its local answer and those of which it is likely beforehand: before the local answer, which costs nothing, the
 * chance must be greater.
 */
export function leastChance(qualityPreference: number, hasLocalAnswer: boolean): number {
  return hasLocalAnswer ? 1 - qualityPreference : 1 - qualityPreference / 2;
}

const strainReasons = { battery: 'on-battery', busy: 'machine-busy' } as const;

/**
 * The same before a local answer that costs something: on a battery, or beside programs that want the processor, half of what
 * an answer that costs nothing is worth. A choice, not a measurement.
 */
const leastChanceUnderStrain = (qualityPreference: number): number =>
  (leastChance(qualityPreference, false) + leastChance(qualityPreference, true)) / 2;

/** Where a question goes by the chance that a large model answers it better, and why. */
export function weighGain(
  gain: number,
  localAnswer: LocalAnswer | null,
  qualityPreference: number,
  strain: MachineStrain,
): { readonly place: 'local' | 'remote'; readonly reason: RouteReason } {
  // A chance is never quite 1, so 0 keeps all; at 1 even a chance of 0 is enough.
  const leaves = qualityPreference > 0 && gain >= leastChance(qualityPreference, localAnswer !== null);
  if (leaves) {
    const isRejected =
      localAnswer !== null && (localAnswer.isWithheld || (localAnswer.supported ?? 1) < leastSupported);
    return { place: 'remote', reason: isRejected ? 'local-answer-rejected' : 'quality-preferred' };
  }
  if (localAnswer !== null) return { place: 'local', reason: 'local-is-good-enough' };
  const isSpared = strain !== null && qualityPreference > 0 && gain >= leastChanceUnderStrain(qualityPreference);
  return isSpared ? { place: 'remote', reason: strainReasons[strain] } : { place: 'local', reason: 'fits-local' };
}
