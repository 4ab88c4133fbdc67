import type { ShownReplacement } from '../../../electron/shared/cloud-preview.ts';

/** A stretch of a text; `original` is what a placeholder stands for, null for words that leave as they are. */
export type ShownPiece = { readonly start: number; readonly text: string; readonly original: string | null };

/** Cuts the exact body at what was replaced in it; nothing of the body is lost, whatever the offsets are. */
export function bodyPieces(body: string, replacements: readonly ShownReplacement[]): readonly ShownPiece[] {
  const pieces: ShownPiece[] = [];
  let position = 0;
  const add = (end: number, original: string | null): void => {
    if (end <= position) return;
    pieces.push({ start: position, text: body.slice(position, end), original });
    position = end;
  };
  for (const { start, end, original } of [...replacements].sort((a, b) => a.start - b.start)) {
    add(Math.min(start, body.length), null);
    add(Math.min(end, body.length), original);
  }
  add(body.length, null);
  return pieces;
}

/** Finds the placeholders in the text of a turn; a longer one comes before one that it begins with. */
export function turnPieces(text: string, replacements: readonly ShownReplacement[]): readonly ShownPiece[] {
  const originals = new Map(replacements.map(({ placeholder, original }) => [placeholder, original]));
  const placeholders = [...originals.keys()].filter((one) => one !== '').sort((a, b) => b.length - a.length);
  if (placeholders.length === 0) return [{ start: 0, text, original: null }];
  const escaped = placeholders.map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const found = [...text.matchAll(new RegExp(escaped.join('|'), 'g'))].map(({ index, 0: placeholder }) => ({
    start: index,
    end: index + placeholder.length,
    placeholder,
    original: originals.get(placeholder) ?? '',
  }));
  return bodyPieces(text, found);
}

/** What was selected, as the words that are meant: in the exact body they stand as JSON writes them. */
export function selectedWords(selected: string, isExact: boolean): string {
  const words = selected.trim();
  if (!isExact || !words.includes('\\')) return words;
  try {
    const read: unknown = JSON.parse(`"${words}"`);
    return typeof read === 'string' ? read.trim() : words;
  } catch {
    return words;
  }
}
