import type { Finding } from '../../shared/screening.ts';

/**
 * Runs of characters that show nothing: controls, and what Unicode calls default ignorable, but for the soft hyphen. Which
 * of them have a place in writing is decided by what stands around them.
 */
const candidates = /(?:(?![\t\n\f\r\u0085\u00ad])[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9\ufffa\ufffb])+/gu;

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
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}/u.test(character) || character === '\u20e3' || character === '\ufe0f';

const pointsOf = (run: string): readonly number[] => Array.from(run, (character) => character.codePointAt(0) ?? 0);
const isBetween = (point: number, first: number, last: number): boolean => point >= first && point <= last;

/** England, Scotland, Wales: a black flag, three to six letters or digits as tags, and the tag that ends them. */
function isFlag(before: string, points: readonly number[]): boolean {
  const end = points.indexOf(0xe007f);
  const isTag = (point: number): boolean => isBetween(point, 0xe0061, 0xe007a) || isBetween(point, 0xe0030, 0xe0039);
  return (
    before === '\u{1f3f4}' && isBetween(end, 3, 6) && points.slice(0, end).every(isTag) && end === points.length - 1
  );
}

/** One selector after what it can select of, as Unicode's lists of variation sequences have it. */
function isVariationInPlace(before: string, [point = 0, joiner, ...others]: readonly number[]): boolean {
  if (others.length > 0 || (joiner !== undefined && !(point === 0xfe0f && joiner === 0x200d))) return false;
  if (isBetween(point, 0xfe0e, 0xfe0f)) return /[\p{Emoji}\p{S}\p{P}]/u.test(before);
  if (isBetween(point, 0xe0100, 0xe01ef)) return /\p{Script=Han}/u.test(before);
  if (isBetween(point, 0x180b, 0x180f)) return /\p{Script=Mongolian}/u.test(before);
  return (
    isBetween(point, 0xfe00, 0xfe0d) && /[\p{Sm}\p{Script=Han}\p{Script=Myanmar}\p{Script=Phags_Pa}]/u.test(before)
  );
}

function isDirectionInPlace(text: string, start: number, end: number, points: readonly number[]): boolean {
  // An override shows letters in an order that is not theirs: no writing needs it.
  const isMark = (point: number): boolean =>
    point === 0x61c ||
    isBetween(point, 0x200e, 0x200f) ||
    isBetween(point, 0x202a, 0x202c) ||
    isBetween(point, 0x2066, 0x2069);
  if (points.length > 2 || !points.every(isMark)) return false;
  return rightToLeft.test(text.slice(Math.max(0, start - directionReach), end + directionReach));
}

/** Whether writing has a use for this run in this place. */
function isInPlace(text: string, start: number, run: string): boolean {
  const end = start + run.length;
  const [before, after] = [characterBefore(text, start), characterAfter(text, end)];
  const points = pointsOf(run);
  if (run === '\ufeff') return start === 0;
  if (run === '\u200d' && isEmoji(before)) return /\p{Extended_Pictographic}/u.test(after);
  if (run === '\u200c' || run === '\u200d') return joiningScripts.test(before);
  if (run === '\u200b') return spacelessScripts.test(before) || spacelessScripts.test(after);
  // A word joiner, once, is how some programs keep a line from breaking.
  if (run === '\u2060') return /\S/u.test(before) && /\S/u.test(after) && !/[A-Za-z]/.test(before + after);
  return isFlag(before, points) || isVariationInPlace(before, points) || isDirectionInPlace(text, start, end, points);
}

/** Characters that show nothing and have no use where they stand: words hidden from the reader, or order that deceives. */
export function findHiddenCharacters(text: string): readonly Finding[] {
  return [...text.matchAll(candidates)].flatMap(({ 0: run, index }) =>
    isInPlace(text, index, run) ? [] : [{ kind: 'hidden-characters' as const, start: index, end: index + run.length }],
  );
}
