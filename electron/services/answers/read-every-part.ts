import type { DocumentDescription, Passage } from '../../shared/document.ts';
import { AppError } from '../../shared/app-error.ts';
import type { GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import type { AnswerQuestionOptions, PreparedQuestion } from './answer-question.ts';
import { cosine } from './evidence.ts';
import { tellingSentences } from './find-evidence.ts';
import { showQuotes } from './quoted-list.ts';
import type { Quote } from './quoted-list.ts';
import { fitOf, soughtBy } from './sought-sentences.ts';
import type { Sought } from './sought-sentences.ts';

/** More passages than these are not read for one question; it is then answered from the best ones. */
const passageLimit = 2_000;

/** Quotes of one answer; a longer list is no answer any more. */
const quoteLimit = 80;

/** Sentences whose meaning is compared with the question; a few seconds of the embedder. */
const comparedLimit = 300;

/** Cosine with the question from which a sentence of the right kind is about its subject. */
const nearSubject = 0.4;

type Candidate = Quote & { readonly fit: 'yes' | 'maybe' };

/** Sentences of a passage that may be what is sought; one that its neighbour has too counts once. */
function candidatesOf(sought: Sought, passage: Passage, seen: Set<string>): readonly Candidate[] {
  const above = passage.headings.join(' ');
  return tellingSentences(passage.text).flatMap((text) => {
    const key = `${passage.documentId} ${text.toLowerCase().replaceAll(/\W+/g, ' ').trim()}`;
    if (seen.has(key)) return [];
    const fit = fitOf(sought, text, above);
    if (fit === 'no') return [];
    seen.add(key);
    return [{ text, passage, score: 1, fit }];
  });
}

/** Of the sentences whose kind is right, those that mean what the question is about. */
async function nearOnes(
  question: string,
  doubtful: readonly Candidate[],
  { engine, logger }: Pick<AnswerQuestionOptions, 'engine' | 'logger'>,
  signal: AbortSignal,
): Promise<ReadonlySet<Candidate>> {
  const compared = doubtful.slice(0, comparedLimit);
  if (compared.length === 0) return new Set();
  try {
    const texts = compared.map(({ text, passage }) => [...passage.headings.slice(-1), text].join(': '));
    const [asked, ...vectors] = await engine.embed([question, ...texts], { priority: 'interactive', signal });
    const isNear = (index: number): boolean => {
      const vector = vectors[index];
      return asked !== undefined && vector !== undefined && cosine(asked, vector) >= nearSubject;
    };
    return new Set(compared.filter((_, index) => isNear(index)));
  } catch (error) {
    signal.throwIfAborted();
    logger.warn('every-part-without-meaning', { code: AppError.from(error).code });
    return new Set();
  }
}

/** All sentences of all documents that may be what is sought, in document order; tells how far reading has come. */
async function readAll(
  answer: GrowingAnswer,
  sought: Sought,
  documents: readonly DocumentDescription[],
  { passages }: Pick<AnswerQuestionOptions, 'passages'>,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const total = documents.reduce((sum, document) => sum + document.passages, 0);
  const startedAt = performance.now();
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  let done = 0;
  for (const { id } of documents) {
    for (const passage of await passages.ofDocument(id)) {
      candidates.push(...candidatesOf(sought, passage, seen));
      done += 1;
    }
    signal.throwIfAborted();
    const remainingMs = ((performance.now() - startedAt) / done) * Math.max(0, total - done);
    answer.write({ type: 'progress', phase: 'reading', done: Math.min(done, total), total, remainingMs });
  }
  return candidates;
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
  if (documents.reduce((sum, { passages }) => sum + passages, 0) > passageLimit) return null;
  const candidates = await readAll(answer, soughtBy(query), documents, options, signal);
  const doubtful = candidates.filter(({ fit }) => fit === 'maybe');
  const near = await nearOnes(query, doubtful, options, signal);
  const chosen = candidates.filter((candidate) => candidate.fit === 'yes' || near.has(candidate));
  if (chosen.length === 0) return null;
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
