import type { Finding } from '../../shared/screening.ts';
import { harmClasses } from './harm-classes.ts';
import type { HarmClass } from './harm-classes.ts';
import type { TextView } from './text-view.ts';

/** What around a core counts, before and after it, in characters. */
const reach = 500;
/** A core so near the last one that was weighed has the same surroundings. */
const leastStep = 250;

/** Harm is more likely than not above zero. */
function logOdds({ bias, cues }: HarmClass, surroundings: string): number {
  return cues.reduce((sum, { pattern, weight }) => sum + (pattern.test(surroundings) ? weight : 0), bias);
}

/** From the line in which the core begins to the line in which it ends, within reach. */
function linesAround(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const before = text.slice(Math.max(0, start - reach), start);
  const after = text.slice(end, end + reach);
  const lineStart = start - (before.length - 1 - before.lastIndexOf('\n'));
  const lineEnd = after.indexOf('\n') < 0 ? end + after.length : end + after.indexOf('\n');
  return { start: Math.max(0, lineStart), end: lineEnd };
}

/** Content that may harm, by words and their surroundings: light, and no substitute for judgement. */
export function findHarm(view: TextView): readonly Finding[] {
  return harmClasses.flatMap((one) => {
    const findings: Finding[] = [];
    let weighedTo = -leastStep;
    let isHarm = false;
    for (const { 0: core, index } of view.text.matchAll(one.core)) {
      if (index - weighedTo >= leastStep) {
        const surroundings = view.text.slice(Math.max(0, index - reach), index + core.length + reach);
        isHarm = logOdds(one, surroundings) > 0;
        weighedTo = index;
      }
      if (!isHarm) continue;
      const place = linesAround(view.text, index, index + core.length);
      const start = view.originalIndex(place.start);
      findings.push({ kind: 'harmful', start, end: view.originalIndex(Math.max(place.start, place.end - 1)) + 1 });
    }
    return findings;
  });
}
