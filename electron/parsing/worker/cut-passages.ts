import { sentenceSpans, trimmedSpan } from '../../shared/sentences.ts';
import type { Span } from '../../shared/sentences.ts';
import type { PassageSpan } from '../protocol.ts';
import { estimateTokens } from './estimate-tokens.ts';
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

function* atomsOf(text: string, section: Span): Generator<Atom> {
  for (const span of sentencesAndLines(text, section)) {
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

function* passagesOfSection(text: string, section: Span): Generator<Span> {
  let gathered: Atom[] = [];
  let tokens = 0;
  for (const atom of atomsOf(text, section)) {
    while (gathered.length > 0 && tokens + atom.tokens > passageLimitTokens) {
      const count = cutIndex(gathered);
      const [first, last] = [gathered[0], gathered[count - 1]];
      if (first && last) yield { start: first.start, end: last.end };
      gathered = gathered.slice(count);
      tokens = gathered.reduce((sum, { tokens: size }) => sum + size, 0);
    }
    gathered.push(atom);
    tokens += atom.tokens;
  }
  const [first, last] = [gathered[0], gathered.at(-1)];
  if (first && last) yield { start: first.start, end: last.end };
}

type Section = Span & { readonly headings: readonly string[] };

/** Stretches between headings, each with the headings above it; a heading without text of its own joins what follows. */
function* sectionsOf(text: string, headings: readonly FoundHeading[]): Generator<Section> {
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

/**
 * Cuts a text into passages of at most `passageLimitTokens`: along headings, and at the
 * ends of paragraphs, lines and sentences where there are any. Everything but blank space is in exactly one passage. Linear in the length.
 */
export function* cutPassages(text: string, headings: readonly FoundHeading[]): Generator<PassageSpan> {
  let line = 1;
  let counted = 0;
  const lineAt = (offset: number): number => {
    for (let at = text.indexOf('\n', counted); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
    counted = Math.max(counted, offset);
    return line;
  };
  for (const section of sectionsOf(text, headings)) {
    for (const { start, end } of passagesOfSection(text, section)) {
      yield { start, end, lines: { first: lineAt(start), last: lineAt(end) }, headings: section.headings };
    }
  }
}
