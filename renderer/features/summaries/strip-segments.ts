import type { DocumentPage } from '../../../electron/shared/document.ts';
import type { Coverage, SummarySection } from '../../../electron/shared/summary.ts';

/** A stretch of the text, in UTF-16 code units; `end` is not part of it. */
export type Stretch = { readonly start: number; readonly end: number };

/** One piece of the strip: some pages, or a section of a text without pages. */
export type StripSegment = Stretch & {
  /** Share of the strip's width. */
  readonly weight: number;
  /** Null for texts without pages. */
  readonly pages: { readonly first: number; readonly last: number } | null;
  /** The first section that begins here; null without one. */
  readonly title: string | null;
  /** Share that was read, 0 to 1. */
  readonly share: number;
  readonly unreadablePages: number;
};

export type StripSource = {
  readonly coverage: Coverage;
  readonly pages: readonly DocumentPage[];
  readonly sections: readonly Pick<SummarySection, 'title' | 'place'>[];
  /** What was read, in any order. */
  readonly read: readonly Stretch[];
};

/** Sorted, without overlaps. */
function mergeStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = [];
  for (const { start, end } of stretches.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, end) };
    else merged.push({ start, end });
  }
  return merged;
}

/** Where reading got to: all of it once all is counted as read, the stretches where they are known, else from the start. */
function stretchesRead({ coverage, read }: StripSource): readonly Stretch[] {
  const { characters, charactersRead } = coverage;
  if (charactersRead >= characters) return [{ start: 0, end: Number.MAX_SAFE_INTEGER }];
  return read.length > 0 ? mergeStretches(read) : [{ start: 0, end: charactersRead }];
}

function shareOf({ start, end }: Stretch, read: readonly Stretch[]): number {
  // A page without text is passed by as soon as what lies before it is read.
  if (end <= start) return read.some((stretch) => stretch.start <= start && start <= stretch.end) ? 1 : 0;
  const length = read.reduce(
    (sum, stretch) => sum + Math.max(0, Math.min(end, stretch.end) - Math.max(start, stretch.start)),
    0,
  );
  return Math.min(1, length / (end - start));
}

/** At most `limit` groups of neighbours, as even as they can be. */
function inGroups<T>(items: readonly T[], limit: number): readonly (readonly [T, ...T[]])[] {
  const count = Math.min(items.length, limit);
  return Array.from({ length: count }, (_, at) =>
    items.slice(Math.floor((at * items.length) / count), Math.floor(((at + 1) * items.length) / count)),
  ).flatMap(([first, ...rest]): readonly [T, ...T[]][] => (first === undefined ? [] : [[first, ...rest]]));
}

type Piece = Stretch & { readonly title: string | null };

/** The sections, and what lies between them, from the first to the last character. */
function pieces({ coverage: { characters }, sections }: StripSource): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { title, place } of sections.toSorted((a, b) => a.place.start - b.place.start)) {
    if (place.start > at) found.push({ start: at, end: place.start, title: null });
    const start = Math.max(at, place.start);
    if (place.end > start) found.push({ start, end: place.end, title });
    at = Math.max(at, place.end);
  }
  return at < characters ? [...found, { start: at, end: characters, title: null }] : found;
}

const isUnreadable = ({ reading }: DocumentPage): boolean => reading === 'unreadable' || reading === 'skipped';

/** The document from its first to its last page in at most `limit` pieces; empty for a document without text or pages. */
export function stripSegments(source: StripSource, limit: number): readonly StripSegment[] {
  const read = stretchesRead(source);
  if (source.pages.length > 0) {
    return inGroups(source.pages, limit).map((group) => {
      const [first] = group;
      const last = group.at(-1) ?? first;
      const stretch = { start: first.start, end: last.end };
      const begun = source.sections.find(({ place }) => place.start >= stretch.start && place.start < stretch.end);
      return {
        ...stretch,
        weight: group.length,
        pages: { first: first.page, last: last.page },
        title: begun?.title ?? null,
        share: shareOf(stretch, read),
        unreadablePages: group.filter(isUnreadable).length,
      };
    });
  }
  return inGroups(pieces(source), limit).map((group) => {
    const stretch = { start: group[0].start, end: (group.at(-1) ?? group[0]).end };
    return {
      ...stretch,
      weight: stretch.end - stretch.start,
      pages: null,
      title: group.find(({ title }) => title !== null)?.title ?? null,
      share: shareOf(stretch, read),
      unreadablePages: 0,
    };
  });
}
