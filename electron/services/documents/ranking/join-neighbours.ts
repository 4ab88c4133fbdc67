import type { Passage } from '../../../shared/document.ts';
import type { FoldedCandidate } from './fold-duplicates.ts';

/** Passages that stand side by side and are shown as one; the best ranked of them comes first. */
export type JoinedCandidates = readonly [FoldedCandidate, ...FoldedCandidate[]];

/** More would be a page instead of a passage. */
export const joinLimit = 3;

const isBeside = (one: FoldedCandidate, { passage }: FoldedCandidate): boolean =>
  passage.place.page === one.passage.place.page &&
  one.neighbours.some(({ distance, passage: near }) => Math.abs(distance) === 1 && near.id === passage.id);

/**
 * Joins candidates that stand side by side on one page (or anywhere in a text without pages) at the rank of the best of
 * them, so that each result is another place. At most three in a row.
 */
export function joinNeighbours(ranked: readonly FoldedCandidate[]): readonly JoinedCandidates[] {
  const groups: [FoldedCandidate, ...FoldedCandidate[]][] = [];
  for (const candidate of ranked) {
    const group = groups.find(
      (members) => members.length < joinLimit && members.some((one) => isBeside(one, candidate)),
    );
    if (group) group.push(candidate);
    else groups.push([candidate]);
  }
  return groups;
}

/** One passage over all of them. `read` gives the text of the document between two offsets. */
export async function joinedPassage(
  group: JoinedCandidates,
  read: (passage: Passage, start: number, end: number) => Promise<string>,
): Promise<Passage> {
  const [{ passage: best }] = group;
  if (group.length === 1) return best;
  const places = group.map(({ passage }) => passage.place).sort((one, other) => one.start - other.start);
  const start = Math.min(...places.map((place) => place.start));
  const end = Math.max(...places.map((place) => place.end));
  const [first, last] = [places[0]?.lines, places.at(-1)?.lines];
  const lines = first && last ? { lines: { first: first.first, last: last.last } } : {};
  return { ...best, place: { ...best.place, start, end, ...lines }, text: await read(best, start, end) };
}
