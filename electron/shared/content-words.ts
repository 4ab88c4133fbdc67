import { porterStem } from './porter-stem.ts';

const stopWords = new Set(
  (
    'a about after all also am an and any are as at be been before being but by can could did do does doing down each ' +
    'few for from further had has have having he her here hers him his how i if in into is it its just let like may me might more ' +
    'most must my no nor not of off on once only or other our out over own same shall she should so some such than ' +
    'that the their them then there these they this those through to too under until up upon us very was we were what when ' +
    'where which while who whom whose why will with would yes you your ' +
    'aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dem den denn der des die dies diese diesem diesen dieser dieses ' +
    'doch du durch ein eine einem einen einer eines er es für hat hatte ich ihm ihn ihr ihre im ist ja kann kein keine man mit nach ' +
    'nicht noch nur ob oder ohne sehr sein seine sich sie sind so soll um und uns unser unter vom von vor war waren was wenn wer werden ' +
    'wie wir wird wo wurde wurden zu zum zur'
  ).split(' '),
);

/**
 * The stem that forms of a word share, in lower case and without marks on its letters: Porter's, as the full-text index has
 * them, and without the plural `en` of German, which Porter leaves. Meant for comparing words, not for showing them.
 */
export function stem(word: string): string {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replace(/['’]s?$/, '');
  return porterStem(plain).replace(/(?<=.{4})en$/, '');
}

/** Stems of the words that carry meaning, numbers among them; articles, pronouns and the like left out. */
export function contentWords(text: string): ReadonlySet<string> {
  const words =
    text.toLowerCase().match(/\p{N}+(?:[.,]\p{N}+)*(?![\p{L}\p{N}])|[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu) ?? [];
  return new Set(
    words.filter((word) => !stopWords.has(word)).map((word) => (/^\p{N}/u.test(word) ? numberKey(word) : stem(word))),
  );
}

const numberKey = (number: string): string => number.replaceAll(/[.,](?=\d{3}(?:\D|$))/g, '');

const numberWords = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [word, `${value}`]),
);

/** Numbers of a text in a form that can be compared (`1,000` and `1000` are the same); number words up to twelve too. */
export function numbersIn(text: string): ReadonlySet<string> {
  const digits = (text.match(/\p{N}+(?:[.,:]\p{N}+)*/gu) ?? []).map(numberKey);
  const words = (text.toLowerCase().match(/\p{L}+/gu) ?? []).flatMap((word) => numberWords.get(word) ?? []);
  return new Set([...digits, ...words]);
}

/** Digits of a text, without number words: what a statement must not invent. */
export function digitsIn(text: string): ReadonlySet<string> {
  return new Set((text.match(/\p{N}+(?:[.,:]\p{N}+)*/gu) ?? []).map(numberKey));
}

/**
 * Names of a text, as lower-case stems: capitalised words that do not begin a sentence or have another beside them, and words with a capital inside. In a
 * language that writes nouns with capitals these are all nouns, which is stricter and still right.
 */
export function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(/\p{L}[\p{L}\p{M}\p{N}'’]*/gu)) {
    const before = text.slice(Math.max(0, match.index - 3), match.index);
    const beginsSentence = match.index === 0 || /[.!?:;"“”‘(\n]\s*$/.test(before);
    const isCapitalised = /^\p{Lu}/u.test(match[0]) && !stopWords.has(match[0].toLowerCase());
    const opensName = /^ \p{Lu}/u.test(text.slice(match.index + match[0].length));
    if (isCapitalised && (!beginsSentence || opensName)) names.add(stem(match[0]));
    else if (/\p{Ll}\p{Lu}/u.test(match[0])) names.add(stem(match[0]));
  }
  return names;
}
