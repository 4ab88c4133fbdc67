import { namesIn, numbersIn } from '../../shared/content-words.ts';
import type { RoutingQuestion } from './routing-service.ts';

/** What kind of thing a question asks for; the first that matches its last sentence. */
const kinds = [
  [
    'asksHowMany',
    /\b(?:how (?:many|much|long|often|far|old|large|big|high)|wie ?(?:viele?|lange|oft|weit|alt|hoch))\b/iu,
  ],
  ['asksWho', /\b(?:who|whom|whose|wer|wen|wem|wessen)\b/iu],
  ['asksWhen', /\b(?:when|what (?:year|date|day|month|time)|wann|welche[sm]? (?:jahr|tag|datum))\b/iu],
  ['asksWhere', /\b(?:where|wo|woher|wohin)\b/iu],
  ['asksWhy', /\b(?:why|what (?:was |were |is |are )?(?:the )?(?:reasons?|caused?)|warum|weshalb|wieso)\b/iu],
  [
    'asksToWrite',
    /^\W*(?:please |bitte )?(?:summari[sz]e|explain|describe|list|compare|write|translate|give|discuss|fasse|erkläre|beschreibe|nenne|vergleiche|schreibe?|übersetze)\b/iu,
  ],
  ['asksHow', /\b(?:how|wie)\b/iu],
  ['asksWhich', /\b(?:which|welche[rsmn]?)\b/iu],
  ['asksWhat', /\b(?:what|was)\b/iu],
  [
    'asksYesNo',
    /^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|ist|sind|war|hat|haben|kann|wird|darf)\b/iu,
  ],
] as const;

/** Of the embedder's vector, how many directions are looked at. */
export const directionCount = 12;

const questionNames = [
  'isAnswer',
  'words',
  'wordLength',
  'askedWords',
  'lines',
  'numbers',
  'names',
  'hasCode',
  'hasQuote',
  'isEnglish',
  'asksHowMany',
  'asksWho',
  'asksWhen',
  'asksWhere',
  'asksWhy',
  'asksToWrite',
  'asksHow',
  'asksWhich',
  'asksWhat',
  'asksYesNo',
] as const;

/** Names of what is measured of a question, in their order. */
export const beforeNames: readonly string[] = [
  ...questionNames,
  ...Array.from({ length: directionCount }, (_, at) => `direction${at}`),
];

const answerNames = [
  'supported',
  'isChecked',
  'tokenProbability',
  'confidence',
  'isWithheld',
  'doubtWhereWithheld',
] as const;

/** Names of what is measured of a question with its local answer, in their order. */
export const afterNames: readonly string[] = [...beforeNames, ...answerNames];

/** Null: not measured. */
export type Measurement = number | null;

/** Directions of a vector: the fixed ones that come with the app. Null without a vector. */
export type Directions = readonly number[] | null;

const flag = (holds: boolean): number => (holds ? 1 : 0);

/** What is asked, where a text was pasted before it: the last paragraph. */
const lastParagraph = (text: string): string =>
  text
    .trim()
    .split(/\n\s*\n/)
    .at(-1) ?? '';

function questionMeasurements(
  task: RoutingQuestion['task'],
  text: string,
  language: string | null,
): Record<(typeof questionNames)[number], number> {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const asked = lastParagraph(text);
  const kind = kinds.find(([, pattern]) => pattern.test(asked))?.[0];
  const ofKind = Object.fromEntries(kinds.map(([name]) => [name, flag(name === kind)]));
  return {
    isAnswer: flag(task === 'answer'),
    words: Math.log1p(words.length),
    wordLength: words.reduce((sum, word) => sum + word.length, 0) / Math.max(1, words.length),
    askedWords: Math.log1p(asked.match(/[\p{L}\p{N}]+/gu)?.length ?? 0),
    lines: Math.log1p(text.split('\n').length),
    numbers: Math.log1p(numbersIn(text).size),
    names: Math.log1p(namesIn(asked).size),
    hasCode: flag(/```|[{};]\s*$|\b(?:function|const|def|class|import|SELECT)\b.*[({=;]/mu.test(text)),
    hasQuote: flag(/["“„»][^"”“«]{2,}["”“«]/u.test(asked)),
    isEnglish: flag(language === null || language === 'en'),
    // Object.fromEntries forgets the keys; they are those of `kinds`.
    ...(ofKind as Record<(typeof kinds)[number][0], number>),
  };
}

/** Measures a question before it is answered, in the order of `beforeNames`. `language` is ISO 639-1. */
export function questionFeatures(
  { task, text }: Pick<RoutingQuestion, 'task' | 'text'>,
  language: string | null,
  directions: Directions,
): readonly Measurement[] {
  const measured = questionMeasurements(task, text, language);
  const places = Array.from({ length: directionCount }, (_, at) => directions?.[at] ?? null);
  return [...questionNames.map((name) => measured[name]), ...places];
}

/** Measures a local answer; behind `questionFeatures`, in the order of `afterNames`. */
export function answerFeatures({
  supported,
  tokenProbability,
  confidence,
  isWithheld,
}: NonNullable<RoutingQuestion['localAnswer']>): readonly Measurement[] {
  const doubt = confidence === null ? null : flag(isWithheld) * (1 - confidence);
  return [supported, flag(supported !== null), tokenProbability, confidence, flag(isWithheld), doubt];
}
