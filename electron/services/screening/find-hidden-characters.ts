import type { Finding } from '../../shared/screening.ts';

/** Runs of characters that show nothing. Which of them have a place in writing is decided by what stands around them. */
const candidates =
  /[\u{0}-\u{8}\u{b}\u{e}-\u{1f}\u{7f}-\u{84}\u{86}-\u{9f}\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]+/gu;

/** Scripts whose letters join or part by U+200C and U+200D (Unicode 17, chapters 9, 12, 13 and 16). */
const joiningScripts =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Thaana}]/u;
/** Scripts without spaces between words, where U+200B says where a line may break. */
const spacelessScripts =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Scripts that are written from right to left. */
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** How far around a mark of direction letters of such a script make it plausible, in characters. */
const directionReach = 400;

function characterBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(at - 2, at) : text.slice(Math.max(0, at - 1), at);
}
const characterAfter = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 32);

const isEmoji = (character: string): boolean =>
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u20e3\ufe0f]/u.test(character);

/** England, Scotland, Wales: a black flag, three to six letters and the end, as Unicode has them. */
const isFlag = (before: string, run: string): boolean =>
  before === '\u{1f3f4}' && /^[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{3,6}\u{e007f}\u200d?\ufe0f?$/u.test(run);

function isVariationInPlace(before: string, run: string): boolean {
  if (/^[\ufe0e\ufe0f]$/u.test(run)) return /[\p{Emoji}\p{S}\p{P}]/u.test(before);
  if (/^\ufe0f\u200d$/u.test(run)) return isEmoji(before) || /\p{Emoji}/u.test(before);
  if (/^[\u{e0100}-\u{e01ef}]$/u.test(run)) return /\p{Script=Han}/u.test(before);
  if (/^[\u180b-\u180d\u180f]$/u.test(run)) return /\p{Script=Mongolian}/u.test(before);
  return /^[\ufe00-\ufe0d]$/u.test(run) && /[\p{Sm}\p{Script=Han}\p{Script=Myanmar}\p{Script=Phags_Pa}]/u.test(before);
}

function isDirectionInPlace(text: string, start: number, end: number, run: string): boolean {
  // An override shows letters in an order that is not theirs: no writing needs it.
  if (!/^[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]{1,2}$/u.test(run)) return false;
  return rightToLeft.test(text.slice(Math.max(0, start - directionReach), end + directionReach));
}

/** Whether writing has a use for this run in this place. */
function isInPlace(text: string, start: number, run: string): boolean {
  const end = start + run.length;
  const [before, after] = [characterBefore(text, start), characterAfter(text, end)];
  if (run === '\ufeff') return start === 0;
  if (run === '\u200d' && isEmoji(before)) return /\p{Extended_Pictographic}/u.test(after);
  if (/^[\u200c\u200d]$/.test(run)) return joiningScripts.test(before);
  if (run === '\u200b') return spacelessScripts.test(before) || spacelessScripts.test(after);
  // A word joiner, once, is how some programs keep a line from breaking.
  if (run === '\u2060') return /\S/u.test(before) && /\S/u.test(after) && !/[A-Za-z]/.test(before + after);
  return isFlag(before, run) || isVariationInPlace(before, run) || isDirectionInPlace(text, start, end, run);
}

/** Characters that show nothing and have no use where they stand: words hidden from the reader, or order that deceives. */
export function findHiddenCharacters(text: string): readonly Finding[] {
  return [...text.matchAll(candidates)].flatMap(({ 0: run, index }) =>
    isInPlace(text, index, run) ? [] : [{ kind: 'hidden-characters' as const, start: index, end: index + run.length }],
  );
}
