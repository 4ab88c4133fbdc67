import type { DocumentDescription } from '../../shared/document.ts';
import type { GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import type { AnswerQuestionOptions, PreparedQuestion } from './answer-question-options.ts';
import { showQuotes } from './quoted-list.ts';
import type { Quote } from './quoted-list.ts';
import { isTooMuchToRead, readForJobs } from './read-for-jobs.ts';

/** Quotes of one answer; a longer list is no answer any more. */
const quoteLimit = 80;

/** Shows quotes under the names of their documents, and says that every part was read. */
export function showEveryPart(
  answer: GrowingAnswer,
  chosen: readonly Quote[],
  documents: readonly DocumentDescription[],
): RunEnd {
  const shown = chosen.slice(0, quoteLimit);
  const groups = documents.map(({ id, name }) => ({
    name,
    quotes: shown.filter(({ passage }) => passage.documentId === id),
  }));
  showQuotes(
    answer,
    groups.filter(({ quotes }) => quotes.length > 0),
  );
  answer.addNotice('documents-every-part');
  // A list that was cut says so: its end is not the end of the documents.
  return { reason: shown.length < chosen.length ? 'length' : 'complete', usage: null };
}

/**
 * Answers what asks for everything of a kind: every passage is read, and the sentences that are it are quoted as they
 * stand, in the order of the documents. Null when there is more than can be read, or nothing was found: then passages answer.
 */
export async function readEveryPart(
  answer: GrowingAnswer,
  { query }: PreparedQuestion,
  documents: readonly DocumentDescription[],
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<RunEnd | null> {
  if (isTooMuchToRead(documents)) return null;
  const [chosen = []] = await readForJobs(answer, [query], documents, options, signal);
  return chosen.length === 0 ? null : showEveryPart(answer, chosen, documents);
}
