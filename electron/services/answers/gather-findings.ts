import type { DocumentDescription } from '../../shared/document.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';
import type { AnswerQuestionOptions } from './answer-question-options.ts';
import type { EvidencePassage } from './evidence.ts';
import { tellingSentences } from './find-evidence.ts';
import type { Quote } from './quoted-list.ts';
import { letteredLimit, letterOf } from './reading-plan.ts';
import { inTurn, measureNearness, nearSubject, readForJobs, sentenceKey } from './read-for-jobs.ts';

/** Findings of one question, at most. */
const findingLimit = 80;

/** Characters of all findings as they are sent, marks included; about 3,000 tokens. */
const findingsLength = 12_000;

/** Characters of one finding that are sent; a table without full stops is one sentence of many pages. */
const findingLength = 400;

/** A job that found fewer sentences by their kind and words is also searched for by meaning. */
const enoughFound = 2;

/** What a search by meaning adds for one job in one document: from so many passages, so many sentences. */
const [searchedPassages, searchedSentences] = [3, 2];

/** Documents that are searched one by one; more are searched together. */
const oneByOneLimit = 6;

/** What was found, in document order, each job with its fair share. `isCut` tells that there was more than may be sent. */
export type Findings = { readonly quotes: readonly Quote[]; readonly isCut: boolean };

const scopesOf = (documents: readonly DocumentDescription[]): readonly SearchScope[] => {
  const groups = documents.length <= oneByOneLimit ? documents.map(({ id }) => [id]) : [documents.map(({ id }) => id)];
  return groups.map((documentIds) => ({ documentIds, collectionIds: [] }));
};

/** The sentences nearest to jobs that name no kind of thing, or one that stands nowhere in these words. */
async function searchForJobs(
  jobs: readonly string[],
  documents: readonly DocumentDescription[],
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<readonly (readonly Quote[])[]> {
  const searches = jobs.flatMap((job, index) => scopesOf(documents).map((scope) => ({ job, index, scope })));
  const found: (readonly Quote[])[] = [];
  for (const { job, scope } of searches) {
    const request = { query: job, scope, mode: 'hybrid', limit: searchedPassages } as const;
    const passages = await options.documents.search(request, signal);
    found.push(
      passages.flatMap(({ passage, score }) =>
        tellingSentences(passage.text).map((text) => ({ text, passage, score: Math.min(1, score) })),
      ),
    );
  }
  const nearness = await measureNearness(jobs, found, options, signal);
  const nearest = found.map((quotes, at) => {
    const index = searches[at]?.index ?? 0;
    return quotes
      .map((quote) => ({ quote, near: nearness(index, quote) ?? 0 }))
      .filter(({ near }) => near >= nearSubject)
      .sort((one, other) => other.near - one.near)
      .slice(0, searchedSentences)
      .map(({ quote }) => quote);
  });
  return jobs.map((_, index) => nearest.flatMap((quotes, at) => (searches[at]?.index === index ? quotes : [])));
}

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > findingLength ? `${line.slice(0, findingLength).trimEnd()}…` : line;
};

/** The first of each job, then the second of each, until there is as much as may be sent. */
function chooseWithin(lists: readonly (readonly Quote[])[]): Findings {
  const unique = new Map(inTurn(lists).map((quote) => [sentenceKey(quote), quote]));
  const quotes: Quote[] = [];
  let length = 0;
  for (const quote of unique.values()) {
    // Its mark takes about as much as this.
    length += shortened(quote.text).length + 6;
    if (quotes.length === findingLimit || length > findingsLength) return { quotes, isCut: true };
    quotes.push(quote);
  }
  return { quotes, isCut: false };
}

/** In the order in which they stand in the documents. */
function inDocumentOrder(quotes: readonly Quote[], documents: readonly DocumentDescription[]): readonly Quote[] {
  const order = new Map(documents.map(({ id }, index) => [id, index]));
  const rankOf = ({ passage: { documentId } }: Quote): number => order.get(documentId) ?? order.size;
  const within = ({ text, passage }: Quote): number => passage.text.replaceAll(/\s+/g, ' ').indexOf(text);
  return [...quotes].sort(
    (one, other) =>
      rankOf(one) - rankOf(other) || one.passage.place.start - other.passage.place.start || within(one) - within(other),
  );
}

/**
 * Does the jobs on this machine: every passage is read for each of them, and where that finds little, the nearest sentences
 * are searched. `known` is what was found before.
 */
export async function gatherFindings(
  answer: GrowingAnswer,
  jobs: readonly string[],
  known: readonly Quote[],
  documents: readonly DocumentDescription[],
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<Findings> {
  const read = await readForJobs(answer, jobs, documents, options, signal);
  const open = jobs.filter((_, index) => (read[index]?.length ?? 0) < enoughFound);
  const searched = open.length === 0 ? [] : await searchForJobs(open, documents, options, signal);
  const { quotes, isCut } = chooseWithin([known, ...read, ...searched]);
  return { quotes: inDocumentOrder(quotes, documents), isCut };
}

/** Findings as passages that carry what is said of them, each passage with its own findings as its sentences. */
export async function asEvidence(
  quotes: readonly Quote[],
  { engine, logger }: Pick<AnswerQuestionOptions, 'engine' | 'logger'>,
  signal: AbortSignal,
): Promise<readonly EvidencePassage[]> {
  const texts = quotes.map(({ text }) => text);
  const vectors = await engine.embed(texts, { priority: 'interactive', signal }).catch(() => {
    signal.throwIfAborted();
    logger.debug('findings-checked-by-words');
    return [];
  });
  const evidence = new Map<string, EvidencePassage>();
  for (const [index, { text, passage, score }] of quotes.entries()) {
    const sentence = { text, vector: vectors[index] ?? null, similarity: null, coverage: 0 };
    const before = evidence.get(passage.id);
    evidence.set(passage.id, {
      passage,
      score,
      chance: 1,
      mark: before?.mark ?? evidence.size + 1,
      sentences: [...(before?.sentences ?? []), sentence],
    });
  }
  return [...evidence.values()];
}

/**
 * Findings as a large model reads them: one a line under the number of its place, and under the letter of its document where
 * there are several. No blank line, so that nothing of it is taken for a text that may be shortened.
 */
export function findingLines(
  quotes: readonly Quote[],
  evidence: readonly Pick<EvidencePassage, 'mark' | 'passage'>[],
  documents: readonly DocumentDescription[],
): string {
  const hasLetters = documents.length > 1 && documents.length <= letteredLimit;
  const markOf = new Map<string, number>(evidence.map(({ passage, mark }) => [passage.id, mark]));
  return documents
    .flatMap(({ id }, index) => {
      const lines = quotes
        .filter(({ passage }) => passage.documentId === id)
        .map(({ text, passage }) => `[${markOf.get(passage.id) ?? 0}] ${shortened(text)}`);
      if (!hasLetters) return lines;
      return [`Document ${letterOf(index)}:`, ...(lines.length === 0 ? ['(nothing was found)'] : lines)];
    })
    .join('\n');
}

/** What would be markup or a mark in an answer. */
const markup = /[\\`*<>|~[\]]+/g;

/** Puts the names of documents back in place of their letters. */
export function namesForLetters(documents: readonly DocumentDescription[]): (sentence: string) => string {
  if (documents.length < 2 || documents.length > letteredLimit) return (sentence) => sentence;
  const names = new Map(documents.map(({ name }, index) => [letterOf(index), name.replaceAll(markup, ' ').trim()]));
  return (sentence) =>
    sentence.replaceAll(/\b[Dd](?:ocument|okument)s? ([A-Z])\b/g, (whole: string, letter: string) => {
      const name = names.get(letter);
      return name === undefined ? whole : `“${name}”`;
    });
}
