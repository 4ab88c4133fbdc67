import type { Heading } from '../../parsing/document-reader.ts';
import { sentenceSpans, trimmedSpan } from '../../shared/sentences.ts';
import type { Span } from '../../shared/sentences.ts';

/** A part of the document that gets a summary of its own, and the stretches in which the model reads it. */
export type PlannedSection = Span & {
  readonly title: string;
  /** In order and without gaps: together they are the section. */
  readonly stretches: readonly Span[];
};

/** Sections with less than this share of a stretch are read together with their neighbours. */
const smallShare = 0.4;

/** Titles of neighbours that are read together, at most. */
const titleLimit = 3;

/** Characters of the opening words that name a part without a heading. */
const openingLength = 60;

type Part = Span & { readonly titles: readonly string[] };

/** More parts than this at one level of headings are too many to be told one by one. */
const partLimit = 40;

/** Where a stretch may end, best first: before a heading or a page, at a paragraph, a line, a sentence, a word; else anywhere but within a character. */
function cutBefore(text: string, start: number, limit: number, borders: readonly number[]): number {
  const earliest = start + Math.floor((limit - start) / 2);
  const border = borders.findLast((at) => at > earliest && at <= limit);
  if (border !== undefined) return border;
  const window = text.slice(earliest, limit);
  const paragraph = [...window.matchAll(/\n\s*\n/g)].at(-1);
  if (paragraph) return earliest + paragraph.index + paragraph[0].length;
  const line = window.lastIndexOf('\n');
  if (line !== -1) return earliest + line + 1;
  const sentence = [...sentenceSpans(window)].at(-2);
  if (sentence) return earliest + sentence.end;
  const word = window.lastIndexOf(' ');
  if (word !== -1) return earliest + word + 1;
  return /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
}

/** Cuts a span into stretches of at most `stretchCharacters`, of about equal length, best before one of the `borders`. */
export function cutStretches(
  text: string,
  { start, end }: Span,
  stretchCharacters: number,
  borders: readonly number[] = [],
): readonly Span[] {
  const inside = borders.filter((at) => at > start && at < end);
  const stretches: Span[] = [];
  for (let from = start; from < end;) {
    const left = end - from;
    const pieces = Math.ceil(left / stretchCharacters);
    // Equal pieces, with room to end at a paragraph: a last stretch of two lines would be summarised out of context.
    const limit = Math.min(from + stretchCharacters, from + Math.ceil((left / pieces) * 1.15));
    const to = pieces === 1 ? end : Math.max(from + 1, cutBefore(text, from, limit, inside));
    stretches.push({ start: from, end: to });
    from = to;
  }
  return stretches;
}

function partsAtHeadings(text: string, headings: readonly Heading[]): readonly Part[] {
  const starts = [...new Map(headings.map((heading) => [heading.start, heading.title]))];
  const first = starts[0]?.[0] ?? text.length;
  const opening: Part[] = trimmedSpan(text, 0, first) ? [{ start: 0, end: first, titles: [] }] : [];
  const parts = starts.map(([start, title], index) => ({
    start: index === 0 && opening.length === 0 ? 0 : start,
    end: starts[index + 1]?.[0] ?? text.length,
    titles: [title],
  }));
  return [...opening, ...parts];
}

function joinSmall(parts: readonly Part[], smallCharacters: number): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isSmall = last !== undefined && part.end - last.start <= smallCharacters;
    if (isSmall) joined[joined.length - 1] = { ...last, end: part.end, titles: [...last.titles, ...part.titles] };
    else joined.push(part);
  }
  return joined;
}

function titleOf(text: string, { start, end, titles }: Part): string {
  if (titles.length > 0) return titles.slice(0, titleLimit).join(' · ');
  const line = text
    .slice(start, Math.min(end, start + 4 * openingLength))
    .trim()
    .replaceAll(/\s+/g, ' ');
  return line.length <= openingLength ? line : `${line.slice(0, openingLength).replace(/\s+\S*$/, '')}…`;
}

/**
 * The headings that part a document: those of the deepest level with which there are at least two and not too many; of
 * the outermost level that has two where every level has too many.
 */
function partingHeadings(headings: readonly Heading[]): readonly Heading[] {
  const levels = [...new Set(headings.map(({ level }) => level))].sort((one, other) => one - other);
  const choices = levels
    .map((limit) => headings.filter(({ level }) => level <= limit))
    .filter(({ length }) => length > 1);
  return choices.findLast(({ length }) => length <= partLimit) ?? choices[0] ?? headings;
}

/**
 * Plans how a document is read: along its headings, where small neighbours are read together and long sections in
 * several stretches; along its pages where it has no headings, stretch by stretch where it has neither. Every character
 * of the text is in exactly one stretch. `pageStarts` are offsets.
 */
export function planSections(
  text: string,
  headings: readonly Heading[],
  stretchCharacters: number,
  pageStarts: readonly number[] = [],
): readonly PlannedSection[] {
  const borders = [...new Set([...headings.map(({ start }) => start), ...pageStarts])].sort((a, b) => a - b);
  const whole = { start: 0, end: text.length };
  const parts =
    headings.length === 0
      ? cutStretches(text, whole, stretchCharacters, borders).map((span) => ({ ...span, titles: [] }))
      : joinSmall(partsAtHeadings(text, partingHeadings(headings)), stretchCharacters * smallShare);
  return parts.map((part) => ({
    start: part.start,
    end: part.end,
    title: titleOf(text, part),
    stretches: cutStretches(text, part, stretchCharacters, borders),
  }));
}
