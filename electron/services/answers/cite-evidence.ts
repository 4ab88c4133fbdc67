import type { CitedPassage } from '../../shared/document.ts';
import type { Message, SentenceCheck } from '../../shared/message.ts';
import type { Usage } from '../../shared/usage.ts';
import type { GrowingAnswer, RunEnd } from '../runs/runs-service.ts';
import type { EvidencePassage } from './evidence.ts';
import type { Grounds } from './judge-grounds.ts';

/** A message as far as its parts are looked at; null when there is none. */
export type MessageParts = Pick<Message, 'parts'> | null;

/** Passages shown with the word that the documents do not tell. */
const nearestCount = 3;

/** Evidence as followers and the database get it. */
export const withoutSentences = ({ mark, passage, score }: CitedPassage): CitedPassage => ({ mark, passage, score });

/** Keeps the passages with these marks as citations of the message, each once. */
export function cite(
  answer: GrowingAnswer,
  evidence: readonly CitedPassage[],
  marks: readonly number[],
  earlier: MessageParts = null,
): void {
  const known = new Set(earlier?.parts.flatMap((part) => (part.type === 'citation' ? [part.passage.mark] : [])));
  for (const mark of new Set(marks.filter((candidate) => !known.has(candidate)))) {
    const cited = evidence.find((passage) => passage.mark === mark);
    if (cited) answer.addPart({ type: 'citation', passage: withoutSentences(cited) });
  }
}

/** Checks of the sentences that a message has already. */
export const checksOf = (earlier: MessageParts): readonly SentenceCheck[] =>
  earlier?.parts.flatMap((part) => (part.type === 'text' ? (part.checks ?? []) : [])) ?? [];

/** Says that the documents do not tell, and shows what came closest. */
export function abstain(answer: GrowingAnswer, evidence: readonly CitedPassage[], usage: Usage | null): RunEnd {
  answer.addNotice('not-in-documents');
  cite(
    answer,
    evidence,
    evidence.slice(0, nearestCount).map(({ mark }) => mark),
  );
  return { reason: 'complete', usage };
}

/** Tells followers and the database how sure the answer is, and as what the question was searched. */
export function tellGrounds(
  answer: GrowingAnswer,
  { confidence, level }: Pick<Grounds, 'confidence' | 'level'>,
  searchedAs: string | null,
): void {
  const grounds = { type: 'grounds', searchedAs, confidence, level } as const;
  answer.write(grounds);
  answer.addPart(grounds);
}

/** Where the model made nothing of strong evidence, the document speaks for itself, in quotation marks. */
export function answerWithQuote(
  answer: GrowingAnswer,
  evidence: readonly EvidencePassage[],
  quote: { readonly text: string; readonly mark: number },
  usage: Usage | null,
): RunEnd {
  const text = `“${quote.text}” [${quote.mark}]`;
  answer.addText(text);
  answer.setChecks([{ start: 0, end: text.length, isSupported: true, probability: 1, marks: [quote.mark] }]);
  answer.addNotice('documents-passages');
  cite(answer, evidence, [quote.mark]);
  return { reason: 'complete', usage };
}
