import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Passage } from '../../shared/document.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { DocumentRepository, PassageRepository, ScoredPassage } from '../../storage/storage.ts';
import type { AskedWord, FoundPassage, SearchRequest } from './documents-service.ts';
import type { QuestionEmbedder } from './indexing/find-embedders.ts';
import { leanQuery } from './lean-query.ts';
import { foldDuplicates } from './ranking/fold-duplicates.ts';
import { gatherCandidates, listLimit } from './ranking/gather-candidates.ts';
import type { Candidate } from './ranking/gather-candidates.ts';
import { joinedPassage, joinLimit, joinNeighbours } from './ranking/join-neighbours.ts';
import type { JoinedCandidates } from './ranking/join-neighbours.ts';
import { cosineOf } from './ranking/passage-features.ts';
import type { RankedQuestion } from './ranking/passage-features.ts';
import { questionPairs, questionWords, rarity } from './ranking/question-words.ts';
import { rankCandidates } from './ranking/rank-candidates.ts';
import type { RankingWeights } from './ranking/ranking-weights.ts';
import type { PassageReranker } from './ranking/rerank-passages.ts';

/** What a search reads. */
export type SearchOptions = {
  readonly passages: PassageRepository;
  readonly documents: Pick<DocumentRepository, 'text'>;
  /** Over the index that serves, whose embedder may be another than that of the settings. */
  readonly embedder: QuestionEmbedder;
  /** A model that reads question and passage together, where one is installed. */
  readonly reranker: PassageReranker;
  readonly weights: RankingWeights;
  readonly logger: Logger;
};

/** A question in the forms that are embedded; null without a model that could. */
type Meaning = { readonly modelId: ModelId; readonly lean: Float32Array; readonly full: Float32Array };

async function embedQuestion(
  query: string,
  { embedder, logger }: Pick<SearchOptions, 'embedder' | 'logger'>,
  signal: AbortSignal,
): Promise<Meaning | null> {
  const lean = leanQuery(query);
  try {
    const embedded = await embedder.embed(lean === query ? [query] : [lean, query], signal);
    const [first, second = first] = embedded?.vectors ?? [];
    if (embedded === null || first === undefined || second === undefined) return null;
    return { modelId: embedded.modelId, lean: first, full: second };
  } catch (error) {
    signal.throwIfAborted();
    logger.warn('search-without-meaning', { code: AppError.from(error).code });
    return null;
  }
}

async function searchByMeaning(
  { scope, limit }: SearchRequest,
  meaning: Meaning | null,
  { passages }: Pick<SearchOptions, 'passages'>,
): Promise<readonly ScoredPassage[]> {
  if (meaning === null) return [];
  return await passages.searchDense(meaning.modelId, meaning.lean, scope, Math.max(listLimit, limit));
}

const clamp = (score: number): number => Math.min(1, Math.max(0, score));

/** One list as it is, for those who want to see what each way of searching finds. */
async function searchOneWay(
  request: SearchRequest,
  options: SearchOptions,
  signal: AbortSignal,
): Promise<readonly FoundPassage[]> {
  const { query, scope, mode, limit } = request;
  if (mode === 'dense') {
    const found = await searchByMeaning(request, await embedQuestion(query, options, signal), options);
    if (found.length > 0) {
      return found.slice(0, limit).map(({ passage, score }) => ({
        passage,
        score: clamp(score),
        cosine: score,
        lexicalScore: null,
        duplicates: [],
      }));
    }
  }
  const found = await options.passages.searchLexical(leanQuery(query), scope, limit);
  const best = found[0]?.score ?? 1;
  return found.map(({ passage, score }) => ({
    passage,
    score: clamp(score / best),
    cosine: null,
    lexicalScore: score,
    duplicates: [],
  }));
}

/** The words of a question, and how rare they are where it is asked; `greatest` is the rarity of one that stands nowhere. */
async function readWords(
  { query, scope }: Pick<SearchRequest, 'query' | 'scope'>,
  { passages }: Pick<SearchOptions, 'passages'>,
): Promise<Pick<RankedQuestion, 'words' | 'pairs'> & { readonly greatest: number }> {
  const lean = leanQuery(query);
  const words = questionWords(lean);
  const { passages: total, counts } = await passages.wordCounts(
    words.map(({ word }) => word),
    scope,
  );
  return {
    words: words.map((word, index) => ({ ...word, rarity: rarity(total, counts[index] ?? 0) })),
    pairs: questionPairs(lean),
    greatest: rarity(total, 0),
  };
}

/** Words as `DocumentsService.askedWords` promises. */
export async function readAskedWords(
  request: Pick<SearchRequest, 'query' | 'scope'>,
  options: Pick<SearchOptions, 'passages'>,
): Promise<readonly AskedWord[]> {
  const { words, greatest } = await readWords(request, options);
  return words.map((word) => ({ stem: word.stem, rarity: word.rarity / greatest }));
}

async function toFound(
  group: JoinedCandidates,
  { lean }: RankedQuestion,
  documents: SearchOptions['documents'],
): Promise<FoundPassage> {
  const [best] = group;
  const read = (passage: Passage, start: number, end: number): Promise<string> =>
    documents.text(passage.documentId, start, end);
  return {
    passage: await joinedPassage(group, read),
    score: best.score,
    cosine: lean && best.vector ? cosineOf(lean, best.vector) : null,
    lexicalScore: best.lexicalScore,
    duplicates: group.flatMap(({ duplicates }) => duplicates),
  };
}

/** Everything that ranking looks at for a request: the question as it sees it, and its candidates. */
export async function gatherForRanking(
  request: SearchRequest,
  options: Pick<SearchOptions, 'passages' | 'embedder' | 'logger'>,
  signal: AbortSignal,
): Promise<{ readonly question: RankedQuestion; readonly candidates: readonly Candidate[] }> {
  const { query, scope, limit } = request;
  // The database looks for words while the engine reads the question.
  const [meaning, lexical, { words, pairs }] = await Promise.all([
    embedQuestion(query, options, signal),
    options.passages.searchLexical(leanQuery(query), scope, Math.max(listLimit, limit)),
    readWords(request, options),
  ]);
  const dense = await searchByMeaning(request, meaning, options);
  const question = { words, pairs, lean: meaning?.lean ?? null, full: meaning?.full ?? null };
  return { question, candidates: await gatherCandidates({ dense, lexical }, options.passages, limit) };
}

async function searchBothWays(
  request: SearchRequest,
  options: SearchOptions,
  signal: AbortSignal,
): Promise<readonly FoundPassage[]> {
  const { query, limit } = request;
  const { question, candidates } = await gatherForRanking(request, options, signal);
  signal.throwIfAborted();
  const ranked = rankCandidates(question, candidates, options.weights);
  const reranked = await options.reranker.rerank(query, ranked, signal);
  const groups = joinNeighbours(foldDuplicates(reranked ?? ranked, limit * joinLimit));
  return await Promise.all(groups.slice(0, limit).map((group) => toFound(group, question, options.documents)));
}

/** Searches as `DocumentsService.search` promises. */
export async function searchPassages(
  request: SearchRequest,
  options: SearchOptions,
  signal: AbortSignal,
): Promise<readonly FoundPassage[]> {
  if (request.query.trim() === '') return [];
  return request.mode === 'hybrid'
    ? await searchBothWays(request, options, signal)
    : await searchOneWay(request, options, signal);
}
