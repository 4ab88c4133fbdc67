import type { MessageHit } from '../../shared/message-search.ts';
import { endsTermAt } from '../../shared/search-query.ts';
import type { SearchTerm } from '../../shared/search-query.ts';
import { isUnspaced, searchWords } from '../../shared/search-words.ts';
import type { SearchWord } from '../../shared/search-words.ts';

/** UTF-16 code units that a snippet has at most, its ellipses included. */
export const snippetLength = 160;
/** Of those, what stands before the first match at most. */
const contextLength = 48;
/** Code units of the text that are looked at for one snippet: blank lines and signs without a width shrink to nothing. */
const windowLength = 4 * snippetLength;

type Snippet = Pick<MessageHit, 'snippet' | 'matches'>;
type Range = { readonly start: number; readonly end: number };

/** White space and control signs, with the signs that turn the direction of writing, which could make a hit read otherwise. */
const gap = /[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const isLowSurrogate = (text: string, index: number): boolean => /[\udc00-\udfff]/.test(text.charAt(index));

/** Where terms stand among the words, in order; those that overlap become one. */
function rangesOf(words: readonly SearchWord[], terms: readonly SearchTerm[]): readonly Range[] {
  const ranges = words.flatMap((last, index) =>
    terms.flatMap((term) => {
      const first = words[index - term.words.length + 1];
      return first !== undefined && endsTermAt(term, words, index) ? [{ start: first.start, end: last.end }] : [];
    }),
  );
  const merged: Range[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const previous = merged.at(-1);
    if (previous === undefined || range.start >= previous.end) merged.push(range);
    else merged[merged.length - 1] = { start: previous.start, end: Math.max(previous.end, range.end) };
  }
  return merged;
}

/** From this length on, a look through all words of a text would be felt where it is done for every hit. */
const longText = 20_000;
/** Places of a long text that are looked at more closely, one after the other. */
const candidateLimit = 100;

/** Start of the first term among the words of a text; null when none stands in it. */
function findByWords(text: string, terms: readonly SearchTerm[]): number | null {
  const longest = Math.max(1, ...terms.map(({ words }) => words.length));
  let recent: SearchWord[] = [];
  for (const word of searchWords(text)) {
    recent.push(word);
    const found = terms.find((term) => endsTermAt(term, recent, recent.length - 1));
    if (found) return recent[recent.length - found.words.length]?.start ?? 0;
    if (recent.length > 8 * longest) recent = recent.slice(-longest);
  }
  return null;
}

/** As `findByWords` for one term that is written in the text as in the query, case aside; null also where it is not. */
function findByLetters(text: string, term: SearchTerm): number | null {
  const first = term.words[0] ?? '';
  const pattern = new RegExp(isUnspaced(first) ? first : String.raw`(?<![\p{L}\p{N}])${first}`, 'giu');
  let candidates = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const words = [...searchWords(text.slice(match.index, match.index + windowLength))];
    if (endsTermAt(term, words, term.words.length - 1)) return match.index;
    candidates += 1;
    if (candidates === candidateLimit) return null;
  }
  return null;
}

/** Start of the first match; 0 when there is none. In a long text it may be a later one. */
function findFirst(text: string, terms: readonly SearchTerm[]): number {
  if (text.length < longText) return findByWords(text, terms) ?? 0;
  const starts = terms.flatMap((term) => findByLetters(text, term) ?? []);
  return starts.length > 0 ? Math.min(...starts) : (findByWords(text, terms) ?? 0);
}

function beginBefore(text: string, first: number): number {
  if (first <= contextLength) return 0;
  const context = text.slice(first - contextLength, first);
  const border = context.search(gap);
  if (border !== -1) return first - contextLength + border + 1;
  const start = first - contextLength;
  // Without a gap it is a script without spaces or one long word: any place but the middle of a sign.
  return isLowSurrogate(text, start) || /^\p{M}/u.test(text.slice(start)) ? start + 1 : start;
}

/** The text from `start` on as one line, and for each offset in the line the one in the text; cut where it is long. */
function toLine(text: string, start: number, room: number) {
  const origins: number[] = [];
  let line = '';
  let border = 0;
  let index = start;
  const end = Math.min(text.length, start + windowLength);
  for (; index < end && line.length < room; index += 1) {
    const sign = text.charAt(index);
    const isGap = gap.test(sign);
    if (isGap && (line === '' || line.endsWith(' '))) continue;
    if (isGap) border = line.length;
    line += isGap ? ' ' : sign;
    origins.push(index);
  }
  const isCut = text.slice(index, index + windowLength).trim() !== '' || index + windowLength < text.length;
  if (!isCut) return { line: line.trimEnd(), origins, isCut };
  const isInWord = !gap.test(text.charAt(index));
  if (isInWord && border > room / 2) return { line: line.slice(0, border), origins, isCut };
  return { line: line.trimEnd().replace(/[\ud800-\udbff]$/, ''), origins, isCut };
}

/** The words around the first match in one line, and where the matches stand in it. */
export function makeSnippet(text: string, terms: readonly SearchTerm[]): Snippet {
  const start = beginBefore(text, findFirst(text, terms));
  const head = start > 0 ? '…' : '';
  const { line, origins, isCut } = toLine(text, start, snippetLength - 2);
  const lineEnd = (origins[line.length - 1] ?? start - 1) + 1;
  const words = [...searchWords(text.slice(start, lineEnd + windowLength))];
  const ranges = rangesOf(words, terms);
  const offsetOf = (origin: number): number => {
    const offset = origins.findIndex((one) => one >= origin);
    return Math.min(offset === -1 ? line.length : offset, line.length);
  };
  const matches = ranges.flatMap((range) => {
    const from = offsetOf(start + range.start);
    const to = offsetOf(start + range.end);
    return from < to ? [{ start: head.length + from, end: head.length + to }] : [];
  });
  return { snippet: `${head}${line}${isCut ? '…' : ''}`, matches };
}
