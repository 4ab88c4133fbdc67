import type { DocumentDescription, Passage } from '../../shared/document.ts';
import type { SummaryNode, SummaryStatement } from '../../shared/summary.ts';
import type { GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import type { AnswerQuestionOptions } from './answer-question-options.ts';
import { showQuotes } from './quoted-list.ts';
import type { Quote } from './quoted-list.ts';

/** Documents whose summaries answer together; more would be a list, not an overview. */
const documentLimit = 5;

/** Statements of one document. */
const statementLimit = 8;

function topOf(tree: readonly SummaryNode[]): readonly SummaryStatement[] {
  const level = Math.max(...tree.map((node) => node.level));
  return tree
    .filter((node) => node.level === level)
    .flatMap(({ statements }) => statements)
    .slice(0, statementLimit);
}

/** The statement with the passage that its strongest quote stands in; nothing where no passage carries it. */
function withPassage({ text, quotes, isExtract }: SummaryStatement, passages: readonly Passage[]): readonly Quote[] {
  const start = quotes[0]?.place.start;
  const passage = passages.find(({ place }) => start !== undefined && place.start <= start && start < place.end);
  return passage === undefined ? [] : [{ text, passage, score: 1, isVerbatim: isExtract }];
}

/** What the kept summaries of documents quote word for word; nothing of a document that has none. */
export async function quotesOfSummaries(
  documents: readonly DocumentDescription[],
  { summaries, passages }: Pick<AnswerQuestionOptions, 'summaries' | 'passages'>,
): Promise<readonly Quote[]> {
  const all: Quote[] = [];
  for (const { id } of documents.slice(0, documentLimit)) {
    const tree = (await summaries.treeOf(id)) ?? [];
    if (tree.length === 0) continue;
    const known = await passages.ofDocument(id);
    const quotes = topOf(tree).flatMap((statement) =>
      statement.quotes.slice(0, 1).map((quote) => ({ ...statement, text: quote.quote, isExtract: true })),
    );
    all.push(...quotes.flatMap((statement) => withPassage(statement, known)));
  }
  return all;
}

/**
 * Answers what asks for the main points by the summary that is kept, which was made of every part. Null when one of the
 * documents has none.
 */
export async function quoteSummary(
  answer: GrowingAnswer,
  documents: readonly DocumentDescription[],
  { summaries, passages }: Pick<AnswerQuestionOptions, 'summaries' | 'passages'>,
): Promise<RunEnd | null> {
  if (documents.length === 0 || documents.length > documentLimit) return null;
  const groups: { readonly name: string; readonly quotes: readonly Quote[] }[] = [];
  for (const { id, name } of documents) {
    const tree = await summaries.treeOf(id);
    if (tree === null || tree.length === 0) return null;
    const known = await passages.ofDocument(id);
    groups.push({ name, quotes: topOf(tree).flatMap((statement) => withPassage(statement, known)) });
  }
  if (groups.some(({ quotes }) => quotes.length === 0)) return null;
  showQuotes(answer, groups);
  answer.addNotice('documents-every-part');
  return { reason: 'complete', usage: null };
}
