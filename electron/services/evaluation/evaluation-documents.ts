import type { DocumentDescription } from '../../shared/document.ts';
import type { Span } from '../../shared/sentences.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import { goldSpans } from './gold-spans.ts';
import type { EvaluationQuestion } from './read-evaluation.ts';

/** A question with its document in the index, and where in its text the answer stands. */
export type PlacedQuestion = EvaluationQuestion & {
  readonly indexed: DocumentDescription;
  readonly spans: readonly Span[];
};

/** Finds each question's document by its name, and its answer in the text. */
export async function placeQuestions(
  questions: readonly EvaluationQuestion[],
  indexed: readonly DocumentDescription[],
  documents: Pick<DocumentsService, 'content' | 'pages'>,
): Promise<readonly PlacedQuestion[]> {
  const placed = await Promise.all(
    indexed.map(async (document) => {
      const [{ text }, pages] = await Promise.all([documents.content(document.id), documents.pages(document.id)]);
      return questions
        .filter((question) => question.document === document.name)
        .map((question) => ({ ...question, indexed: document, spans: goldSpans(question.gold, text, pages) }));
    }),
  );
  return placed.flat();
}
