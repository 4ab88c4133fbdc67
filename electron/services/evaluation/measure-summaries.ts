import type { DocumentId } from '../../shared/ids.ts';
import type { PlacedQuestion } from './evaluation-documents.ts';
import { rougeOf } from './rouge.ts';
import type { Rouge } from './rouge.ts';

/** Summarises one document for a question about the whole of it. */
export type Summarize = (id: DocumentId, question: string, signal: AbortSignal) => Promise<string>;

/** One summary against the gold answer. */
export type SummaryFigures = Rouge & { readonly id: string; readonly text: string; readonly timeMs: number };

/** Summarises for every question about a whole document that has a gold answer. */
export async function measureSummaries(
  questions: readonly PlacedQuestion[],
  summarize: Summarize,
  signal: AbortSignal,
): Promise<readonly SummaryFigures[]> {
  const figures: SummaryFigures[] = [];
  for (const { id, gold, answer, query, indexed } of questions) {
    if (gold.kind !== 'whole' || answer === '') continue;
    const startedAt = performance.now();
    const text = await summarize(indexed.id, query, signal);
    figures.push({ id, text, timeMs: performance.now() - startedAt, ...rougeOf(text, answer) });
  }
  return figures;
}
