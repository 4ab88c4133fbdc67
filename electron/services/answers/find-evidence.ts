import type { InferenceEngine } from '../../inference/engine.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { contentWords } from '../../shared/content-words.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import { sentenceSpans } from '../../shared/sentences.ts';
import type { DocumentsService, FoundPassage } from '../documents/documents-service.ts';
import { cosine, passageStrength } from './evidence.ts';
import type { EvidencePassage, EvidenceSentence } from './evidence.ts';

/** What finding needs. */
export type FindEvidenceOptions = {
  readonly documents: Pick<DocumentsService, 'search'>;
  readonly engine: Pick<InferenceEngine, 'embed'>;
  readonly logger: Logger;
};

/** Passages that are looked at sentence by sentence. */
const candidateLimit = 6;

/** Passages shown as evidence. */
const evidenceLimit = 4;

/** Sentences of one passage that are compared with the question; a list of fragments has more than say anything. */
const sentenceLimit = 12;

/** A fragment of fewer letters than this says nothing by itself. */
const shortestSentence = 12;

function sentencesOf(text: string): readonly string[] {
  const sentences = [...sentenceSpans(text)].map(({ start, end }) => text.slice(start, end).replaceAll(/\s+/g, ' '));
  const telling = sentences.filter((sentence) => sentence.length >= shortestSentence);
  return (telling.length > 0 ? telling : sentences).slice(0, sentenceLimit);
}

async function embedOrNothing(texts: readonly string[], options: FindEvidenceOptions, signal: AbortSignal) {
  try {
    return await options.engine.embed(texts, { priority: 'interactive', signal });
  } catch (error) {
    signal.throwIfAborted();
    options.logger.warn('evidence-without-meaning', { code: AppError.from(error).code });
    return [];
  }
}

/**
 * Searches, then weighs every sentence of the best passages against the question: a passage is as good as its best
 * sentence. Best first, at most four.
 */
export async function findEvidence(
  request: { readonly question: string; readonly query: string; readonly scope: SearchScope },
  options: FindEvidenceOptions,
  signal: AbortSignal,
): Promise<readonly EvidencePassage[]> {
  const { question, query, scope } = request;
  const found = await options.documents.search({ query, scope, mode: 'hybrid', limit: candidateLimit }, signal);
  const texts = found.map(({ passage }) => sentencesOf(passage.text));
  const vectors = await embedOrNothing([question, ...texts.flat()], options, signal);
  const questionVector = vectors[0];
  const asked = contentWords(query);
  let next = 1;
  const weigh = (text: string): EvidenceSentence => {
    const vector = vectors[next] ?? null;
    next += 1;
    const words = contentWords(text);
    const shared = [...asked].filter((word) => words.has(word)).length;
    const similarity = vector && questionVector ? cosine(questionVector, vector) : null;
    return { text, vector, similarity, coverage: asked.size === 0 ? 0 : shared / asked.size };
  };
  const weighed = found.map(({ passage, score }: FoundPassage, index) => ({
    passage,
    score,
    mark: 1,
    sentences: (texts[index] ?? []).map(weigh),
  }));
  return weighed
    .map((passage, index) => ({ passage, strength: passageStrength(passage) - index * 0.01 }))
    .sort((one, other) => other.strength - one.strength)
    .slice(0, evidenceLimit)
    .map(({ passage }, index) => ({ ...passage, mark: index + 1 }));
}
