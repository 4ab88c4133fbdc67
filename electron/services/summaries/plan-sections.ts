import type { Heading } from '../../parsing/document-reader.ts';
import type { LineRange } from '../../shared/place.ts';
import { sentenceSpans, trimmedSpan } from '../../shared/sentences.ts';
import type { Span } from '../../shared/sentences.ts';

/** A part of the document that gets a summary of its own, and the stretches in which the model reads it. */
export type PlannedSection = Span & {
  readonly title: string;
  /** Blank lines around the section left out. */
  readonly lines: LineRange;
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

/** Where a stretch may end, best first: at a paragraph, a line, a sentence, a word; else anywhere but within a character. */
function cutBefore(text: string, start: number, limit: number): number {
  const earliest = start + Math.floor((limit - start) / 2);
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

/** Cuts a span into stretches of at most `stretchCharacters`, of about equal length. */
export function cutStretches(text: string, { start, end }: Span, stretchCharacters: number): readonly Span[] {
  const stretches: Span[] = [];
  for (let from = start; from < end;) {
    const left = end - from;
    const pieces = Math.ceil(left / stretchCharacters);
    // Equal pieces, with room to end at a paragraph: a last stretch of two lines would be summarised out of context.
    const limit = Math.min(from + stretchCharacters, from + Math.ceil((left / pieces) * 1.15));
    const to = pieces === 1 ? end : Math.max(from + 1, cutBefore(text, from, limit));
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

/** Counts lines from 1; offsets must not go back, so that a long document is counted once. */
function createLineCounter(text: string): (offset: number) => number {
  let line = 1;
  let countedTo = 0;
  return (offset) => {
    for (let at = text.indexOf('\n', countedTo); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
    countedTo = Math.max(countedTo, offset);
    return line;
  };
}

/**
 * Plans how a document is read: along its headings, where small neighbours are read together and long sections in
 * several stretches; without headings, stretch by stretch. Every character of the text is in exactly one stretch.
 */
export function planSections(
  text: string,
  headings: readonly Heading[],
  stretchCharacters: number,
): readonly PlannedSection[] {
  const parts =
    headings.length === 0
      ? cutStretches(text, { start: 0, end: text.length }, stretchCharacters).map((span) => ({ ...span, titles: [] }))
      : joinSmall(partsAtHeadings(text, headings), stretchCharacters * smallShare);
  const lineAt = createLineCounter(text);
  return parts.map((part) => {
    const words = trimmedSpan(text, part.start, part.end) ?? part;
    return {
      start: part.start,
      end: part.end,
      title: titleOf(text, part),
      lines: { first: lineAt(words.start), last: lineAt(words.end) },
      stretches: cutStretches(text, part, stretchCharacters),
    };
  });
}
