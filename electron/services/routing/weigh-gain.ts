import type { LocalAnswer } from '../../shared/local-answer.ts';
import type { RouteReason } from '../../shared/route.ts';

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

/** Where a question goes by the chance that a large model answers it better, and why. */
export function weighGain(
  gain: number,
  localAnswer: LocalAnswer | null,
  qualityPreference: number,
): { readonly place: 'local' | 'remote'; readonly reason: RouteReason } {
  // A chance is never quite 1, so 0 keeps all; at 1 even a chance of 0 is enough.
  const leaves = qualityPreference > 0 && gain >= leastChance(qualityPreference, localAnswer !== null);
  if (!leaves) return { place: 'local', reason: localAnswer === null ? 'fits-local' : 'local-is-good-enough' };
  const isRejected = localAnswer !== null && (localAnswer.isWithheld || (localAnswer.supported ?? 1) < leastSupported);
  return { place: 'remote', reason: isRejected ? 'local-answer-rejected' : 'quality-preferred' };
}
