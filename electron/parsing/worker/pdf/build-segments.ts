import { boxAround } from './page-geometry.ts';
import type { Box } from './page-geometry.ts';
import type { Segment } from './segment.ts';
import { wordGap } from './text-cursor.ts';
import type { TextPiece } from './text-piece.ts';

/** A gap of this many times the type's height separates columns or cells; the widest between words is about 0.9. */
export const cellGap = 1.05;

/** Letters reach about this far above and below the baseline. */
const ascent = 0.8;
const descent = 0.22;

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;

/** True where most letters are of a script that is read from right to left. */
function isRightToLeft(text: string): boolean {
  const count = text.match(rightToLeft)?.length ?? 0;
  return count > 0 && count * 2 > (text.match(/\p{L}/gu)?.length ?? 0);
}

/** Gap between two pieces along the line; negative where they overlap. */
const gapBetween = (one: TextPiece, other: TextPiece): number => Math.max(other.u0 - one.u1, one.u0 - other.u1);

/** Text that is drawn twice with a small shift, to look bold or shadowed. */
function isEcho(piece: TextPiece, before: TextPiece): boolean {
  const reach = 0.25 * piece.size;
  return (
    piece.text === before.text &&
    Math.abs(piece.u0 - before.u0) < reach &&
    Math.abs(piece.v - before.v) < reach &&
    Math.abs(piece.size - before.size) < reach
  );
}

/** A stretch of a line that may go on; of a piece, or of pieces that are joined already. */
type Stretch = Pick<TextPiece, 'u0' | 'u1' | 'v' | 'size'>;

/** True where the border of a cell stands between two stretches of one line. */
function isDivided(last: Stretch, next: Stretch, dividers: readonly Box[]): boolean {
  const middle = last.v - 0.3 * last.size;
  return dividers.some(
    ({ x0, x1, y0, y1 }) =>
      x0 >= last.u1 - 0.1 * last.size && x1 <= next.u0 + 0.1 * next.size && y0 < middle && y1 > middle,
  );
}

/** True where `next` stands beside `last` without a gap that separates cells. */
function isBeside(last: Stretch, next: Stretch, dividers: readonly Box[]): boolean {
  const size = Math.max(next.size, last.size);
  const gap = next.u0 - last.u1;
  if (gap >= cellGap * size || gap <= -0.6 * size) return false;
  return gap < 0.2 * size || !isDivided(last, next, dividers);
}

function continues(piece: TextPiece, last: TextPiece, dividers: readonly Box[]): boolean {
  const size = Math.max(piece.size, last.size);
  // Marks above and below the line are smaller and belong to it; a line above another of the same size does not.
  const reach = Math.abs(piece.size - last.size) < 0.15 * size ? 0.25 : 0.6;
  return Math.abs(piece.v - last.v) < reach * size && isBeside(last, piece, dividers);
}

/** The words of some pieces of one line, in the order in which they are read. */
function joinPieces(pieces: readonly TextPiece[]): string {
  const isBackwards = isRightToLeft(pieces.map(({ text }) => text).join(''));
  const sorted = pieces.toSorted((one, other) => (isBackwards ? other.u0 - one.u0 : one.u0 - other.u0));
  let joined = '';
  for (const [index, piece] of sorted.entries()) {
    const before = sorted[index - 1];
    const gap = before ? gapBetween(before, piece) : 0;
    const isApart = gap > wordGap * Math.min(piece.size, before?.size ?? piece.size);
    // A drawn space counts unless the next glyphs were moved back over it.
    const spaced = isBackwards ? (before?.isSpaced ?? false) : piece.isSpaced;
    joined += (before && (isApart || (spaced && gap > -0.05 * piece.size)) ? ' ' : '') + piece.text;
  }
  return joined;
}

/** The size that most letters have. */
function mainPiece(pieces: readonly TextPiece[]): TextPiece | undefined {
  const letters = new Map<number, number>();
  for (const { size, text } of pieces) letters.set(size, (letters.get(size) ?? 0) + text.length);
  const [size] = [...letters].toSorted((one, other) => other[1] - one[1])[0] ?? [];
  return pieces.find((piece) => piece.size === size);
}

function segmentOf(pieces: readonly TextPiece[]): Segment | null {
  const main = mainPiece(pieces);
  if (!main) return null;
  const turn = (main.angle * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const u0 = Math.min(...pieces.map((piece) => piece.u0));
  const u1 = Math.max(...pieces.map((piece) => piece.u1));
  const [top, bottom] = [main.v - ascent * main.size, main.v + descent * main.size];
  const corners = [u0, u1].flatMap((u) =>
    [top, bottom].map((v) => [u * cosine - v * sine, u * sine + v * cosine] as const),
  );
  const box = boxAround(corners);
  const letters = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const boldLetters = pieces.reduce((sum, { text, isBold }) => sum + (isBold ? text.length : 0), 0);
  const text = joinPieces(pieces);
  if (!box || text.trim() === '') return null;
  return { text, u0, u1, v: main.v, size: main.size, isBold: boldLetters > 0.7 * letters, box };
}

/** Pieces that follow each other on the page where the document draws them one after the other. */
function chainPieces(pieces: readonly TextPiece[], dividers: readonly Box[]): TextPiece[][] {
  const chains: TextPiece[][] = [];
  const recent: TextPiece[] = [];
  let open: TextPiece[] = [];
  for (const piece of pieces) {
    if (recent.some((before) => isEcho(piece, before))) continue;
    recent.push(piece);
    if (recent.length > 64) recent.shift();
    const last = open.at(-1);
    if (last && continues(piece, last, dividers)) open.push(piece);
    else chains.push((open = [piece]));
  }
  return chains;
}

type Chain = { readonly pieces: TextPiece[]; u0: number; u1: number; readonly v: number; readonly size: number };

function chainOf(pieces: TextPiece[]): Chain {
  const main = mainPiece(pieces);
  return {
    pieces,
    u0: Math.min(...pieces.map(({ u0 }) => u0)),
    u1: Math.max(...pieces.map(({ u1 }) => u1)),
    v: main?.v ?? 0,
    size: main?.size ?? 0,
  };
}

/** Joins chains that stand beside each other on a line, in whatever order they were drawn. */
function mergeChains(chains: readonly Chain[], dividers: readonly Box[]): readonly Chain[] {
  const sorted = chains.toSorted((one, other) => one.v - other.v || one.u0 - other.u0);
  const merged: Chain[] = [];
  for (let at = 0; at < sorted.length;) {
    const first = sorted[at];
    if (!first) break;
    const line = [first];
    while (++at < sorted.length) {
      const next = sorted[at];
      if (!next || next.v - first.v > 0.3 * Math.min(next.size, first.size)) break;
      line.push(next);
    }
    let open: Chain | null = null;
    for (const chain of line.toSorted((one, other) => one.u0 - other.u0)) {
      if (open && isBeside(open, chain, dividers)) {
        open.pieces.push(...chain.pieces);
        open.u1 = Math.max(open.u1, chain.u1);
      } else merged.push((open = chain));
    }
  }
  return merged;
}

/** Builds the segments of pieces that all have the same angle. `dividers` are vertical lines, which nothing is joined across. */
export function buildSegments(pieces: readonly TextPiece[], dividers: readonly Box[]): readonly Segment[] {
  return mergeChains(chainPieces(pieces, dividers).map(chainOf), dividers)
    .map(({ pieces: joined }) => segmentOf(joined))
    .filter((segment) => segment !== null);
}
