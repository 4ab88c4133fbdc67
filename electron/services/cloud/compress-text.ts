import { contentWords } from '../../shared/content-words.ts';
import { sentenceSpans } from '../../shared/sentences.ts';

/** What stands where sentences were left out. */
export const omission = ' […] ';

/** How much a sentence gains from its neighbours: what answers often stands beside what is asked. */
const neighbourShare = 0.35;
/** What a number is worth to a question that asks for one. */
const numberBonus = 1;
/** What the first sentence of a paragraph is worth: it says what the rest is about. */
const firstBonus = 0.25;
const asksNumber =
  /\b(?:how (?:many|much|long|often|far|old|large|big|high)|when|what (?:year|date|time)|wie ?(?:viele?|lange|oft|weit|alt|hoch)|wann)\b/iu;

type Sentence = {
  readonly start: number;
  readonly end: number;
  readonly words: ReadonlySet<string>;
  readonly hasNumber: boolean;
  readonly isFirst: boolean;
};

function sentencesOf(text: string): readonly Sentence[] {
  let end = 0;
  return [...sentenceSpans(text)].map((span) => {
    const sentence = text.slice(span.start, span.end);
    const isFirst = end === 0 || /\n\s*\n/.test(text.slice(end, span.start));
    end = span.end;
    return { ...span, words: contentWords(sentence), hasNumber: /\p{N}/u.test(sentence), isFirst };
  });
}

/** How much each sentence bears on the question, by the words that they share; a rare word tells more. */
function weigh(sentences: readonly Sentence[], question: string): readonly number[] {
  const asked = contentWords(question);
  const wantsNumber = asksNumber.test(question);
  const rarity = new Map(
    [...asked].map((word) => {
      const count = sentences.filter(({ words }) => words.has(word)).length;
      return [word, Math.log1p(sentences.length / (1 + count))] as const;
    }),
  );
  const own = sentences.map(({ words, hasNumber, isFirst }) => {
    const shared = [...asked].reduce((sum, word) => sum + (words.has(word) ? (rarity.get(word) ?? 0) : 0), 0);
    return shared + (wantsNumber && hasNumber ? numberBonus : 0) + (isFirst ? firstBonus : 0);
  });
  return own.map((weight, index) => weight + neighbourShare * Math.max(own[index - 1] ?? 0, own[index + 1] ?? 0));
}

/**
 * The sentences of a text that matter most for a question, in their order, in about `ratio` of its characters; what is left
 * out is marked. Marks of passages (`[1] …` at the beginning of a paragraph) stay. A ratio of 1 keeps the text as it is.
 */
export function compressText(text: string, question: string, ratio: number): string {
  const sentences = sentencesOf(text);
  if (ratio >= 1 || sentences.length < 2) return text;
  const weights = weigh(sentences, question);
  const ranked = [...sentences.keys()].sort((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0) || one - other);
  const kept = new Set<number>();
  let room = text.length * ratio;
  for (const index of ranked) {
    const sentence = sentences[index];
    if (sentence === undefined) continue;
    const length = sentence.end - sentence.start;
    // The best one stays however long it is.
    if (kept.size > 0 && length > room) continue;
    kept.add(index);
    room -= length;
  }
  return joinKept(text, sentences, kept);
}

const passageMark = /^\[\d+\](?: [^\n]*? \/ )?/;

function joinKept(text: string, sentences: readonly Sentence[], kept: ReadonlySet<number>): string {
  let joined = '';
  let at = 0;
  let isOpen = false;
  for (const [index, { start, end }] of sentences.entries()) {
    const between = text.slice(at, start);
    at = end;
    const isKept = kept.has(index);
    const mark = isKept ? '' : (passageMark.exec(text.slice(start, end))?.[0] ?? '');
    const breaks = /\n\s*\n/.test(between);
    if (breaks) {
      joined = `${isOpen ? joined.trimEnd() + omission.trimEnd() : joined}\n\n`;
      isOpen = false;
    }
    if (!isKept) {
      joined += mark;
      isOpen = true;
      continue;
    }
    if (isOpen) joined += joined === '' || joined.endsWith('\n') ? omission.trimStart() : omission;
    else if (!breaks) joined += between;
    joined += text.slice(start, end);
    isOpen = false;
  }
  return isOpen ? `${joined.trimEnd()}${omission.trimEnd()}` : joined + text.slice(at);
}
