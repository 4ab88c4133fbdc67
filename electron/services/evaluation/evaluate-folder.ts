import type { DocumentDescription } from '../../shared/document.ts';
import type { EvaluationPart } from '../../shared/evaluation.ts';
import type { DocumentsService, SearchMode } from '../documents/documents-service.ts';
import { placeQuestions } from './evaluation-documents.ts';
import { measureAnswers } from './measure-answers.ts';
import type { AnswerFigures, Ask } from './measure-answers.ts';
import { measureFinding } from './measure-finding.ts';
import type { FindingFigures } from './measure-finding.ts';
import { measureSummaries } from './measure-summaries.ts';
import type { Summarize, SummaryFigures } from './measure-summaries.ts';
import type { HiddenPlaces } from './hidden-places.ts';
import type { Evaluation } from './read-evaluation.ts';

/** How long reading took. */
export type IndexingFigures = {
  readonly documents: number;
  readonly passages: number;
  readonly words: number;
  /** Pages of documents that have some; for the others a page is 300 words. */
  readonly pages: number;
  readonly elapsedMs: number;
};

/** What an evaluation found. Parts that were not asked for are null. */
export type EvaluationFigures = {
  readonly indexing: IndexingFigures;
  readonly finding: readonly FindingFigures[] | null;
  readonly answers: AnswerFigures | null;
  readonly summaries: readonly SummaryFigures[] | null;
};

/** What an evaluation stands on. */
export type EvaluateFolderOptions = {
  readonly documents: Pick<DocumentsService, 'addFile' | 'whenIndexed' | 'content' | 'pages' | 'search'>;
  readonly ask: Ask;
  readonly summarize: Summarize;
  readonly hidden: HiddenPlaces;
  readonly modes: readonly SearchMode[];
  readonly parts: readonly EvaluationPart[];
  readonly onProgress: (part: 'reading' | EvaluationPart, done: number, total: number) => void;
};

const wordsOfPage = 300;

const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

async function index(
  { paths }: Evaluation,
  { documents, onProgress }: EvaluateFolderOptions,
  signal: AbortSignal,
): Promise<{ readonly indexed: readonly DocumentDescription[]; readonly figures: IndexingFigures }> {
  const startedAt = performance.now();
  const indexed: DocumentDescription[] = [];
  for (const path of paths) {
    onProgress('reading', indexed.length, paths.length);
    const file = { path, name: nameOf(path) };
    const { id } = await documents.addFile({ file, origin: 'path', isLoose: true }, signal);
    indexed.push({ ...(await documents.whenIndexed(id, signal)), name: file.name });
  }
  const sum = (of: (document: DocumentDescription) => number): number =>
    indexed.reduce((all, document) => all + of(document), 0);
  return {
    indexed,
    figures: {
      documents: indexed.length,
      passages: sum(({ passages }) => passages),
      words: sum(({ words }) => words),
      pages: sum(({ pages, words }) => pages ?? Math.ceil(words / wordsOfPage)),
      elapsedMs: performance.now() - startedAt,
    },
  };
}

/** Indexes the documents of an evaluation and measures what is asked for. Throws what reading them throws. */
export async function evaluateFolder(
  evaluation: Evaluation,
  options: EvaluateFolderOptions,
  signal: AbortSignal,
): Promise<EvaluationFigures> {
  const { documents, ask, summarize, hidden, modes, parts, onProgress } = options;
  const { indexed, figures } = await index(evaluation, options, signal);
  const questions = await placeQuestions(evaluation.questions, indexed, documents);
  let finding: readonly FindingFigures[] | null = null;
  if (parts.includes('finding')) {
    const measured: FindingFigures[] = [];
    for (const mode of modes) {
      onProgress('finding', measured.length, modes.length);
      measured.push(await measureFinding(questions, mode, documents, signal));
    }
    finding = measured;
  }
  const answering = {
    ask,
    hidden,
    onProgress: (done: number, total: number): void => onProgress('answers', done, total),
  };
  const answers = parts.includes('answers') ? await measureAnswers(questions, answering, signal) : null;
  if (parts.includes('summaries')) onProgress('summaries', 0, 1);
  const summaries = parts.includes('summaries') ? await measureSummaries(questions, summarize, signal) : null;
  return { indexing: figures, finding, answers, summaries };
}
