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

/** What a word is worth that is only akin to one of the question, such as a compound of it: this part of the word itself. */
const kinShare = 0.5;
/** Letters that words have in common to be akin. */
const kinLetters = 5;
/** Share of the longer word that a common beginning has to be. */
const kinBeginning = 0.6;
/** A block of code stays whole: half of it is none, and what is asked about it shares no words with it. */
const codeBlock = /^[^\S\n]*(```|~~~)[\s\S]*?(?:^[^\S\n]*\1|(?![\s\S]))/gm;

type Sentence = {
  readonly start: number;
  readonly end: number;
  readonly words: ReadonlySet<string>;
  readonly hasNumber: boolean;
  readonly isFirst: boolean;
  readonly isCode: boolean;
};

type Span = Pick<Sentence, 'start' | 'end' | 'isCode'>;

/** Sentences and blocks of code, in their order. */
function spansOf(text: string): readonly Span[] {
  const blocks = [...text.matchAll(codeBlock)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  const spans: Span[] = [];
  for (const { start, end } of sentenceSpans(text)) {
    const inside = blocks.filter((block) => block.start < end && block.end > start);
    const span = {
      start: Math.min(start, ...inside.map((block) => block.start)),
      end: Math.max(end, ...inside.map((block) => block.end)),
      isCode: inside.length > 0,
    };
    const last = spans.at(-1);
    if (last === undefined || span.start >= last.end) spans.push(span);
    else spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, span.end), isCode: true };
  }
  return spans;
}

function sentencesOf(text: string): readonly Sentence[] {
  let end = 0;
  return spansOf(text).map((span) => {
    const sentence = text.slice(span.start, span.end);
    const isFirst = end === 0 || /\n\s*\n/.test(text.slice(end, span.start));
    end = span.end;
    return { ...span, words: contentWords(sentence), hasNumber: /\p{N}/u.test(sentence), isFirst };
  });
}

/** Words of one family: a compound and its part, or two with the same beginning. Numbers have none. */
function isKin(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < kinLetters || /^\p{N}/u.test(short)) return false;
  if (long.includes(short)) return true;
  let common = 0;
  while (common < short.length && short[common] === long[common]) common += 1;
  return common >= kinLetters && common >= kinBeginning * long.length;
}

/** How much of a word of the question is in a sentence, 0 to 1. */
function shareOf(word: string, words: ReadonlySet<string>): number {
  if (words.has(word)) return 1;
  return [...words].some((other) => isKin(word, other)) ? kinShare : 0;
}

/** How much each sentence of several texts bears on the question, by the words that they share; a rare word tells more. */
function weigh(texts: readonly (readonly Sentence[])[], question: string): readonly (readonly number[])[] {
  const sentences = texts.flat();
  const asked = contentWords(question);
  const wantsNumber = asksNumber.test(question);
  const rarity = new Map(
    [...asked].map((word) => {
      const count = sentences.filter(({ words }) => words.has(word)).length;
      return [word, Math.log1p(sentences.length / (1 + count))] as const;
    }),
  );
  const weightOf = ({ words, hasNumber, isFirst }: Sentence): number => {
    const shared = [...asked].reduce((sum, word) => sum + shareOf(word, words) * (rarity.get(word) ?? 0), 0);
    return shared + (wantsNumber && hasNumber ? numberBonus : 0) + (isFirst ? firstBonus : 0);
  };
  return texts.map((text) => {
    const own = text.map(weightOf);
    return own.map((weight, index) => weight + neighbourShare * Math.max(own[index - 1] ?? 0, own[index + 1] ?? 0));
  });
}

const lengthOf = (sentence: Span | undefined): number => (sentence === undefined ? 0 : sentence.end - sentence.start);

type Place = { readonly text: number; readonly index: number; readonly length: number; readonly weight: number };

/** Which sentences of each text stay: blocks of code, the best one, and the next best as long as there is room. */
function chooseKept(texts: readonly (readonly Sentence[])[], question: string, room: number): readonly Set<number>[] {
  const weights = weigh(texts, question);
  const kept = texts.map((sentences) => new Set([...sentences.keys()].filter((at) => sentences[at]?.isCode === true)));
  const places: readonly Place[] = texts.flatMap((sentences, text) =>
    sentences.map((sentence, index) => ({
      text,
      index,
      length: lengthOf(sentence),
      weight: weights[text]?.[index] ?? 0,
    })),
  );
  const isKept = ({ text, index }: Place): boolean => kept[text]?.has(index) === true;
  let used = places.filter(isKept).reduce((sum, { length }) => sum + length, 0);
  // Among equals what was said last counts, and of one text what stands first.
  const best = (one: Place, other: Place): number => other.weight - one.weight || other.text - one.text;
  for (const place of places.toSorted(best)) {
    if (isKept(place) || (used > 0 && used + place.length > room)) continue;
    kept[place.text]?.add(place.index);
    used += place.length;
  }
  return kept;
}

/**
 * The sentences of several texts that matter most for a question, in their order, in about `ratio` of all their characters:
 * a text that bears on it keeps more than one that does not, of which a mark alone may be left. Marks of passages (`[1] …` at
 * the beginning of a paragraph) stay. A ratio of 1 keeps the texts as they are.
 */
export function compressTexts(texts: readonly string[], question: string, ratio: number): readonly string[] {
  const sentences = texts.map(sentencesOf);
  if (ratio >= 1 || sentences.flat().length < 2) return texts;
  const kept = chooseKept(sentences, question, texts.reduce((sum, { length }) => sum + length, 0) * ratio);
  return texts.map((text, index) => joinKept(text, sentences[index] ?? [], kept[index] ?? new Set()));
}

/** As `compressTexts`, of one text. */
export function compressText(text: string, question: string, ratio: number): string {
  return compressTexts([text], question, ratio)[0] ?? text;
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
