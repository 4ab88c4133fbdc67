import type { DocumentsService, SearchMode } from '../documents/documents-service.ts';
import type { PlacedQuestion } from './evaluation-documents.ts';
import { coveredShare, touches } from './gold-spans.ts';
import { quantile, recallDepths, recallOf } from './recall.ts';
import type { Recall } from './recall.ts';

/** What was found for one question. */
export type FoundGold = {
  readonly id: string;
  /** Rank of the first right passage, from 0; null when it was not among the first ten. */
  readonly rank: number | null;
  /** Share of the gold pages' or turns' characters that the first five passages hold. */
  readonly coveredAt5: number;
  readonly timeMs: number;
};

/** How well one way of searching finds. */
export type FindingFigures = {
  readonly mode: SearchMode;
  readonly recall: Recall;
  readonly coveredAt5: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly questions: readonly FoundGold[];
};

async function find(
  question: PlacedQuestion,
  mode: SearchMode,
  documents: Pick<DocumentsService, 'search'>,
  signal: AbortSignal,
): Promise<FoundGold> {
  const { id, query, spans, indexed } = question;
  const scope = { documentIds: [indexed.id], collectionIds: [] };
  const startedAt = performance.now();
  const found = await documents.search({ query, scope, mode, limit: Math.max(...recallDepths) }, signal);
  const timeMs = performance.now() - startedAt;
  const rank = found.findIndex(({ passage }) => touches(passage.place, spans));
  const places = found.slice(0, 5).map(({ passage }) => passage.place);
  return { id, rank: rank === -1 ? null : rank, coveredAt5: coveredShare(spans, places), timeMs };
}

/** Searches every question whose answer stands somewhere, in its own document. */
export async function measureFinding(
  questions: readonly PlacedQuestion[],
  mode: SearchMode,
  documents: Pick<DocumentsService, 'search'>,
  signal: AbortSignal,
): Promise<FindingFigures> {
  const found: FoundGold[] = [];
  for (const question of questions.filter(({ spans }) => spans.length > 0)) {
    found.push(await find(question, mode, documents, signal));
  }
  const times = found.map(({ timeMs }) => timeMs);
  return {
    mode,
    recall: recallOf(found.map(({ rank }) => rank)),
    coveredAt5: found.reduce((sum, one) => sum + one.coveredAt5, 0) / Math.max(1, found.length),
    medianMs: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    questions: found,
  };
}
