import { namesIn, numbersIn } from '../../shared/content-words.ts';

/** What an answer must have in it, told by how the question asks. */
export type ExpectedAnswer = 'number' | 'time' | 'person' | 'place' | null;

const patterns: readonly (readonly [Exclude<ExpectedAnswer, null>, RegExp])[] = [
  [
    'time',
    /\bwhen\b|\b(?:what|which) (?:[\w-]+ ){0,2}(?:year|date|day|month|century|time)\b|\bhow long\b|\bby what date\b|\bwann\b|\b(?:welche[rsmn]?|wie) (?:jahr|datum|tag|monat|lange)\b/iu,
  ],
  [
    'number',
    /\bhow (?:many|much|old|far|large|big|high|often)\b|\b(?:what|which) (?:[\w-]+ ){0,3}(?:size|length|percentage|age|number|amount|price|cost)\b|\bwie ?(?:viele?|alt|hoch|oft|groß|teuer)\b/iu,
  ],
  ['person', /\b(?:who|whom|whose|wer|wen|wem|wessen)\b/iu],
  ['place', /\b(?:where|wo|wohin|woher)\b|\b(?:what|which) (?:[\w-]+ ){0,2}(?:directory|file|place|city|country)\b/iu],
];

/** The kind of answer that a question in English or German asks for; null where its words do not tell. */
export function expectedAnswer(question: string): ExpectedAnswer {
  return patterns.find(([, pattern]) => pattern.test(question))?.[0] ?? null;
}

const timeWords =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|today|tomorrow|yesterday|years?|months?|weeks?|days?|hours?|minutes?|jahre?n?|monate?n?|wochen?|tagen?|stunden?|before|after|until)\b/iu;

/** Whether a sentence has in it what is expected; a sentence without it cannot be the whole answer. */
export function hasExpected(expected: Exclude<ExpectedAnswer, null>, sentence: string): boolean {
  switch (expected) {
    case 'number':
      return numbersIn(sentence).size > 0;
    case 'time':
      return numbersIn(sentence).size > 0 || timeWords.test(sentence);
    case 'person':
      return namesIn(sentence).size > 0 || /\b(?:he|she|they|the \w+(?:er|or|ist|ian)s?|er|sie)\b/iu.test(sentence);
    case 'place':
      return /[/\\]\w|\b(?:in|at|on|under|near|from|to|im|am|bei|aus|nach)\b/iu.test(sentence);
  }
}
