/** A text as a model would read it, and where each of its characters stands in the text itself. */
export type TextView = {
  readonly text: string;
  /** Offset in the original of the character at `index`; the original's length for an index at the end. */
  originalIndex(index: number): number;
};

/** Characters that no reader sees, as `find-hidden-characters` knows them, and marks of Markdown that split words. */
const unseen =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb*`~]|\u{e0000}|[\u{e0001}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/u;
/** Letters in dress: full width, mathematical, circled. */
const dressed = /[\u2460-\u24ff\uff01-\uff5e]|[\u{1d400}-\u{1d7ff}]|[\u{1f130}-\u{1f189}]/u;
const strange = new RegExp(`${unseen.source}|${dressed.source}`, 'u');

/** Letters of other alphabets that look like Latin ones; Unicode's confusables (UTS 39), the common ones. */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['аa', 'еe', 'оo', 'рp', 'сc', 'уy', 'хx', 'іi', 'ѕs', 'јj', 'ԁd', 'һh', 'ɡg', 'ӏl', 'ԛq', 'ԝw', 'вb', 'нh'],
    ...['АA', 'ВB', 'ЕE', 'КK', 'МM', 'НH', 'ОO', 'РP', 'СC', 'ТT', 'Хx', 'ІI', 'ЅS', 'тt', 'мm', 'кk', 'пn', 'гr'],
    ...[
      'αa',
      'εe',
      'ιi',
      'κk',
      'νv',
      'οo',
      'ρp',
      'τt',
      'υu',
      'ΑA',
      'ΒB',
      'ΕE',
      'ΙI',
      'ΚK',
      'ΜM',
      'ΝN',
      'ΟO',
      'ΡP',
      'ΤT',
    ],
  ].map(([looks = '', is = '']) => [looks, is]),
);

/** Words that mix Latin letters with letters that look like them. One length in, one length out. */
function withoutLookalikes(text: string): string {
  if (!/[\u0370-\u052f]/.test(text) && !text.includes('ɡ')) return text;
  return text.replaceAll(/\p{L}+/gu, (word) =>
    /[A-Za-z]/.test(word) ? word.replaceAll(/[^A-Za-z]/g, (letter) => lookalikes[letter] ?? letter) : word,
  );
}

/** The text without what nobody sees, letters in plain dress. */
export function viewText(text: string): TextView {
  if (!strange.test(text)) return { text: withoutLookalikes(text), originalIndex: (index) => index };
  const places: number[] = [];
  let plain = '';
  let at = 0;
  for (const character of text) {
    if (!unseen.test(character)) {
      const shown = dressed.test(character) ? character.normalize('NFKC') : character;
      for (let unit = 0; unit < shown.length; unit += 1) places.push(at);
      plain += shown;
    }
    at += character.length;
  }
  return { text: withoutLookalikes(plain), originalIndex: (index) => places[index] ?? text.length };
}
