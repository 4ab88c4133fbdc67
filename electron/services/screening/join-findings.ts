import { findingKindSchema } from '../../shared/screening.ts';
import type { Finding } from '../../shared/screening.ts';

/** Two of a kind that stand nearer than this are one, in characters. */
const leastGap = 3;
/** Most findings of a kind that are told one by one; the last of them reaches to the end of all others. */
const mostFindings = 50;

function joined(sorted: readonly Finding[]): readonly Finding[] {
  const list: Finding[] = [];
  for (const one of sorted) {
    const last = list.at(-1);
    if (last === undefined || (one.start > last.end + leastGap && list.length < mostFindings)) list.push(one);
    else list[list.length - 1] = { ...last, end: Math.max(last.end, one.end) };
  }
  return list;
}

/** In the order of the text, each kind for itself; none is dropped, those that touch are one. */
export function joinFindings(findings: readonly Finding[]): readonly Finding[] {
  const sorted = findings.toSorted((one, other) => one.start - other.start || one.end - other.end);
  return findingKindSchema.options
    .flatMap((kind) => joined(sorted.filter((one) => one.kind === kind)))
    .toSorted((one, other) => one.start - other.start || one.end - other.end);
}
