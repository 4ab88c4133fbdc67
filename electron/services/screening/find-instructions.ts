import type { Finding } from '../../shared/screening.ts';
import { decodeEscapes, decodePayload } from './decode-payload.ts';
import { fakeMarks, orders } from './order-patterns.ts';
import type { TextView } from './text-view.ts';

/** Pieces that may be a text in another writing: base64, base32, hexadecimal, or characters as numbers. */
const encoded =
  /[A-Za-z0-9+/_-]{32,}={0,2}|(?:%[0-9a-f]{2}[\w ]{0,2}){12,}|(?:&#x?[0-9a-f]{1,7};){12,}|(?:\\u\{?[0-9a-f]{4,6}\}?|\\x[0-9a-f]{2}){12,}/giu;

type Place = { readonly start: number; readonly end: number };

/** Blocks of code between fences. */
function fencedPlaces(text: string): readonly Place[] {
  const places: Place[] = [];
  let open: number | null = null;
  for (const { index } of text.matchAll(/^ {0,3}(?:```|~~~)/gmu)) {
    if (open !== null) places.push({ start: open, end: index });
    open = open === null ? index : null;
  }
  return places;
}

function findOrders(text: string): readonly Place[] {
  return orders.flatMap(({ pattern, follows }) =>
    [...text.matchAll(pattern)].flatMap(({ 0: piece, index }) => {
      const end = index + piece.length;
      return follows === undefined || follows.test(text.slice(end, end + 120)) ? [{ start: index, end }] : [];
    }),
  );
}

/** Marks of speakers; `fences` are places of the text as it is written, where the view has no fences. */
function findMarks({ text, originalIndex }: TextView, fences: readonly Place[]): readonly Place[] {
  return fakeMarks.flatMap(({ pattern, isOfCode }) =>
    [...text.matchAll(pattern)]
      .filter(({ index }) => !isOfCode || !isWithin(originalIndex(index), fences))
      .map(({ 0: piece, index }) => ({ start: index, end: index + piece.length })),
  );
}

/** `fences` are in order and do not overlap. */
function isWithin(at: number, fences: readonly Place[]): boolean {
  let [low, high] = [0, fences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((fences[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return (fences[low]?.start ?? Infinity) <= at;
}

function findEncoded(text: string): readonly Place[] {
  return [...text.matchAll(encoded)].flatMap(({ 0: piece, index }) => {
    const said = decodePayload(piece) ?? decodeEscapes(piece);
    return said !== piece && findOrders(said).length > 0 ? [{ start: index, end: index + piece.length }] : [];
  });
}

/** Words that give orders to a model or a tool instead of answering a person, also where they are hidden or encoded. `view` is the text's own. */
export function findInstructions(text: string, view: TextView): readonly Finding[] {
  const seen = [...findOrders(view.text), ...findMarks(view, fencedPlaces(text))].map(({ start, end }) => ({
    start: view.originalIndex(start),
    end: view.originalIndex(end - 1) + 1,
  }));
  return [...seen, ...findEncoded(text)].map((place) => ({ kind: 'instructions' as const, ...place }));
}
