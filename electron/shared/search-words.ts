/** A word as a search compares it, and where it stands in the text: `start` included, `end` excluded, in UTF-16 code units. */
export type SearchWord = { readonly word: string; readonly start: number; readonly end: number };

/** Longer words are compared by this many code units; a line of base64 is no word that anybody types. */
const longestWord = 96;

const unspacedScripts = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}`;
// A letter of a script without spaces, or a pictograph, is a word of its own, so that any stretch of them can be found as
// a phrase. Soft hyphens and joiners do not end a word.
const unspaced = String.raw`[[${unspacedScripts}]&&[\p{L}\p{N}]]|\p{Extended_Pictographic}`;
const spaced = String.raw`[[\p{L}\p{N}]--[${unspacedScripts}]]`;
const wordPattern = String.raw`(?:${unspaced})[\p{M}\p{EMod}]*|${spaced}(?:${spaced}|[\p{M}\u00ad\u200c\u200d\u2060])*`;

const startsUnspaced = new RegExp(String.raw`^(?:${unspaced})`, 'v');

/** Accents and vowel points: marks that may be left out in writing. Marks that make another letter, as in Hindi, stay. */
const optionalMarks = new RegExp(
  String.raw`[\u{300}-\u{36f}\u{591}-\u{5bd}\u{5bf}\u{5c1}\u{5c2}\u{5c4}\u{5c5}\u{5c7}\u{610}-\u{61a}\u{64b}-\u{65f}` +
    String.raw`\u{670}\u{1ab0}-\u{1aff}\u{1dc0}-\u{1dff}\u{20d0}-\u{20ff}\u{fe00}-\u{fe0f}\u{fe20}-\u{fe2f}]`,
  'gu',
);
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};

function fold(word: string): string {
  if (/^[\0-\x7f]*$/.test(word)) return word.slice(0, longestWord).toLowerCase();
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(optionalMarks, '')
    .replace(/[ßæœøłđðþıς]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/gu, '')
    .normalize('NFC')
    .slice(0, longestWord)
    .replace(/[\ud800-\udbff]$/, '');
}

/**
 * The words of a text from offset `from` on, folded: case, accents and ways of encoding do not count, `ß` is `ss`. A
 * letter of a script that is written without spaces is a word of its own. Folded words hold no space and no ASCII sign.
 */
export function* searchWords(text: string, from = 0): Generator<SearchWord> {
  const pattern = new RegExp(wordPattern, 'gv');
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const word = fold(match[0]);
    if (word !== '') yield { word, start: match.index, end: match.index + match[0].length };
  }
}

/** True for a word of a script that is written without spaces: its beginning is all of it. */
export function isUnspaced(word: string): boolean {
  return startsUnspaced.test(word);
}
