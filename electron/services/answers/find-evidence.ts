import type { InferenceEngine } from '../../inference/engine.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { contentWords } from '../../shared/content-words.ts';
import type { CitedPassage } from '../../shared/document.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import { sentenceSpans } from '../../shared/sentences.ts';
import type { DocumentsService, FoundPassage } from '../documents/documents-service.ts';
import type { Calibration } from './calibration.ts';
import { cosine } from './evidence.ts';
import type { EvidencePassage, EvidenceSentence } from './evidence.ts';
import { groundFeatures } from './ground-features.ts';
import type { ReadPassage } from './ground-features.ts';
import { chanceOf, groundsModelOf, passagesLookedFor } from './judge-grounds.ts';
import type { JudgedEvidence } from './judge-grounds.ts';

/** What finding needs. */
export type FindEvidenceOptions = {
  readonly documents: Pick<DocumentsService, 'search' | 'askedWords'>;
  readonly engine: Pick<InferenceEngine, 'embed'>;
  readonly logger: Logger;
};

/** A question to find evidence for: `query` is what is searched. */
export type EvidenceRequest = {
  readonly question: string;
  readonly query: string;
  readonly scope: SearchScope;
};

/** Passages that may answer, the likeliest first, and what is known of all that was found. */
export type FoundEvidence = JudgedEvidence & { readonly passages: readonly EvidencePassage[] };

/** Passages that are looked at sentence by sentence. */
const candidateLimit = 6;

/** Passages shown as evidence. */
export const evidenceLimit = 4;

/** Sentences of one passage that are compared with the question, those with most of its words first. */
const sentenceLimit = 10;

/** A fragment of fewer letters than this says nothing by itself. */
const shortestSentence = 12;

/** A heading of Markdown that stands in a passage is no part of the sentence below it. */
const headingLine = /^#{1,6}[^\S\n].*$/gm;

/** A text as sentences without line breaks or headings, fragments left out where there is more than fragments. */
export function tellingSentences(raw: string): readonly string[] {
  const body = raw.replaceAll(headingLine, '\n');
  const text = body.trim() === '' ? raw : body;
  const sentences = [...sentenceSpans(text)].map(({ start, end }) => text.slice(start, end).replaceAll(/\s+/g, ' '));
  const telling = sentences.filter((sentence) => sentence.length >= shortestSentence);
  return telling.length > 0 ? telling : sentences;
}

const coverageOf = (asked: ReadonlySet<string>, text: string): number => {
  const words = contentWords(text);
  return asked.size === 0 ? 0 : [...asked].filter((word) => words.has(word)).length / asked.size;
};

/** At most ten, those with most words of the question, in the order in which they stand. */
function chosenSentences(text: string, asked: ReadonlySet<string>): readonly string[] {
  const all = tellingSentences(text);
  if (all.length <= sentenceLimit) return all;
  const ranked = [...all.entries()]
    .map(([index, sentence]) => ({ index, coverage: coverageOf(asked, sentence) }))
    .sort((one, other) => other.coverage - one.coverage || one.index - other.index);
  const chosen = new Set(ranked.slice(0, sentenceLimit).map(({ index }) => index));
  return all.filter((_, index) => chosen.has(index));
}

async function embedOrNothing(
  texts: readonly string[],
  options: Pick<FindEvidenceOptions, 'engine' | 'logger'>,
  signal: AbortSignal,
) {
  try {
    return await options.engine.embed(texts, { priority: 'interactive', signal });
  } catch (error) {
    signal.throwIfAborted();
    options.logger.warn('evidence-without-meaning', { code: AppError.from(error).code });
    return [];
  }
}

/** Found passages in their order, as they can be shown before their sentences are weighed. */
export function asCited(found: readonly FoundPassage[]): readonly CitedPassage[] {
  return found.map(({ passage, score }, index) => ({ passage, score, mark: index + 1 }));
}

/** Finds, and weighs every sentence of the best passages against the question. */
export async function readFound(
  { question, query }: Pick<EvidenceRequest, 'question' | 'query'>,
  found: readonly FoundPassage[],
  options: Pick<FindEvidenceOptions, 'engine' | 'logger'>,
  signal: AbortSignal,
): Promise<readonly ReadPassage[]> {
  const asked = contentWords(query);
  const first = found.slice(0, candidateLimit);
  const texts = first.map(({ passage }) => chosenSentences(passage.text, asked));
  const [questionVector, ...vectors] = await embedOrNothing([question, ...texts.flat()], options, signal);
  let next = 0;
  const weigh = (text: string): EvidenceSentence => {
    const vector = vectors[next] ?? null;
    next += 1;
    const similarity = vector && questionVector ? cosine(questionVector, vector) : null;
    return { text, vector, similarity, coverage: coverageOf(asked, text) };
  };
  return first.map((one, index) => ({ found: one, sentences: (texts[index] ?? []).map(weigh) }));
}

/** Passages that were read, the likeliest first, as evidence; at most four. */
function orderEvidence(read: readonly ReadPassage[], chances: readonly number[]): readonly EvidencePassage[] {
  return read
    .map((one, index) => ({ ...one, chance: chances[index] ?? 0 }))
    .sort((one, other) => other.chance - one.chance)
    .slice(0, evidenceLimit)
    .map(({ found: { passage, score }, sentences, chance }, index) => ({
      passage,
      score,
      sentences,
      chance,
      mark: index + 1,
    }));
}

/**
 * Searches, tells what was found, then weighs sentence by sentence and puts first what most likely holds the answer. At most
 * four passages; those told by `onFound` are the first four of the search, before a sentence was read.
 */
export async function findEvidence(
  request: EvidenceRequest,
  options: FindEvidenceOptions & {
    readonly calibration: Calibration;
    readonly onFound: (passages: readonly CitedPassage[]) => void;
  },
  signal: AbortSignal,
): Promise<FoundEvidence> {
  const { query, scope } = request;
  const [found, words] = await Promise.all([
    options.documents.search({ query, scope, mode: 'hybrid', limit: passagesLookedFor }, signal),
    options.documents.askedWords(query, scope),
  ]);
  options.onFound(asCited(found.slice(0, evidenceLimit)));
  const read = await readFound(request, found, options, signal);
  const features = groundFeatures(words, found, read);
  const { passage: weights } = groundsModelOf(found.length, options.calibration);
  const chances = features.map((one) => chanceOf(one, weights));
  const isMeasured = read.length === 0 || read.some(({ sentences }) => sentences.some((one) => one.vector !== null));
  return {
    passages: orderEvidence(read, chances),
    chances: isMeasured ? chances : null,
    foundCount: found.length,
    coverage: Math.max(0, ...features.map(({ sentenceCoverage }) => sentenceCoverage)),
  };
}
