import { contentWords, namesIn, stem } from '../../shared/content-words.ts';

/** What was asked and answered before, newest last. */
export type EarlierTurn = {
  readonly question: string;
  /** The sentences of its answer that were carried by the documents; empty when it was not answered. */
  readonly answer: string;
};

/** A question with fewer words of its own is about what was spoken of before. */
const fewWords = 2;

/** Words that are put in front of a question, at most. */
const borrowedLimit = 8;

const backward =
  /\b(?:it|its|they|them|their|he|she|him|her|his|hers|this|that|these|those|there|then|same|other one|er|sie|es|ihn|ihm|ihr|ihre[nrsm]?|sein(?:e[nrsm]?)?|diese[rsnm]?|jene[rsnm]?|dort|davon|dafür|dazu|damit|darin|deren|dessen)\b/iu;

const opensAgain =
  /^\W*(?:and|but|or|so|also|what about|how about|what else|why not|why|und|aber|oder|was ist mit|wie ist es mit|warum|wieso)\b/iu;

/** True when a question cannot be understood without what was said before it. */
export function needsContext(question: string): boolean {
  const words = contentWords(question);
  if (words.size < fewWords) return true;
  if (namesIn(question).size > 0 && words.size > 3) return false;
  return (opensAgain.test(question) && words.size <= 4) || (backward.test(question) && words.size <= 6);
}

const token = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’._/-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu;

/** The words of a text that carry meaning as they stand there, each once, without those that are known. */
function tellingWords(text: string, known: ReadonlySet<string>): readonly string[] {
  const seen = new Set(known);
  return (text.match(token) ?? []).filter((word) => {
    const [key] = contentWords(word);
    if (key === undefined || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * A follow-up as it is searched: with the words of the question before it in front, and the names of what was answered.
 * The question as it stands when it needs nothing. Questions are followed back while they need context themselves.
 */
export function completeQuestion(question: string, earlier: readonly EarlierTurn[]): string {
  if (earlier.length === 0 || !needsContext(question)) return question;
  const own = contentWords(question);
  const borrowed: string[] = [];
  for (const turn of [...earlier].reverse()) {
    const known = new Set([...own, ...contentWords(borrowed.join(' '))]);
    const names = namesIn(turn.answer);
    const subject = tellingWords(turn.question, known);
    const named = tellingWords(turn.answer, new Set([...known, ...contentWords(subject.join(' '))])).filter((word) =>
      names.has(stem(word)),
    );
    borrowed.push(...subject, ...named.slice(0, 3));
    if (!needsContext(turn.question)) break;
  }
  const words = borrowed.slice(0, borrowedLimit);
  return words.length === 0 ? question : `${words.join(' ')}: ${question}`;
}
