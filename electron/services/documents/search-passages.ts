import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { PassageRepository, ScoredPassage } from '../../storage/storage.ts';
import type { DocumentsService, FoundPassage } from './documents-service.ts';
import type { QuestionEmbedder } from './indexing/find-embedders.ts';
import { fuseRanks } from './fuse-ranks.ts';
import { leanQuery } from './lean-query.ts';

/** What a search reads. */
export type SearchOptions = {
  readonly passages: PassageRepository;
  /** Over the index that serves, whose embedder may be another than that of the settings. */
  readonly embedder: QuestionEmbedder;
  readonly logger: Logger;
};

type SearchRequest = Parameters<DocumentsService['search']>[0];

/** Candidates that each way of searching brings to the fusion. */
const candidateLimit = 50;

/** Weights of the lists, measured with `e2e/campaigns/retrieval.ts`. */
const denseWeight = 1;
const lexicalWeight = 0.35;

async function searchByMeaning(
  { query, scope, limit }: SearchRequest,
  { passages, embedder }: SearchOptions,
  signal: AbortSignal,
): Promise<readonly ScoredPassage[]> {
  const embedded = await embedder.embed([leanQuery(query)], signal);
  const [vector] = embedded?.vectors ?? [];
  if (embedded === null || vector === undefined) return [];
  return passages.searchDense(embedded.modelId, vector, scope, Math.max(candidateLimit, limit));
}

async function tryByMeaning(request: SearchRequest, options: SearchOptions, signal: AbortSignal) {
  try {
    return await searchByMeaning(request, options, signal);
  } catch (error) {
    signal.throwIfAborted();
    options.logger.warn('search-without-meaning', { code: AppError.from(error).code });
    return [];
  }
}

function scoreOf(
  { mode }: SearchRequest,
  found: Omit<FoundPassage, 'score'>,
  fused: number,
  bestLexical: number,
): number {
  const clamp = (score: number): number => Math.min(1, Math.max(0, score));
  if (mode === 'dense' && found.cosine !== null) return clamp(found.cosine);
  if (mode === 'lexical' && found.lexicalScore !== null) return clamp(found.lexicalScore / bestLexical);
  return clamp(fused);
}

/** Searches as `DocumentsService.search` promises. */
export async function searchPassages(
  request: SearchRequest,
  options: SearchOptions,
  signal: AbortSignal,
): Promise<readonly FoundPassage[]> {
  const { query, scope, mode, limit } = request;
  if (query.trim() === '') return [];
  const dense = mode === 'lexical' ? [] : await tryByMeaning(request, options, signal);
  const needsWords = mode !== 'dense' || dense.length === 0;
  const lexical = needsWords
    ? await options.passages.searchLexical(leanQuery(query), scope, Math.max(candidateLimit, limit))
    : [];
  signal.throwIfAborted();

  const passages = new Map([...lexical, ...dense].map(({ passage }) => [passage.id, passage]));
  const cosines = new Map(dense.map(({ passage, score }) => [passage.id, score]));
  const lexicalScores = new Map(lexical.map(({ passage, score }) => [passage.id, score]));
  const lists = [
    { ids: dense.map(({ passage }) => passage.id), weight: denseWeight },
    { ids: lexical.map(({ passage }) => passage.id), weight: lexicalWeight },
  ].filter(({ ids }) => ids.length > 0);
  const fused = fuseRanks(lists);
  const bestLexical = lexical[0]?.score ?? 1;
  const order = new Map([...fused.keys()].map((id, index) => [id, index]));
  return [...passages.values()]
    .sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0))
    .slice(0, limit)
    .map((passage) => {
      const found = {
        passage,
        cosine: cosines.get(passage.id) ?? null,
        lexicalScore: lexicalScores.get(passage.id) ?? null,
        duplicates: [],
      };
      return { ...found, score: scoreOf(request, found, fused.get(passage.id) ?? 0, bestLexical) };
    });
}
