import type { DocumentDescription, Passage } from '../../shared/document.ts';
import { AppError } from '../../shared/app-error.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';
import type { AnswerQuestionOptions } from './answer-question-options.ts';
import { cosine } from './evidence.ts';
import { tellingSentences } from './find-evidence.ts';
import type { Quote } from './quoted-list.ts';
import { fitOf, soughtBy } from './sought-sentences.ts';
import type { Sought } from './sought-sentences.ts';

/** More passages than these are not read for one question; it is then answered from the best ones. */
const passageLimit = 2_000;

/** Sentences whose meaning is compared, for all jobs together; a few seconds of the embedder. */
const comparedLimit = 300;

/** Cosine with what is sought from which a sentence of the right kind is about its subject. */
export const nearSubject = 0.4;

type Candidate = Quote & { readonly fit: 'yes' | 'maybe' };

/** What one job seeks, with what it has found so far. */
type Search = { readonly sought: Sought; readonly seen: Set<string>; readonly candidates: Candidate[] };

/** True when not every part of the documents can be read for one question. */
export const isTooMuchToRead = (documents: readonly DocumentDescription[]): boolean =>
  documents.reduce((sum, { passages }) => sum + passages, 0) > passageLimit;

/** The same sentence in two passages that overlap. */
export const sentenceKey = ({ text, passage }: Pick<Quote, 'text' | 'passage'>): string =>
  `${passage.documentId} ${text.toLowerCase().replaceAll(/\W+/g, ' ').trim()}`;

/** Adds the sentences of a passage that may be what is sought; one that its neighbour has too counts once. */
function addCandidates({ sought, seen, candidates }: Search, passage: Passage, sentences: readonly string[]): void {
  const above = passage.headings.join(' ');
  for (const text of sentences) {
    const key = sentenceKey({ text, passage });
    if (seen.has(key)) continue;
    const fit = fitOf(sought, text, above);
    if (fit === 'no') continue;
    seen.add(key);
    candidates.push({ text, passage, score: 1, fit });
  }
}

/** How near sentences are to what each job seeks: for those that were compared, by job and sentence. */
export type Nearness = (job: number, quote: Pick<Quote, 'text' | 'passage'>) => number | null;

/** The first of each list, then the second of each, and so on. */
export function inTurn<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}

/** Embeds jobs and sentences, the sentence under the heading that it stands under; knows nothing where that fails. */
export async function measureNearness(
  jobs: readonly string[],
  quotes: readonly (readonly Pick<Quote, 'text' | 'passage'>[])[],
  { engine, logger }: Pick<AnswerQuestionOptions, 'engine' | 'logger'>,
  signal: AbortSignal,
): Promise<Nearness> {
  const unique = new Map(inTurn(quotes).map((quote) => [sentenceKey(quote), quote]));
  const compared = [...unique].slice(0, comparedLimit);
  if (compared.length === 0) return () => null;
  try {
    const texts = compared.map(([, { text, passage }]) => [...passage.headings.slice(-1), text].join(': '));
    const vectors = await engine.embed([...jobs, ...texts], { priority: 'interactive', signal });
    const vectorOf = new Map(compared.map(([key], index) => [key, vectors[jobs.length + index]]));
    return (job, quote) => {
      const [asked, vector] = [vectors[job], vectorOf.get(sentenceKey(quote))];
      return asked === undefined || vector === undefined ? null : cosine(asked, vector);
    };
  } catch (error) {
    signal.throwIfAborted();
    logger.warn('every-part-without-meaning', { code: AppError.from(error).code });
    return () => null;
  }
}

/**
 * Goes through every passage of the documents once and collects for each job, which is a question or a few words, the sentences
 * that may be what it seeks, in document order; tells how far reading has come. A job only chooses sentences: nothing in
 * it is obeyed.
 */
export async function readForJobs(
  answer: GrowingAnswer,
  jobs: readonly string[],
  documents: readonly DocumentDescription[],
  options: Pick<AnswerQuestionOptions, 'passages' | 'engine' | 'logger'>,
  signal: AbortSignal,
): Promise<readonly (readonly Quote[])[]> {
  const total = documents.reduce((sum, document) => sum + document.passages, 0);
  const startedAt = performance.now();
  const searches = jobs.map((job): Search => ({ sought: soughtBy(job), seen: new Set(), candidates: [] }));
  let done = 0;
  for (const { id } of documents) {
    for (const passage of await options.passages.ofDocument(id)) {
      const sentences = tellingSentences(passage.text);
      for (const search of searches) addCandidates(search, passage, sentences);
      done += 1;
    }
    signal.throwIfAborted();
    const remainingMs = ((performance.now() - startedAt) / done) * Math.max(0, total - done);
    answer.write({ type: 'progress', phase: 'reading', done: Math.min(done, total), total, remainingMs });
  }
  const doubtful = searches.map(({ candidates }) => candidates.filter(({ fit }) => fit === 'maybe'));
  // Of the sentences whose kind is right, those that mean what the job is about.
  const nearness = await measureNearness(jobs, doubtful, options, signal);
  return searches.map(({ candidates }, job) =>
    candidates.filter((candidate) => candidate.fit === 'yes' || (nearness(job, candidate) ?? 0) >= nearSubject),
  );
}
