import type { DocumentDescription } from '../../shared/document.ts';
import type { GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import type { AnswerQuestionOptions, PreparedQuestion } from './answer-question-options.ts';
import { calibration } from './calibration.ts';
import { abstain } from './cite-evidence.ts';
import { sentenceStrength } from './evidence.ts';
import type { EvidencePassage } from './evidence.ts';
import { findEvidence } from './find-evidence.ts';
import { judgeGrounds } from './judge-grounds.ts';
import { showQuotes } from './quoted-list.ts';
import type { Quote } from './quoted-list.ts';

/** Sentences that stand for one document. */
const quotesOfDocument = 2;

/** A second sentence is quoted when it is nearly as near as the first. */
const nearlyAsStrong = 0.8;

const comparing =
  /\b(?:please|compare|comparison|differences?|different|differ|similarit(?:y|ies)|in common|both|between|vergleichen?|vergleich|unterschiede?|unterscheide[nt]|gemeinsamkeiten?|gemeinsam|zwischen|beiden?|dokumente?n?|documents?)\b/giu;

/** The question without the words that only compare, so that each document is searched for its subject. */
export function subjectOfComparison(question: string): string {
  const rest = question.replaceAll(comparing, ' ').replaceAll(/\s+/g, ' ').trim();
  return (rest.match(/\p{L}{3,}/gu)?.length ?? 0) > 0 ? rest : question;
}

function strongest(passages: readonly EvidencePassage[]): readonly Quote[] {
  const all = passages.flatMap(({ passage, score, sentences }) =>
    sentences.map((sentence) => ({ text: sentence.text, passage, score, strength: sentenceStrength(sentence) })),
  );
  const ranked = [...all].sort((one, other) => other.strength - one.strength);
  const least = (ranked[0]?.strength ?? 0) * nearlyAsStrong;
  return ranked.filter(({ strength }) => strength >= least).slice(0, quotesOfDocument);
}

/**
 * Asks each document by itself and sets what they say side by side, word for word. A document that does not say it is
 * named with a dash; when none says it, the answer is withheld.
 */
export async function compareDocuments(
  answer: GrowingAnswer,
  { query }: PreparedQuestion,
  documents: readonly DocumentDescription[],
  options: AnswerQuestionOptions,
  signal: AbortSignal,
): Promise<RunEnd> {
  const subject = subjectOfComparison(query);
  const groups: { readonly name: string; readonly quotes: readonly Quote[] }[] = [];
  const nearest: EvidencePassage[] = [];
  for (const [index, { id, name }] of documents.entries()) {
    answer.write({ type: 'progress', phase: 'searching', done: index, total: documents.length, remainingMs: null });
    const scope = { documentIds: [id], collectionIds: [] };
    const found = await findEvidence(
      { question: subject, query: subject, scope },
      { ...options, calibration, onFound: () => undefined },
      signal,
    );
    const { passages } = found;
    const { isWithheld } = judgeGrounds(found, calibration);
    groups.push({ name, quotes: isWithheld ? [] : strongest(passages) });
    nearest.push(...passages.slice(0, 1).map((one) => ({ ...one, mark: nearest.length + 1 })));
  }
  if (groups.every(({ quotes }) => quotes.length === 0)) return abstain(answer, nearest, null);
  showQuotes(answer, groups);
  answer.addNotice('documents-compared');
  return { reason: 'complete', usage: null };
}
