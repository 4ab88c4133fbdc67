import { sentenceSpans, trimmedSpan } from '../../shared/sentences.ts';
import type { Span } from '../../shared/sentences.ts';
import type { PassageSpan } from '../protocol.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { ExtractedDocument, ExtractedTable } from './extracted-document.ts';
import type { FoundHeading } from './find-headings.ts';

/**
 * No passage is estimated at more tokens; most have three quarters of it and up, which is about 130 English words. The
 * built-in embedder reads passages of this size best; its window is 512.
 */
export const passageLimitTokens = 260;

/** How good a place to end a passage is: inside a sentence, after one, at a line's end, at a paragraph's. */
type Strength = 0 | 1 | 2 | 3;

/** A stretch that is not cut further, and how well a passage may end after it. */
type Atom = Span & { readonly tokens: number; readonly strength: Strength };

/** A run of words that fits, for text without sentences: lists, tables, code, one endless line. */
function* wordRuns(text: string, span: Span): Generator<Span> {
  let start = span.start;
  let tokens = 0;
  const words = /\S{1,64}/gu;
  words.lastIndex = span.start;
  for (let match = words.exec(text); match && match.index < span.end; match = words.exec(text)) {
    // The last word may reach past the sentence when nothing separates it from the next.
    const end = Math.min(match.index + match[0].length, span.end);
    const size = estimateTokens(text.slice(match.index, end));
    if (tokens > 0 && tokens + size > passageLimitTokens / 2) {
      yield* trimmed(text, start, match.index);
      start = match.index;
      tokens = 0;
    }
    tokens += size;
  }
  yield* trimmed(text, start, span.end);
}

function* trimmed(text: string, start: number, end: number): Generator<Span> {
  const span = trimmedSpan(text, start, end);
  if (span) yield span;
}

function endStrength(text: string, end: number): Strength {
  const gap = /^[^\S\n]*(\n\s*)?/.exec(text.slice(end, end + 80))?.[1];
  if (gap === undefined) return 1;
  return /\n[^\S\n]*\n/.test(gap) ? 3 : 2;
}

/** Lines that are units of their own: list items, table rows, turns of a meeting. */
const lineUnit = /^[ \t]*(?:[-*+•|]|\[?\(?\d+[\])."]|[\p{Lu}][\p{L} .'’-]{0,40}:\s)/mu;

function* sentencesAndLines(text: string, section: Span): Generator<Span> {
  for (const sentence of sentenceSpans(text, section.start, section.end)) {
    const content = text.slice(sentence.start, sentence.end);
    if (!content.includes('\n')) {
      yield sentence;
      continue;
    }
    let start = sentence.start;
    for (let at = content.indexOf('\n'); at !== -1; at = content.indexOf('\n', at + 1)) {
      if (!lineUnit.test(content.slice(at + 1, at + 120).split('\n', 1)[0] ?? '')) continue;
      yield* trimmed(text, start, sentence.start + at);
      start = sentence.start + at + 1;
    }
    yield* trimmed(text, start, sentence.end);
  }
}

/** Lines as they are: rows of tables, and source code, which has no sentences. */
function* linesOf(text: string, { start, end }: Span): Generator<Span> {
  for (let from = start; from < end;) {
    const found = text.indexOf('\n', from);
    const to = found === -1 ? end : Math.min(found, end);
    yield* trimmed(text, from, to);
    from = to + 1;
  }
}

/** A section in stretches that are a table or are not. */
function* atomSpans(text: string, { start, end, tables, hasLines }: Section): Generator<Span> {
  let from = start;
  for (const table of tables) {
    const to = Math.max(from, table.start);
    yield* hasLines ? linesOf(text, { start: from, end: to }) : sentencesAndLines(text, { start: from, end: to });
    from = Math.min(end, Math.max(from, table.end));
    yield* linesOf(text, { start: to, end: from });
  }
  yield* hasLines ? linesOf(text, { start: from, end }) : sentencesAndLines(text, { start: from, end });
}

function* atomsOf(text: string, section: Section): Generator<Atom> {
  for (const span of atomSpans(text, section)) {
    const tokens = estimateTokens(text.slice(span.start, span.end));
    if (tokens <= passageLimitTokens) {
      yield { ...span, tokens, strength: endStrength(text, span.end) };
      continue;
    }
    for (const run of wordRuns(text, span)) {
      const isLast = run.end === span.end;
      const size = estimateTokens(text.slice(run.start, run.end));
      yield { ...run, tokens: size, strength: isLast ? endStrength(text, run.end) : 0 };
    }
  }
}

/** How many of the gathered atoms make the next passage: up to the best bound in its last four tenths. */
function cutIndex(atoms: readonly Atom[]): number {
  let tokens = 0;
  let best = -1;
  for (const [index, atom] of atoms.entries()) {
    tokens += atom.tokens;
    if (tokens < passageLimitTokens * 0.6 && index < atoms.length - 1) continue;
    if (best === -1 || atom.strength >= (atoms[best]?.strength ?? 0)) best = index;
  }
  return best + 1;
}

/** A passage before it is told: where it came from, and how long it is. */
type Piece = Span & { readonly tokens: number; readonly headings: readonly string[]; readonly page: number | null };

function* piecesOf(text: string, section: Section): Generator<Piece> {
  const { headings, page } = section;
  let gathered: Atom[] = [];
  let tokens = 0;
  for (const atom of atomsOf(text, section)) {
    while (gathered.length > 0 && tokens + atom.tokens > passageLimitTokens) {
      const count = cutIndex(gathered);
      const [first, last] = [gathered[0], gathered[count - 1]];
      if (first && last) yield { start: first.start, end: last.end, tokens, headings, page };
      gathered = gathered.slice(count);
      tokens = gathered.reduce((sum, { tokens: size }) => sum + size, 0);
    }
    gathered.push(atom);
    tokens += atom.tokens;
  }
  const [first, last] = [gathered[0], gathered.at(-1)];
  if (first && last) yield { start: first.start, end: last.end, tokens, headings, page };
}

/** A section with less is joined with the next, when that is as short. */
const shortTokens = 50;

function commonPath(a: readonly string[], b: readonly string[]): readonly string[] {
  const differs = a.findIndex((title, index) => title !== b[index]);
  return differs === -1 ? a : a.slice(0, differs);
}

/** Two short pieces of one page, under the same outer heading, as one; null when they stay apart. */
function joined(a: Piece, b: Piece): Piece | null {
  if (a.page !== b.page || a.tokens >= shortTokens || b.tokens >= shortTokens) return null;
  const headings = commonPath(a.headings, b.headings);
  if (headings.length === 0 && a.headings.length + b.headings.length > 0) return null;
  return { start: a.start, end: b.end, tokens: a.tokens + b.tokens, headings, page: a.page };
}

function* joinedPieces(pieces: Iterable<Piece>): Generator<Piece> {
  let waiting: Piece | null = null;
  for (const piece of pieces) {
    const both: Piece | null = waiting ? joined(waiting, piece) : null;
    if (waiting && !both) yield waiting;
    waiting = both ?? piece;
  }
  if (waiting) yield waiting;
}

/** A stretch on one page, under one heading; `tables` are those that reach into it. */
type Section = Span & {
  readonly headings: readonly string[];
  readonly page: number | null;
  readonly tables: readonly ExtractedTable[];
  readonly hasLines: boolean;
};

/** Stretches between headings, each with the headings above it; a heading without text of its own joins what follows. */
function* headedStretches(
  text: string,
  headings: readonly FoundHeading[],
): Generator<Span & { readonly headings: readonly string[] }> {
  const trail: FoundHeading[] = [];
  let start = 0;
  const titles = (): readonly string[] => trail.map(({ title }) => title.slice(0, 200));
  for (const heading of headings) {
    const own = text.slice(start, heading.start);
    // The heading's own line is part of its section: one line and nothing else waits for the text below it.
    if (own.trim().includes('\n') || (trail.length === 0 && own.trim() !== '')) {
      yield { start, end: heading.start, headings: titles() };
      start = heading.start;
    }
    while ((trail.at(-1)?.level ?? 0) >= heading.level) trail.pop();
    trail.push(heading);
  }
  yield { start, end: text.length, headings: titles() };
}

/** The same, cut again where a page begins. */
function* sectionsOf({ text, headings, pages, tables, format }: PassageSource): Generator<Section> {
  let page = 0;
  let table = 0;
  for (const stretch of headedStretches(text, headings)) {
    for (let start = stretch.start; start < stretch.end;) {
      while (pages && (pages[page + 1]?.start ?? Infinity) <= start) page += 1;
      const end = Math.min(stretch.end, pages?.[page + 1]?.start ?? Infinity);
      while ((tables[table]?.end ?? Infinity) <= start) table += 1;
      let last = table;
      while ((tables[last]?.start ?? Infinity) < end) last += 1;
      yield {
        start,
        end,
        headings: stretch.headings,
        page: pages ? page + 1 : null,
        tables: tables.slice(table, last),
        hasLines: format === 'code',
      };
      start = end;
    }
  }
}

/** What a passage stands in needs to be told: its columns, where the header row is not in it. */
function columnsOf(tables: readonly ExtractedTable[]): (start: number) => readonly string[] {
  let next = 0;
  return (start) => {
    while ((tables[next]?.end ?? Infinity) <= start) next += 1;
    const table = tables[next];
    return table && table.start < start && table.header !== '' ? [`Columns: ${table.header}`] : [];
  };
}

/** The line of an offset, from 1; offsets come in rising order. The next line end is remembered, as it may be far away. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    for (; next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
}

/** What passages are cut from. */
export type PassageSource = Pick<ExtractedDocument, 'text' | 'headings' | 'pages' | 'tables' | 'format'>;

/**
 * Cuts a text into passages of at most `passageLimitTokens`: never across a page, along headings, and at the ends of
 * paragraphs, rows of tables, lines and sentences where there are any. A passage that begins inside a table has its
 * columns as the last of its headings. Everything but blank space is in exactly one passage. Linear in the length.
 */
export function* cutPassages(source: PassageSource): Generator<PassageSpan> {
  const { text } = source;
  const lineAt = lineCounter(text);
  const columns = columnsOf(source.tables);
  function* pieces(): Generator<Piece> {
    for (const section of sectionsOf(source)) yield* piecesOf(text, section);
  }
  for (const { start, end, page, headings } of joinedPieces(pieces())) {
    const lines = page === null ? { first: lineAt(start), last: lineAt(end) } : null;
    yield { start, end, lines, page, headings: [...headings, ...columns(start)] };
  }
}
