import { firstNameOf } from '../names/first-names.ts';
import { beginsSmall, isParticle, mayBeName, nameWordsOf } from '../names/name-words.ts';
import type { NameWord } from '../names/name-words.ts';
import type { Identifier } from '../identifier.ts';

/** Most parts of a name beside the first, particles and initials among them. */
const mostParts = 5;

/** What stands between the parts of a name: blanks, the end of a line of quoted mail, the dot of an initial. */
const between = /^(?:[ \u00a0\t]{1,2}|\.[ \u00a0]|[ ]?\r?\n(?:[ \t>|]{0,8})|[ ]["“„«'][ ]?|["”“»'][ ])$/u;

/** A text as the finder goes through it. */
type Reading = { readonly text: string; readonly words: readonly NameWord[]; readonly lower: ReadonlySet<string> };

const gapBefore = ({ text, words }: Reading, index: number): string =>
  text.slice(words[index - 1]?.end ?? 0, words[index]?.start ?? 0);

/** Part of an address, a path or a name of a program: nobody's name by itself. */
function isInsideOther(text: string, { start, end }: NameWord): boolean {
  return /[@_/\\.\p{N}~#$=&?+-]/u.test(text[start - 1] ?? ' ')
    ? !/[.\s>"“-]/.test(text[start - 1] ?? ' ') || /[\p{L}\p{N}][.-]$/u.test(text.slice(Math.max(0, start - 2), start))
    : /^(?:[@_/\\=\p{N}+]|[.:]{1,2}[\p{L}\p{N}])/u.test(text.slice(end, end + 2));
}

const isInitial = (word: string): boolean => /^\p{Lu}$/u.test(word);

/** The index of the last word that belongs to the name which begins with the word at `first`. */
function lastPart(reading: Reading, first: number): number {
  const { text, words } = reading;
  let last = first;
  for (let index = first + 1; index <= first + mostParts && index < words.length; index += 1) {
    const word = words[index];
    const gap = gapBefore(reading, index);
    if (word === undefined || !between.test(gap)) break;
    // A full stop ends the sentence and the name with it, but for the dot of an initial.
    if (gap.startsWith('.') && !isInitial(words[index - 1]?.text ?? '')) break;
    if (isInitial(word.text) ? text[word.end] === '.' || /\s/.test(text[word.end] ?? '') : false) continue;
    if (isParticle(word.text)) continue;
    if (!mayBeName(word.text) || isInsideOther(text, word)) break;
    // A name at the end of a line goes on in the next only where that is no line of its own.
    if (gap.includes('\n') && !isRunningOn(reading, index)) break;
    last = index;
  }
  return last;
}

/** Whether the line goes on after the word in ordinary words, as the second line of a sentence does. */
function isRunningOn({ text, words }: Reading, index: number): boolean {
  const next = words[index + 1];
  const end = words[index]?.end ?? 0;
  return (
    next !== undefined &&
    /^[ ,;.)]/.test(text.slice(end, end + 1)) &&
    /^\p{Ll}/u.test(next.text) &&
    next.start <= end + 2 &&
    !/\n/.test(text.slice(end, next.start))
  );
}

/** A name that is also a word counts beside a family name that the text has nowhere as a word. */
function isNamed({ words, lower, text }: Reading, first: number, last: number): boolean {
  const family = words[last];
  if (family === undefined || last === first || lower.has(family.text.toLowerCase())) return false;
  const at = words[first]?.start ?? 0;
  const before = text
    .slice(Math.max(0, at - 4), at)
    .trimEnd()
    .at(-1);
  return before === undefined || !/[.!?:]/.test(before) || firstNameOf(family.text) === null;
}

/** `San Francisco`, `New York`, `St. Gallen`: names of places that were names of people. */
function isPlace(reading: Reading, index: number): boolean {
  const before = reading.words[index - 1]?.text ?? '';
  return (
    /^(?:San|Santa|Santo|Saint|St|Sankt|Ste|New|Fort|Port|Mount|Lake|Cape|El|Los|Las|Bad|Nueva|Nova|Rio)$/u.test(
      before,
    ) && /^\.?[ \u00a0-]$/.test(gapBefore(reading, index))
  );
}

/** Initials before a name: `J. Robert`. */
function withInitials(reading: Reading, first: number): number {
  let start = first;
  while (isInitial(reading.words[start - 1]?.text ?? '') && /^\.?[ \u00a0]$/.test(gapBefore(reading, start)))
    start -= 1;
  return start;
}

/** Length of the family name and the comma before a first name, where they begin a line, a cell or a quote: `SCHNEIDER, Anna`. */
function familyBefore(text: string, start: number): number {
  if (text.slice(start - 2, start) !== ', ') return 0;
  const before = /(?:^|[\n\t|;:"(>•-])[ \t]{0,4}(\p{Lu}[\p{L}'’-]{1,40}(?:[ ]\p{Lu}[\p{L}'’-]{1,40})?), $/u.exec(
    text.slice(Math.max(0, start - 100), start),
  );
  const family = before?.[1];
  return family === undefined || !family.split(' ').every(mayBeName) ? 0 : family.length + 2;
}

/** Names that begin with a first name of the lists, with what follows of them; family names alone are found by where they stand. */
export function findFirstNames(text: string): readonly Identifier[] {
  const words = nameWordsOf(text);
  const lower = new Set(words.flatMap(({ text: word }) => (beginsSmall(word) ? [word] : [])));
  const reading: Reading = { text, words, lower };
  const found: Identifier[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined || beginsSmall(word.text)) continue;
    const name = firstNameOf(word.text);
    if (name === null || !mayBeName(word.text) || isPlace(reading, index) || isInsideOther(text, word)) continue;
    const last = lastPart(reading, index);
    if (name.isAlsoWord && !isNamed(reading, index, last)) continue;
    const isShouted = /^\p{Lu}{3}/u.test(word.text);
    // A word in capitals by itself is a heading or an abbreviation more often than a name.
    if (isShouted && last === index) continue;
    const first = words[withInitials(reading, index)]?.start ?? word.start;
    const start = first - familyBefore(text, first);
    found.push({ kind: 'person', start, end: words[last]?.end ?? word.end });
    index = last;
  }
  return found;
}
