import { Fragment } from 'react';

type Range = { readonly start: number; readonly end: number };
type HighlightedProps = { readonly text: string; readonly ranges: readonly Range[] };

type Piece = { readonly start: number; readonly text: string; readonly isMarked: boolean };

/** Cuts a text at ranges that may overlap, lie outside of it or come in any order. */
export function piecesOf(text: string, ranges: readonly Range[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  const add = (end: number, isMarked: boolean): void => {
    if (end <= position) return;
    pieces.push({ start: position, text: text.slice(position, end), isMarked });
    position = end;
  };
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    add(Math.min(start, text.length), false);
    add(Math.min(end, text.length), true);
  }
  add(text.length, false);
  return pieces;
}

/** A text with its matches marked; always text, never markup. */
export function Highlighted({ text, ranges }: HighlightedProps) {
  return piecesOf(text, ranges).map(({ start, text: piece, isMarked }) =>
    isMarked ? (
      <mark key={start} className="rounded-[3px] bg-mark text-ink">
        {piece}
      </mark>
    ) : (
      <Fragment key={start}>{piece}</Fragment>
    ),
  );
}
