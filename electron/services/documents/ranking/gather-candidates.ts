import type { Passage } from '../../../shared/document.ts';
import type { PassageRepository, ScoredPassage } from '../../../storage/storage.ts';
import { fuseRanks } from '../fuse-ranks.ts';

/** A passage beside a candidate, and its distance in passages: -1 is the one before. */
export type Neighbour = { readonly passage: Passage; readonly distance: number; readonly vector: Float32Array | null };

/** A passage that may answer, and what is known of it. */
export type Candidate = {
  readonly passage: Passage;
  /** Of the full-text search; null when it was not among its best. */
  readonly lexicalScore: number | null;
  /** 0 for the first of each list; null when it was not in the list. */
  readonly lexicalRank: number | null;
  readonly denseRank: number | null;
  /** Of unit length, as the index keeps it; null while there is none. */
  readonly vector: Float32Array | null;
  /** In document order, the passage itself left out. */
  readonly neighbours: readonly Neighbour[];
};

/** What the two searches found, best first. */
export type FoundLists = {
  readonly dense: readonly ScoredPassage[];
  readonly lexical: readonly ScoredPassage[];
};

/** Candidates that each way of searching brings. */
export const listLimit = 60;

/** Candidates that are ranked with their surroundings; each costs a look into the database. */
const candidateLimit = 60;

/** How far the surroundings reach on each side, in passages. */
const reach = 2;

/** Weights of the lists in the choice of candidates. */
const denseWeight = 1;
const lexicalWeight = 0.5;

type Repository = Pick<PassageRepository, 'neighbours' | 'vectors'>;

function chosen({ dense, lexical }: FoundLists, limit: number): readonly Passage[] {
  const fused = fuseRanks([
    { ids: dense.map(({ passage }) => passage.id), weight: denseWeight },
    { ids: lexical.map(({ passage }) => passage.id), weight: lexicalWeight },
  ]);
  const byId = new Map<string, Passage>([...lexical, ...dense].map(({ passage }) => [passage.id, passage]));
  return [...fused.keys()].slice(0, limit).flatMap((id) => byId.get(id) ?? []);
}

/** The passages around each, with their distances; a document that was removed meanwhile has none. */
async function surroundings(passages: readonly Passage[], repository: Repository) {
  const around = await Promise.all(passages.map(({ id }) => repository.neighbours(id, reach).catch(() => [])));
  return around.map((neighbours, index) => {
    const start = passages[index]?.place.start ?? 0;
    const before = neighbours.filter(({ place }) => place.start < start);
    const after = neighbours.filter(({ place }) => place.start >= start);
    return [
      ...before.map((passage, at) => ({ passage, distance: at - before.length })),
      ...after.map((passage, at) => ({ passage, distance: at + 1 })),
    ];
  });
}

/** Brings together what ranking needs: the best of both lists, at least `atLeast` where there are as many, in the order of their fused ranks. */
export async function gatherCandidates(
  lists: FoundLists,
  repository: Repository,
  atLeast = 0,
): Promise<readonly Candidate[]> {
  const passages = chosen(lists, Math.max(candidateLimit, atLeast));
  const around = await surroundings(passages, repository);
  const ids = [...new Set([...passages, ...around.flat().map(({ passage }) => passage)].map(({ id }) => id))];
  const found = await repository.vectors(ids);
  const vectors = new Map(ids.map((id, index) => [id, found[index] ?? null]));
  const lexical = new Map(lists.lexical.map(({ passage, score }, rank) => [passage.id, { score, rank }]));
  const dense = new Map(lists.dense.map(({ passage }, rank) => [passage.id, rank]));
  return passages.map((passage, index) => ({
    passage,
    lexicalScore: lexical.get(passage.id)?.score ?? null,
    lexicalRank: lexical.get(passage.id)?.rank ?? null,
    denseRank: dense.get(passage.id) ?? null,
    vector: vectors.get(passage.id) ?? null,
    neighbours: (around[index] ?? []).map((neighbour) => ({
      ...neighbour,
      vector: vectors.get(neighbour.passage.id) ?? null,
    })),
  }));
}
