import { createElement, memo } from 'react';
import type { ReactNode } from 'react';
import type { Token } from 'marked';
import { inline } from './inline.ts';
import type { BlockReading } from './sentence-flaws.ts';

/** Nobody writes longer paragraphs; what is longer is laid out in pieces of this length. */
const pieceLength = 6_000;

type PieceProps = { readonly tokens: readonly Token[]; readonly raw: string; readonly reading: BlockReading };

const isSamePiece = (before: PieceProps, after: PieceProps): boolean =>
  before.raw === after.raw &&
  before.reading.definitions === after.reading.definitions &&
  before.reading.citedMarks === after.reading.citedMarks;

const Piece = memo(
  ({ tokens, reading }: PieceProps) =>
    createElement('span', { className: 'paragraph-piece' }, ...inline(tokens, reading)),
  isSamePiece,
);

/** Long text without marks as several tokens, each of which ends with a line. */
function linesOf(token: Token): readonly Token[] {
  if (token.type !== 'text' || token.raw.length <= pieceLength || token.raw !== token.text) return [token];
  const parts: Token[] = [];
  for (let start = 0; start < token.raw.length;) {
    const lineEnd = token.raw.indexOf('\n', start + pieceLength);
    const end = lineEnd === -1 ? token.raw.length : lineEnd + 1;
    const raw = token.raw.slice(start, end);
    parts.push({ type: 'text', raw, text: raw });
    start = end;
  }
  return parts;
}

/** Cuts behind text that ends a line, so that each piece stays the same while more is written. */
function piecesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const pieces: Token[][] = [[]];
  let length = 0;
  for (const token of tokens.flatMap(linesOf)) {
    pieces.at(-1)?.push(token);
    length += token.raw.length;
    if (length < pieceLength || !token.raw.includes('\n')) continue;
    pieces.push([]);
    length = 0;
  }
  return pieces;
}

/** A paragraph; one that grows without end costs what its end costs. */
export function paragraph(tokens: readonly Token[], reading: BlockReading): ReactNode {
  if (reading.raw.length < 2 * pieceLength || reading.flaws.length > 0) {
    return createElement('p', null, ...inline(tokens, reading));
  }
  const pieces = piecesOf(tokens).map((piece) =>
    createElement(Piece, { tokens: piece, raw: piece.map(({ raw }) => raw).join(''), reading }),
  );
  return createElement('p', null, ...pieces);
}
